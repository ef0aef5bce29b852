"""Own notes can be mended and taken back; what was sent cannot."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.enums import MessageKind
from deskhand.base.chatter.events import NoteChanged
from deskhand.base.chatter.models import Message, NoteVersion
from deskhand.base.chatter.services.writing import NothingWritten
from deskhand.base.contacts.public import Contact
from deskhand.kit import records
from deskhand.kit.errors import DomainError, NotAllowed
from deskhand.kit.events import publish
from deskhand.kit.html import clean_html, html_to_text
from deskhand.kit.transactions import in_transaction


class SentAlready(DomainError):
    code = "sent_already"
    message = _("A message that was sent cannot be changed. Write another one.")


class NotOnesOwnNote(NotAllowed):
    code = "not_ones_own_note"
    message = _("Only who wrote a note may change it.")


class NoteDeleted(DomainError):
    code = "note_deleted"
    message = _("This note was deleted.")


@in_transaction
def edit_note(message_id: int, html: str, *, by: Contact, at: datetime) -> Message:
    """Reword an own note; what it said before is kept. Nothing happens if nothing differs.

    :raises SentAlready: it is a message, or says what changed.
    :raises NotOnesOwnNote: somebody else wrote it.
    :raises NoteDeleted: it is gone.
    :raises NothingWritten: nothing would be left of it.
    """
    note = _own_note(message_id, by)
    body = clean_html(html)
    if body == note.body_html:
        return note
    if not html_to_text(body) and not note.attachments.exists():
        raise NothingWritten
    _keep_version(note, at)
    note.body_html, note.edited_at = body, at
    note.save(update_fields=["body_html", "edited_at"])
    _tell(note)
    return note


@in_transaction
def delete_note(message_id: int, *, by: Contact, at: datetime) -> Message:
    """Take an own note back: a line says that there was one, its text is kept for its author, its files are let go.

    :raises SentAlready: it is a message, or says what changed.
    :raises NotOnesOwnNote: somebody else wrote it.
    :raises NoteDeleted: it is gone already.
    """
    note = _own_note(message_id, by)
    _keep_version(note, at)
    note.attachments.all().delete()
    note.body_html, note.quote_html, note.deleted_at = "", "", at
    note.save(update_fields=["body_html", "quote_html", "deleted_at"])
    _tell(note)
    return note


def _own_note(message_id: int, by: Contact) -> Message:
    note = Message.objects.select_for_update().get(pk=message_id)
    if note.kind != MessageKind.NOTE:
        raise SentAlready
    if note.author_id != by.pk:
        raise NotOnesOwnNote
    if note.deleted_at:
        raise NoteDeleted
    return note


def _keep_version(note: Message, at: datetime) -> None:
    NoteVersion.objects.create(message=note, body_html=note.body_html, replaced_at=at)


def _tell(note: Message) -> None:
    publish(NoteChanged(note, records.find(note.content_type_id, note.object_id)))
