"""Which conversation a mail belongs to (RULES, Visibility and mail): token, then headers, then number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from deskhand.base.chatter.public import Message
from deskhand.base.mail.models import OutgoingMail
from deskhand.base.mail.parsing import ParsedMail
from deskhand.base.mail.places import MAILBOXES, Letter, Thread
from deskhand.base.mail.services.reply_tokens import ReplyToken, token_of
from deskhand.kit import records

#: A mail refers to the newest of a long conversation last.
_MOST_REFERENCES = 20
#: Written by hand, because it runs once per mail: putting a union together takes the ORM longer than the database.
_KNOWN = f"""
    SELECT message_id, content_type_id, object_id, 0, NULL FROM {Message._meta.db_table}
    WHERE message_id IN ({{places}})
    UNION ALL
    SELECT message_id, content_type_id, object_id, 1, to_contact_id FROM {OutgoingMail._meta.db_table}
    WHERE message_id IN ({{places}}) AND object_id IS NOT NULL
"""  # noqa: S608, SLF001  (names of tables and numbers of placeholders only)
_NUMBER = re.compile(r"#0*(\d{1,15})\b")


@dataclass(frozen=True)
class KnownId:
    """A Message-ID that stands in our conversations. ``written_to``: the contact, for a mail that we sent."""

    message_id: str
    content_type: int
    object_id: int
    is_ours: bool
    written_to: int | None


def known_ids(mail: ParsedMail) -> list[KnownId]:
    """What we know of the mail's own Message-ID and of those it refers to. One query."""
    ids = [mail.message_id, *mail.in_reply_to, *mail.references[-_MOST_REFERENCES:]]
    wanted = list({message_id for message_id in ids if message_id})
    if not wanted:
        return []
    places = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN.format(places=places), [*wanted, *wanted])
        return [
            KnownId(message_id, content_type, object_id, bool(is_ours), written_to)
            for message_id, content_type, object_id, is_ours, written_to in cursor.fetchall()
        ]


def thread_of(letter: Letter, known: list[KnownId]) -> Thread | None:
    """The conversation a mail answers; None: a new one. At most one query for each of the three ways."""
    return _by_token(letter) or _by_headers(letter.mail, known) or _by_number(letter)


def token_in(letter: Letter) -> ReplyToken | None:
    """The first token that we signed among the addresses a mail was sent to."""
    addresses = [*letter.recipients, *(box.address for box in (*letter.mail.to, *letter.mail.cc))]
    return next((token for address in addresses if (token := token_of(address))), None)


def _by_token(letter: Letter) -> Thread | None:
    token = token_in(letter)
    record = records.find(token.content_type, token.object_id) if token else None
    if token is None or record is None:
        return None
    return Thread(record, _("It was sent to the personal reply address of this conversation."), token.contact)


def _by_headers(mail: ParsedMail, known: list[KnownId]) -> Thread | None:
    by_id = {entry.message_id: entry for entry in known if entry.message_id != mail.message_id}
    for message_id in _newest_first(mail):
        entry = by_id.get(message_id)
        record = records.find(entry.content_type, entry.object_id) if entry else None
        if entry and record:
            return Thread(record, _("It answers a mail of this conversation."), entry.written_to)
    return None


def _newest_first(mail: ParsedMail) -> Iterator[str]:
    yield from mail.in_reply_to
    yield from reversed(mail.references)


def _by_number(letter: Letter) -> Thread | None:
    found = _NUMBER.search(letter.mail.subject)
    if not found:
        return None
    for mailbox in MAILBOXES:
        record = mailbox.numbered(int(found[1]), letter)
        if record:
            reason = _("The subject names %(number)s, and the sender takes part in that conversation.")
            return Thread(record, reason % {"number": found[0]})
    return None
