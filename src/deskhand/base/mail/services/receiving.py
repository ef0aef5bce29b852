"""Mail that comes in: kept byte for byte before anybody reads it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from typing import Any

from django.db import IntegrityError, connection, transaction

from deskhand.base.mail.events import MailsReceived
from deskhand.base.mail.models import IncomingMail
from deskhand.base.mail.places import MAILBOXES
from deskhand.base.mail.services.reply_tokens import token_of
from deskhand.kit.events import publish
from deskhand.kit.inserting import insert

_RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")


@dataclass(frozen=True)
class Envelope:
    """Who a mail came from ("": the null sender) and to whom."""

    sender: str
    recipients: list[str]


@dataclass(frozen=True)
class Arrival:
    """A mail as it came: ``sender`` and ``recipients`` are those of the envelope; "" is the null sender."""

    raw: bytes
    sender: str
    recipients: tuple[str, ...]
    via: str
    at: datetime


def receive_mail(
    *, raw: bytes, sender: str, recipients: Sequence[str], via: str, at: datetime, wake_reader: bool = True
) -> IncomingMail:
    """Store a mail so that it outlives a power cut, and wake the worker. The same delivery again is the same row.

    ``wake_reader`` False: the caller reads it at once. One INSERT.
    """
    row = _row(Arrival(raw, sender, tuple(recipients), via, at))
    _outlive_power_cuts()
    try:
        with transaction.atomic():
            insert(row)
            if wake_reader:
                publish(MailsReceived((row.pk,)))
    except IntegrityError:
        return IncomingMail.objects.without_raw().get(digest=row.digest)
    return row


def receive_mails(arrivals: Sequence[Arrival]) -> list[IncomingMail]:
    """As :func:`receive_mail`, for mails that come at the same time: one INSERT and one commit for all of them.

    Their rows, in the same order. If it raises, some may be stored; whoever sends those again finds them there.
    """
    made = [_row(arrival) for arrival in arrivals]
    rows: dict[str, IncomingMail] = {}
    for row in made:
        rows.setdefault(row.digest, row)
    _outlive_power_cuts()
    try:
        with transaction.atomic():
            if len(rows) == 1:
                insert(made[0])
            else:
                IncomingMail.objects.bulk_create(rows.values())
            publish(MailsReceived(tuple(row.pk for row in rows.values())))
    except IntegrityError:  # one is known already
        return [receive_mail(**vars(arrival)) for arrival in arrivals]
    return [rows[row.digest] for row in made]


def envelope_of(raw: bytes) -> Envelope:
    """What stood on the envelope, as far as the headers still tell."""
    headers = BytesHeaderParser().parsebytes(raw)
    if "Return-Path" in headers:
        sender = next(iter(_addresses(headers, "Return-Path")), "")
    else:
        sender = next(iter(_addresses(headers, "From", "Sender")), "unknown")
    return Envelope(sender, list(dict.fromkeys(_addresses(headers, *_RECIPIENT_HEADERS))))


def _addresses(headers: Any, *names: str) -> list[str]:
    values = [str(value) for name in names for value in headers.get_all(name, [])]
    return [address.lower() for _name, address in getaddresses(values) if "@" in address]


def _row(arrival: Arrival) -> IncomingMail:
    addresses = [address.lower() for address in arrival.recipients]
    digest = hashlib.sha256(arrival.raw)
    digest.update(b"\0" + "\0".join(sorted(addresses)).encode(errors="replace"))
    return IncomingMail(
        raw=arrival.raw,
        digest=digest.hexdigest(),
        size=len(arrival.raw),
        sender=arrival.sender.lower()[:320],
        recipients=addresses,
        received_via=arrival.via,
        received_at=arrival.at,
        due_at=arrival.at,
    )


def known_recipients(addresses: Sequence[str]) -> list[str]:
    """Those of the addresses that mail can be sent to: signed reply addresses and what a mailbox owns. One query."""
    lowered = [address.lower() for address in addresses]
    known = {address for address in lowered if token_of(address)}
    unsigned = [address for address in lowered if address not in known]
    if unsigned:
        known.update(address for mailbox in MAILBOXES for address in mailbox.owned(unsigned))
    return [address for address in lowered if address in known]


def offered_addresses() -> list[tuple[str, str]]:
    """Addresses that mail can be sent to, each with what it belongs to. One query for each mailbox."""
    return [pair for mailbox in MAILBOXES for pair in mailbox.offered()]


def _outlive_power_cuts() -> None:
    """SQLite syncs every commit of this connection from now on; PostgreSQL does so by default."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
