"""Mails that Django and its libraries write (links to choose a password) go the way of all others: by the outbox.

So the page that asks for one answers at once, also while the mail server is away, and no such mail is lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

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
