"""Messages become mails: one row per recipient, written in the transaction of the message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from deskhand.base.accounts.public import UserKind, language_of
from deskhand.base.chatter.public import Message, MessageKind
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.events import MailsQueued
from deskhand.base.mail.models import OutgoingMail
from deskhand.base.mail.places import MAIL_WISHES, RECORD_MAILS, Identity, RecordMail
from deskhand.base.mail.services.reply_tokens import reply_address
from deskhand.kit import records
from deskhand.kit.events import publish
from deskhand.kit.html import html_to_text
from deskhand.kit.inserting import insert
from deskhand.kit.prepared import prepared

#: Message-IDs a mail refers to; more than the newest few help no mail client.
_LONGEST_CHAIN = 10
#: What came in (everybody's, 0) and what went out, the newest first; at one moment the answer comes after the question.
_CHAIN = f"""
    SELECT message_id, 0 AS whose, created_at AS at FROM {Message._meta.db_table}
    WHERE content_type_id = %%s AND object_id = %%s AND kind = %%s AND message_id <> ''
    UNION ALL
    SELECT message_id, to_contact_id, created_at FROM {OutgoingMail._meta.db_table}
    WHERE content_type_id = %%s AND object_id = %%s AND to_contact_id IN (%s)
    ORDER BY at DESC, whose DESC LIMIT %%s
