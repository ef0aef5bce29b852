"""Mail that comes in: kept byte for byte before anybody reads it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from deskhand.base.mail.events import MailReceived
from deskhand.base.mail.models import IncomingMail
from deskhand.base.mail.places import MAILBOXES
from deskhand.base.mail.services.reply_tokens import token_of
from deskhand.kit.events import publish


def receive_mail(
    *, raw: bytes, sender: str, recipients: Sequence[str], via: str, at: datetime, wake_reader: bool = True
) -> IncomingMail:
    """Store a mail so that it outlives a power cut, and wake the worker. The same delivery again is the same row.

    ``sender`` and ``recipients`` are those of the envelope; "" is the null sender. ``wake_reader`` False: the caller
    reads it at once. One INSERT.
    """
    addresses = [address.lower() for address in recipients]
    digest = hashlib.sha256(raw + b"\0" + "\0".join(sorted(addresses)).encode(errors="replace")).hexdigest()
    _outlive_power_cuts()
    try:
        with transaction.atomic():
            mail = IncomingMail.objects.create(
                raw=raw,
                digest=digest,
                size=len(raw),
                sender=sender.lower()[:320],
                recipients=addresses,
                received_via=via,
                received_at=at,
                due_at=at,
            )
            if wake_reader:
                publish(MailReceived(mail.pk))
    except IntegrityError:
        return IncomingMail.objects.without_raw().get(digest=digest)
    return mail


def known_recipients(addresses: Sequence[str]) -> list[str]:
    """Those of the addresses that mail can be sent to: signed reply addresses and what a mailbox owns. One query."""
    lowered = [address.lower() for address in addresses]
    known = {address for address in lowered if token_of(address)}
    unsigned = [address for address in lowered if address not in known]
    if unsigned:
        known.update(address for mailbox in MAILBOXES for address in mailbox.owned(unsigned))
    return [address for address in lowered if address in known]


def _outlive_power_cuts() -> None:
    """SQLite syncs every commit of this connection from now on; PostgreSQL does so by default."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
