"""What is written into the conversation of a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from html import escape

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.enums import MessageKind, Via
from deskhand.base.chatter.events import MessagePosted
from deskhand.base.chatter.models import Message
from deskhand.base.chatter.services.following import add_followers, followers_getting_messages
from deskhand.base.contacts.public import Contact
from deskhand.base.files.public import Attachment, StoredFile, attach
from deskhand.kit import records
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.html import clean_html, shows_nothing
from deskhand.kit.inserting import insert
from deskhand.kit.tracking import FieldChange
from deskhand.kit.transactions import in_transaction


class NothingWritten(DomainError):
    code = "nothing_written"
    message = _("Write something or attach a file first.")
    status = 422
    field = "body"


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say. HTML is cleaned when it is posted; files are stored before.

    ``author`` None: the desk itself. ``from_internal``: written by somebody who works here. ``message_id`` is the
    Message-ID the mail came with, or empty. ``reason``: why a mail landed here, in words. ``mentions`` are ids of
    contacts who are called by name; those of them in ``admitted`` follow the record from then on, because they would
    not see it otherwise (TEAM-6).
    """

    html: str
    author: Contact | None
    from_internal: bool = False
    via: Via = Via.PAGE
    files: Sequence[StoredFile] = ()
    subject: str = ""
    quote_html: str = ""
    message_id: str = ""
    reason: str = ""
    mentions: Sequence[int] = ()
    admitted: Sequence[int] = ()


@in_transaction
def post_message(record: Model, draft: Draft, *, at: datetime, recipients: Iterable[int] | None = None) -> Message:
    """Say something to the customer and the followers.

    ``recipients`` are contact ids; None: all followers who want messages. The author is never among them. One INSERT,
    one query for the followers, two more statements with files.

    :raises NothingWritten: neither text nor file.
    """
    message = _write(record, MessageKind.MESSAGE, draft, at)
    chosen = followers_getting_messages(record) if recipients is None else recipients
    author = draft.author.pk if draft.author else None
    told = tuple(pk for pk in dict.fromkeys(chosen) if pk != author)
    publish(MessagePosted(message, record, told, mentioned=_mentioned(record, draft)))
    return message


@in_transaction
def log_note(record: Model, draft: Draft, *, at: datetime) -> Message:
    """Write an internal note; no customer ever sees it.

    :raises NothingWritten: neither text nor file.
    """
    message = _write(record, MessageKind.NOTE, draft, at)
    publish(MessagePosted(message, record, mentioned=_mentioned(record, draft)))
    return message


@in_transaction
def log_changes(
    record: Model,
    changes: Sequence[FieldChange],
    *,
    by: Contact | None,
    at: datetime,
    text: str = "",
    concerned: Iterable[int] = (),
    announces: bool = False,
) -> Message | None:
    """Record what changed (``text``: what happened, in words). None, and nothing written, if nothing did.

    ``concerned`` (contact ids) and ``announces``: see :class:`MessagePosted`.
    """
    if not changes and not text:
        return None
    message = insert(
        Message(
            content_type_id=records.content_type_id(record),
            object_id=record.pk,
            kind=MessageKind.TRACK,
            via=Via.PAGE if by else Via.AUTOMATIC,
            author=by,
            from_internal=True,
            body_html=escape(text, quote=False),
            changes=[asdict(change) for change in changes],
            created_at=at,
        )
    )
    publish(MessagePosted(message, record, concerned=tuple(concerned), announces=announces))
    return message


def _mentioned(record: Model, draft: Draft) -> tuple[int, ...]:
    if draft.admitted:
        add_followers(record, draft.admitted)
    author = draft.author.pk if draft.author else None
    return tuple(pk for pk in dict.fromkeys(draft.mentions) if pk != author)


def _write(record: Model, kind: MessageKind, draft: Draft, at: datetime) -> Message:
    body = clean_html(draft.html)
    if not draft.files and shows_nothing(body):
        raise NothingWritten
    message = insert(
        Message(
            content_type_id=records.content_type_id(record),
            object_id=record.pk,
            kind=kind,
            via=draft.via,
            author=draft.author,
            from_internal=draft.from_internal,
            subject=draft.subject[:500],
            body_html=body,
            quote_html=clean_html(draft.quote_html) if draft.quote_html else "",
            message_id=draft.message_id[:255],
            reason=draft.reason[:200],
            created_at=at,
        )
    )
    if draft.files:
        attachments = attach(draft.files, record=record, owner=draft.author)
        message.attachments.set(attachments)
        _show_inline_images(message, attachments)
    return message


def _show_inline_images(message: Message, attachments: Sequence[Attachment]) -> None:
    """Let ``cid:`` pictures of a mail point to the stored file (IN-3). What the text does not show stays a card."""
    body, quote = message.body_html, message.quote_html
    for attachment in attachments:
        if attachment.content_id:
            body = body.replace(f'"cid:{escape(attachment.content_id)}"', f'"{escape(attachment.url)}"')
            quote = quote.replace(f'"cid:{escape(attachment.content_id)}"', f'"{escape(attachment.url)}"')
    if (body, quote) != (message.body_html, message.quote_html):
        message.body_html, message.quote_html = body, quote
        message.save(update_fields=["body_html", "quote_html"])
