from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of a mail that came in."""

    PENDING = "pending", _("Not read yet")
    CREATED = "created", _("New record")
    JOINED = "joined", _("Answer")
    DUPLICATE = "duplicate", _("Duplicate")
    IGNORED = "ignored", _("Kept only")
    FAILED = "failed", _("Unreadable")
