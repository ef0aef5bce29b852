from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    """``message`` goes to the customer and followers, ``note`` stays inside, ``track`` says what changed."""

    MESSAGE = "message", _("Message")
    NOTE = "note", _("Internal note")
    TRACK = "track", _("Change")


class Via(models.TextChoices):
    """How a message came in."""

    PAGE = "page", _("Page")
    MAIL = "mail", _("Email")
    LINK = "link", _("Customer page")
    AUTOMATIC = "automatic", _("Automatic")


class Sharing(models.TextChoices):
    """Who may use a canned response."""

    OWN = "own", _("Only me")
    GROUP = "group", _("One team")
    ALL = "all", _("Everybody")
