"""Makers of data for tests and demo."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import make_msgid
from itertools import count
from typing import Any

from deskhand.base.mail.models import IncomingMail, IncomingServer, MailTemplate, OutgoingMail, OutgoingServer
from deskhand.base.mail.services.reading import read_mail
from deskhand.base.mail.services.receiving import known_recipients, receive_mail
from deskhand.base.mail.services.reply_tokens import reply_address
from deskhand.base.mail.services.sending import send_mails
from deskhand.base.mail.services.servers import use_custom_servers
from deskhand.kit.clock import now
from deskhand.kit.sealing import seal

__all__ = [
    "deliver",
    "known_recipients",
    "make_incoming_server",
    "make_mail",
    "make_outgoing",
    "make_outgoing_server",
    "make_template",
    "read_mail",
    "reply_address",
    "send_mails",
    "use_custom_servers",
]
_numbers = count(1)


def make_mail(*, to: str, sender: str = "", text: str = "Hello", **headers: str) -> EmailMessage:
    """A mail from a new sender, unless told otherwise. Header names with ``_`` for ``-``."""
    number = next(_numbers)
    mail = EmailMessage()
    given = {name.replace("_", "-").title(): value for name, value in headers.items()}
    defaults = {
        "From": sender or f"Sender {number} <sender{number}@customer.example>",
        "To": to,
        "Subject": f"Question {number}",
        "Message-Id": make_msgid(domain="customer.example"),
    }
    for name, value in (defaults | given).items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail


def deliver(
    mail: EmailMessage | bytes, *, to: str | list[str], sender: str | None = None, at: datetime | None = None
) -> IncomingMail:
    """Receive a mail and read it, as mail listener and worker do."""
    at = at or now()
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    if sender is None:
        sender = "somebody@customer.example"
    recipients = [to] if isinstance(to, str) else to
    received = receive_mail(raw=raw, sender=sender, recipients=recipients, via="smtp", at=at)
    read_mail(received.pk, at=at)
    return IncomingMail.objects.get(pk=received.pk)


def make_outgoing(**fields: Any) -> OutgoingMail:
    """A mail that waits in the outbox, about nothing."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "to_address": f"customer{number}@customer.example",
        "to_name": f"Customer {number}",
        "from_address": "care@nordlys.example",
        "from_name": "Nordlys Customer Care",
        "subject": f"Answer {number}",
        "html": "<p>Hello</p>",
        "text": "Hello",
        "message_id": f"{number}.test@nordlys.example",
        "created_at": now(),
        "due_at": now(),
    }
    return OutgoingMail.objects.create(**defaults | fields)


def make_template(**fields: Any) -> MailTemplate:
    number = next(_numbers)
    defaults = {"name": f"Template {number}", "about": "ticket", "subject": "Hello", "body_html": "<p>Hello</p>"}
    return MailTemplate.objects.create(**defaults | fields)


def make_outgoing_server(**fields: Any) -> OutgoingServer:
    """A server for all senders; ``password`` is sealed."""
    return OutgoingServer.objects.create(**_server_fields(fields))


def make_incoming_server(**fields: Any) -> IncomingServer:
    """A mailbox that is due; ``password`` is sealed."""
    return IncomingServer.objects.create(**{"due_at": now()} | _server_fields(fields))


def _server_fields(fields: dict[str, Any]) -> dict[str, Any]:
    number = next(_numbers)
    password = fields.pop("password", "")
    defaults = {"name": f"Server {number}", "host": "localhost", "port": 1, "security": "none"}
    return defaults | ({"sealed_password": seal(password)} if password else {}) | fields
