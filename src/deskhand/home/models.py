from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User


class DailyTarget(models.Model):
    """How many tickets a user wants to close in a day; no row: they set themselves none (TEAM-8)."""

    MOST = 999

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    closed = models.PositiveSmallIntegerField(
        _("Daily target"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )

    class Meta:
        verbose_name = _("Daily target")

    def __str__(self) -> str:
        return f"{self.user}: {self.closed}"
