"""What ``chatter/chat.html`` needs, for every kind of record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from deskhand.base.accounts.public import User
from deskhand.base.chatter.enums import MessageKind
from deskhand.base.chatter.models import Follower, Unsent
from deskhand.base.chatter.pages.access import person
from deskhand.base.chatter.pages.forms import MessageForm, NoteForm
from deskhand.base.chatter.places import CHAT_BUTTONS, CHAT_SECTIONS, conversation_of
from deskhand.base.chatter.policies import can_write
from deskhand.base.chatter.queries import Feed, feed_of, unsent_of
from deskhand.base.chatter.services.mentioning import mentions_in
from deskhand.base.chatter.services.unsent import files_to_send
from deskhand.base.chatter.services.writing import Draft
from deskhand.base.contacts.public import Contact
from deskhand.kit import records
from deskhand.kit.keys import key_of
from deskhand.kit.ui.shapes import HeaderButton


@dataclass(frozen=True)
class Doors:
    """Where the forms of a conversation are sent. An app whose records do more when somebody writes has its own."""

    messages: str
    notes: str
    followers: str


@dataclass(frozen=True)
class Refused:
    """A form that was refused keeps what was typed."""

    message: MessageForm | None = None
    note: NoteForm | None = None


@dataclass(frozen=True)
class Chat:
    """The conversation beside a record. ``base`` is where all its smaller doors lie."""

    record: Model
    user: User
    followers: Sequence[Follower]
    doors: Doors
    topic: str
    base: str
    may_write: bool
    unsent: Sequence[Unsent] = ()
    buttons: Sequence[HeaderButton] = ()
    sections: Sequence[SafeString | str] = ()
    own: Sequence[Follower] = field(default=())

    @property
    def is_followed_by_me(self) -> bool:
        return any(follower.contact_id == self.user.contact_id for follower in self.own)

    @property
    def message_files(self) -> list[Any]:
        return self._files(MessageKind.MESSAGE)

    @property
    def note_files(self) -> list[Any]:
        return self._files(MessageKind.NOTE)

    def typed(self, kind: MessageKind) -> dict[str, Any]:
        """What was typed and not sent."""
        kept = next((row for row in self.unsent if row.kind == kind), None)
        return {"body": kept.body, "cc": kept.cc, "mentions": kept.mentions} if kept else {}

    def _files(self, kind: MessageKind) -> list[Any]:
        return [file for row in self.unsent if row.kind == kind for file in row.files.all()]


def chat_of(request: HttpRequest, record: Model, *, followers: Sequence[Follower], doors: Doors) -> Chat:
    """One query for what the user began to write, and what the panels ask for."""
    user, kind = person(request), records.content_type_id(record)
    return Chat(
        record=record,
        user=user,
        followers=followers,
        own=[one for one in followers if one.content_type_id == kind],
        doors=doors,
        topic=topic_of(record),
        base=base_of(record),
        may_write=can_write(user, record),
        unsent=unsent_of(record, user),
        buttons=[button for make in CHAT_BUTTONS if (button := make(record, user))],
        sections=[section for draw in CHAT_SECTIONS if (section := draw(record, user))],
    )


def topic_of(record: Model) -> str:
    """What pages of the record watch: ``ticket.42``."""
    return f"{record._meta.model_name}.{record.pk}"  # noqa: SLF001


def base_of(record: Model) -> str:
    """Where the doors of the record's conversation lie."""
    return reverse("chatter:chat", args=[records.content_type_id(record), record.pk])


def chat_context(chat: Chat, *, refused: Refused | None = None) -> dict[str, Any]:
    """Two queries for the messages, and one for each app that adds marks."""
    refused = refused or Refused()
    typed = chat.typed(MessageKind.MESSAGE)
    message_form = refused.message or MessageForm(
        initial=typed, recipients=recipients_of(chat), unticked=_unticked(chat.followers)
    )
    note_form = refused.note or NoteForm(initial=chat.typed(MessageKind.NOTE))
    kind = conversation_of(chat.record)
    company = kind.company(chat.record) if kind else None
    only_note = bool(chat.typed(MessageKind.NOTE).get("body")) and not typed.get("body")
    return {
        "chat": chat,
        "followers": chat.followers,
        "message_form": message_form,
        "note_form": note_form,
        "writes_note": refused.note is not None or (refused.message is None and only_note),
        "feed": feed_of(chat.record),
        "feed_url": f"{chat.base}feed/",
        "company_name": company.public_name if company else "",
        "me": chat.user.contact_id,
    }


def filtered_feed(request: HttpRequest, record: Model) -> tuple[Feed, str]:
    """The part of the conversation that the address asks for, and what it asks for besides the page."""
    only, words = request.GET.get("only", ""), request.GET.get("q", "").strip()
    asked = QueryDict(mutable=True)
    if words:
        asked["q"] = words
    if only in MessageKind.values:
        asked["only"] = only
    feed = feed_of(
        record,
        before=key_of(request.GET.get("before", "")),
        only=MessageKind(only) if only in MessageKind.values else None,
        words=words,
    )
    return feed, asked.urlencode()


def recipients_of(chat: Chat) -> list[Contact]:
    """Whom a message of the user can go to: whom the record stands for and all followers, with an address, but not
    themselves."""
    kind = conversation_of(chat.record)
    contacts = [*(kind.addressed(chat.record) if kind else ()), *(one.contact for one in chat.followers)]
    known = {contact.pk: contact for contact in contacts}
    return [contact for contact in known.values() if contact.pk != chat.user.contact_id and contact.email]


def colleague_draft(form: NoteForm, *, record: Model, user: User, kind: MessageKind) -> Draft:
    """What a colleague typed, with whom they called by name and the files that were kept. Outside a transaction.

    :raises CannotBeMentioned: somebody who is called would never see it.
    """
    mentions = mentions_in(form.cleaned_data["body"], form.called, record=record, by=user)
    typed = form.draft(author=user.contact, from_internal=True)
    kept = files_to_send(record, kind, form.kept_files, user=user) if form.kept_files else []
    return Draft(
        html=mentions.marked(typed.html),
        author=user.contact,
        from_internal=True,
        files=[*kept, *typed.files],
        mentions=mentions.contact_ids,
        admitted=mentions.admitted_contact_ids,
    )


def _unticked(followers: Sequence[Follower]) -> set[int]:
    """Who follows, but does not want messages by any of the ways in which they follow."""
    wanted = {one.contact_id for one in followers if one.gets_messages}
    return {one.contact_id for one in followers} - wanted
