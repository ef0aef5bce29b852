from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Priority(models.IntegerChoices):
    """Stars (IN-10)."""

    LOW = 0, _("Low")
    MEDIUM = 1, _("Medium")
    HIGH = 2, _("High")
    URGENT = 3, _("Urgent")


class CardState(models.TextChoices):
    """What stands in the way, besides the stage; no effect on SLA or closing."""

    IN_PROGRESS = "progress", _("In progress")
    READY = "ready", _("Ready")
    BLOCKED = "blocked", _("Blocked")


class Channel(models.TextChoices):
    """How a ticket came in."""

    HAND = "hand", _("By hand")
    MAIL = "mail", _("Email")
    PAGE = "page", _("Customer’s page")
    FORM = "form", _("Website form")
    CHAT = "chat", _("Live chat")
    API = "api", _("API")
    FILE = "file", pgettext_lazy("how a ticket came", "Import")
