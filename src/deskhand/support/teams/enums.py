from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who sees a team and its tickets (TEAM-3)."""

    PRIVATE = "private", _("Invited internal users (private)")
    COMPANY = "company", _("All internal users (company)")
    PUBLIC = "public", _("Invited portal users and all internal users (public)")