"""  # noqa: S608, SLF001  (names of tables and numbers of placeholders only)


@dataclass(frozen=True)
class Notice:
    """A mail outside of any conversation, such as a link to choose a password. ``sender``: ``Name <address>``.

    ``record`` is what it tells of: only who sees that sees the mail in the outbox.
    """

    sender: str
    to: Sequence[str]
    subject: str
    text: str
    html: str = ""
    record: Model | None = None


@transaction.atomic
def queue_notice(notice: Notice, *, at: datetime) -> list[OutgoingMail]:
    """Put a mail outside of any conversation into the outbox, a row for each recipient. One INSERT."""
    from_name, from_address = parseaddr(notice.sender)
    mails = OutgoingMail.objects.bulk_create(
        OutgoingMail(
            content_type_id=records.content_type_id(notice.record) if notice.record else None,
            object_id=notice.record.pk if notice.record else None,
            to_name=to_name,
            to_address=to_address,
            from_name=from_name,
            from_address=from_address,
            subject=" ".join(notice.subject.split())[:500],
            text=notice.text,
            html=notice.html,
            message_id=_new_message_id(from_address),
            is_automatic=True,
            created_at=at,
            due_at=at,
        )
        for to_name, to_address in map(parseaddr, notice.to)
    )
    publish(MailsQueued(tuple(mail.pk for mail in mails)))
    return mails


def record_mail_of(record: Model) -> RecordMail | None:
    """How mails about this kind of record look; None: it writes no mails."""
    return next((kind for kind in RECORD_MAILS if kind.model is type(record)), None)


def queue_mails(message: Message, record: Any, recipients: Iterable[int]) -> list[OutgoingMail]:
    """Put a message into the outbox, for each recipient who has an address.

    Three statements for any number of recipients, and what the record asks for identity and links.
    """
    kind = record_mail_of(record)
    contacts = _reachable(recipients) if kind else []
    if kind is None or not contacts:
        return []
    identity = kind.writes_as(record, message)
    chain = _known_to(contacts, record)
    mails = []
    for contact in contacts:
        with translation.override(language_of(contact)):  # of what stands around the message
            mails.append(_mail(message, record, kind, identity, contact, chain[contact.pk]))
    if len(mails) == 1:
        insert(mails[0])
    else:
        OutgoingMail.objects.bulk_create(mails)
    publish(MailsQueued(tuple(mail.pk for mail in mails)))
    return mails


def _reachable(contact_ids: Iterable[int]) -> list[Contact]:
    """Contacts that mail can reach; nobody who works here no more, or wants no mails."""
    found = _contacts(list(contact_ids))
    reached = [contact for contact in found if contact.email and contact.is_active and not _has_left(contact)]
    with_account = {contact.user.pk: contact.pk for contact in reached if _signs_in(contact)}
    unwilling = {with_account[pk] for ask in MAIL_WISHES for pk in (ask(list(with_account)) if with_account else ())}
    return [contact for contact in reached if contact.pk not in unwilling]


@prepared
def _contacts(pks: list[int]) -> QuerySet[Contact]:
    return Contact.objects.filter(pk__in=pks).select_related("user").order_by("pk")


def _signs_in(contact: Contact) -> bool:
    user = getattr(contact, "user", None)
    return user is not None and user.is_active


def _has_left(contact: Contact) -> bool:
    """Whether they worked here once. A customer whose portal access was taken away is a customer still."""
    user = getattr(contact, "user", None)
    return user is not None and not user.is_active and user.kind == UserKind.INTERNAL


def _mail(
    message: Message, record: Any, kind: RecordMail, identity: Identity, contact: Contact, chain: Sequence[str]
) -> OutgoingMail:
    """The mail to one recipient, in the present language."""
    link = kind.link(record, contact)
    context = {
        "message": message,
        "author": message.author.name if message.author else "",
        "company": kind.company(record) or identity.name,
        "sender": identity.name,
        "reference": kind.reference(record),
        "body": with_personal_link(message.body_html, record, link),
        "link": link,
        "link_label": kind.link_label,
        "takes_replies": identity.takes_replies,
        "language": translation.get_language(),
    }
    return OutgoingMail(
        chatter_message=message,
        content_type_id=records.content_type_id(record),
        object_id=record.pk,
        to_contact=contact,
        to_address=contact.email,
        to_name=contact.name,
        from_address=identity.address,
        from_name=identity.name,
        reply_to=reply_address(identity.address, record, contact.pk) if identity.takes_replies else "",
        subject=_subject(message, record, kind, identity),
        html=render_to_string("mail/message.html", context),
        text=render_to_string("mail/message.txt", context | {"text": html_to_text(message.body_html)}),
        message_id=_new_message_id(identity.address),
        in_reply_to=chain[-1] if chain else "",
        references=" ".join(chain),
        is_automatic=message.is_automatic,
        created_at=message.created_at,
        due_at=message.created_at,
    )


def with_personal_link(html: str, record: Any, link: str) -> str:
    """A link to the record in the text leads the recipient to what they may see, not to the agents' page."""
    page = records.type_of(record).url(record)
    return html.replace(f'href="{page}"', f'href="{link or settings.SITE_URL + page}"')


def _subject(message: Message, record: Any, kind: RecordMail, identity: Identity) -> str:
    subject, reference = message.subject or kind.subject(record), kind.reference(record)
    if not subject:
        subject = _("Message from %(name)s") % {"name": identity.name}
    return " ".join((subject if reference in subject else f"{subject} ({reference})").split())[:500]


def _new_message_id(address: str) -> str:
    return f"{get_random_string(24).lower()}@{address.rpartition('@')[2]}"


def _known_to(contacts: Sequence[Contact], record: Any) -> dict[int, list[str]]:
    """Contact id → Message-IDs of the conversation that their mail client has seen, the newest last. One query.

    Written by hand, because it runs once per mail: putting a union together takes the ORM longer than the database.
    """
    content_type, pks = records.content_type_id(record), [contact.pk for contact in contacts]
    rows = _LONGEST_CHAIN * (len(pks) + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            _CHAIN % ", ".join(["%s"] * len(pks)),
            [content_type, record.pk, MessageKind.MESSAGE, content_type, record.pk, *pks, rows],
        )
        newest = cursor.fetchall()
    return {pk: [known for known, whose, _at in reversed(newest) if whose in (0, pk)][-_LONGEST_CHAIN:] for pk in pks}
