from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """Why somebody is told."""

    MENTION = "mention", _("Mentioned you")
    ASSIGNED = "assigned", _("Assigned to you")
    NEW = "new", _("New")
    MESSAGE = "message", _("Message")
    NOTE = "note", _("Internal note")
    STAGE = "stage", _("Stage change")
    CHANGE = "change", _("Change")
    ACTIVITY = "activity", _("Activity")


class Way(models.TextChoices):
    """How a user wants to be told, besides the bell, which always rings."""

    MAIL = "mail", _("By mail, each at once")
    DIGEST = "digest", _("By mail, once a day what is unread")
    APP = "app", _("Only in Deskhand")
