from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.support.intake.querysets import TeamAliasQuerySet
from deskhand.support.teams.public import Team


class TeamAlias(models.Model):
    """The mail address of a team: mail to ``local_part`` at the company's alias domain makes a ticket (IN-2)."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="alias")
    local_part = models.CharField(
        _("Alias"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+([._-][a-z0-9]+)*$",
                _("Use small letters, digits, dots, hyphens and underscores, such as customer-care."),
            )
        ],
    )
    is_enabled = models.BooleanField(_("Email Alias"), default=True)

    objects = TeamAliasQuerySet.as_manager()

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """``care@nordlys.example``; empty while the company has no alias domain."""
        domain = self.team.company.alias_domain
        return f"{self.local_part}@{domain}" if domain else ""
