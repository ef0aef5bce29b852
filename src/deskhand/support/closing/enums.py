from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OnReply(models.TextChoices):
    """What happens when a customer answers a closed ticket."""

    REOPEN = "reopen", _("Reopen the ticket")
    NOTIFY = "notify", _("Only notify the assignee and followers")
    NEW_TICKET = "new", _("Open a new, linked ticket")
