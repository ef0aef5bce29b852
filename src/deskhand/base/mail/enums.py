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


class Security(models.TextChoices):
    """How what goes over the wire to a mail server is kept from others."""

    NONE = "none", _("None")
    STARTTLS = "starttls", _("TLS after the greeting (STARTTLS)")
    TLS = "tls", _("TLS from the start")


class BoxKind(models.TextChoices):
    """How a mailbox is read."""

    IMAP = "imap", _("IMAP")
    POP3 = "pop3", _("POP3")


class Afterwards(models.TextChoices):
    """What becomes of a message in its mailbox once it is stored here."""

    KEEP = "keep", _("Keep it there, marked as read")
    MOVE = "move", _("Move it to another folder")
    DELETE = "delete", _("Delete it there")


#: Where each kind of server listens, as a rule.
USUAL_PORTS = {
    "smtp": {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465},
    BoxKind.IMAP: {Security.NONE: 143, Security.STARTTLS: 143, Security.TLS: 993},
    BoxKind.POP3: {Security.NONE: 110, Security.STARTTLS: 110, Security.TLS: 995},
}
