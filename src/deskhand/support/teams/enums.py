from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who sees a team and its tickets (TEAM-3)."""

    PRIVATE = "private", _("Invited internal users (private)")
    COMPANY = "company", _("All internal users (company)")
    PUBLIC = "public", _("Invited portal users and all internal users (public)")


class TagColor(models.IntegerChoices):
    """Hues for tags; red, amber and green are kept for deadlines and states."""

    GREY = 0, _("Grey")
    PINK = 1, _("Pink")
    BROWN = 2, _("Brown")
    OLIVE = 3, _("Olive")
    BLUE = 4, _("Blue")
    VIOLET = 5, _("Violet")
    TEAL = 6, _("Teal")
