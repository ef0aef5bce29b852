from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.support.closing.enums import OnReply
from deskhand.support.teams.public import Stage, Team


class ClosingRules(models.Model):
    """How tickets of a team are closed and reopened. ``reopen_stage`` None: the team's first stage."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="closing_rules")
    customers_may_close = models.BooleanField(_("Closure by Customers"), default=False)
    on_reply = models.CharField(_("On customer reply"), max_length=6, choices=OnReply, default=OnReply.REOPEN)
    reopen_stage = models.ForeignKey(
        Stage,
        verbose_name=_("Reopen to Stage"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    new_ticket_after_days = models.PositiveSmallIntegerField(
        _("Days after closing"), default=30, validators=[MinValueValidator(1)]
    )

    def __str__(self) -> str:
        return f"{self.team}: {self.get_on_reply_display()}"
