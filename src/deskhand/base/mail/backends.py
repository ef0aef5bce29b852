"""Where mails go: those of Django and its libraries (links to choose a password) the way of all others, by the outbox.

So the page that asks for one answers at once, also while the mail server is away, and no such mail is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.text import get_valid_filename

from deskhand.base.mail.services.outbox import Notice, queue_notice
from deskhand.kit.clock import now


class OutboxBackend(BaseEmailBackend):
    """For ``EMAIL_BACKEND``. What brings the mails to the mail server is ``MAIL_TRANSPORT``."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue mails, each in a transaction of its own. How many.

        :raises ValueError: a mail with files; those belong to messages of a record.
        """
        for message in email_messages:
            queue_notice(_notice(message), at=now())
        return len(email_messages)


class FilesBackend(BaseEmailBackend):
    """For ``MAIL_TRANSPORT`` where there is no mail server: each mail is a file that any mail program opens."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write mails to ``EMAIL_FILE_PATH``, named by when and to whom. How many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            address = parseaddr(next(iter(message.recipients()), ""))[1]
            name = f"{now():%Y%m%d-%H%M%S}-{get_valid_filename(address or 'nobody')}-{token_hex(3)}.eml"
            (folder / name).write_bytes(message.message().as_bytes())
        return len(email_messages)


def _notice(message: EmailMessage) -> Notice:
    if message.attachments:
        raise ValueError("A mail with files belongs to a record: post a message there.")
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    html = next((str(content) for content, mime_type in alternatives if mime_type == "text/html"), "")
    return Notice(
        sender=message.from_email,
        to=message.recipients(),
        subject=str(message.subject),
        text=str(message.body),
        html=html,
    )
