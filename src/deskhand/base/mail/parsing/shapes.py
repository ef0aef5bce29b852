from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _

from deskhand.kit.errors import DomainError

#: None: a person wrote it. ``bounce``: a delivery report (RFC 3464). ``auto``: a machine (RFC 3834, null sender).
MailKind = Literal["bounce", "auto"] | None


class UnreadableMail(DomainError):
    """There is nothing in it that could be read."""

    code = "unreadable_mail"
    message = _("The message is empty: it has neither headers nor text. Ask the sender to send it again.")


@dataclass(frozen=True)
class MailFile:
    """An attachment or inline picture. ``content_id`` without angle brackets."""

    name: str
    mime_type: str
    data: bytes
    content_id: str = ""
    is_inline: bool = False


@dataclass(frozen=True)
class Mailbox:
    """A person in a header: lower-case address, decoded name."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class ParsedMail:
    """What a mail says.

    ``html`` is cleaned (``cid:`` pictures kept); ``text`` is the whole plain text. ``reply_html``/``reply_text`` are
    the new part without quote and signature, ``quote_html`` the rest. Ids without angle brackets. ``date`` is aware
    UTC, None when missing or senseless. ``bounced`` are the addresses a bounce is about.
    """

    sender: Mailbox
    reply_to: tuple[Mailbox, ...]
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    subject: str
    text: str
    html: str
    reply_text: str
    reply_html: str
    quote_html: str
    files: tuple[MailFile, ...]
    kind: MailKind
    bounced: tuple[str, ...]
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    date: datetime | None
