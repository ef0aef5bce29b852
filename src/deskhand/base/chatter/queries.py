"""A conversation, as it is read: newest first, by day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice
from typing import Any, cast

from django.db.models import F, Model, OuterRef, QuerySet, Subquery
from django.utils import timezone

from deskhand.base.accounts.public import User
from deskhand.base.chatter.enums import MessageKind, Via
from deskhand.base.chatter.models import MESSAGE_TEXTS, CannedResponse, Follower, Message, Unsent
from deskhand.base.chatter.places import AUDIENCES, MESSAGE_MARKS, WORDINGS, conversation_of
from deskhand.base.chatter.querysets import CannedResponseQuerySet, MessageQuerySet
from deskhand.base.files.public import Attachment
from deskhand.kit import records
from deskhand.kit.html import html_to_text
from deskhand.kit.prepared import prepared
from deskhand.kit.search import plain
from deskhand.kit.ui.shapes import Badge

PAGE_SIZE = 40
#: Looked at for each record, so that one talkative ticket does not hide the others.
_MOST_SAYINGS = 20
#: Of longer conversations the newest entries are searched.
_SEARCHED = 2000
_TOLD = ("object_id", "from_internal", "created_at", "author__name")
#: As templates have them: ``{{ ticket.title }}``.
PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")


@dataclass(frozen=True)
class Entry:
    """A message with what stands around it. ``files`` are those that the text does not show itself."""

    message: Message
    files: list[Attachment]
    marks: list[Badge] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """Entries of one day in the reader's zone, newest first."""

    date: date
    entries: list[Entry]


@dataclass(frozen=True)
class Feed:
    """A page of a conversation; ``earlier`` is the id to ask for what came before, None at the beginning."""

    days: list[Day]
    earlier: int | None

    def __iter__(self) -> Iterator[Entry]:
        return (entry for day in self.days for entry in day.entries)


def feed_of(record: Model, *, before: int | None = None, only: MessageKind | None = None, words: str = "") -> Feed:
    """A record's conversation, for those who work here. Two queries, and one for each app that adds marks.

    ``only`` one kind of entries; ``words``: those in whose text, subject, author or change all of them stand.
    """
    found = _found(record, before, only, words) if words.strip() else _newest(*_place(record), before, only)
    shown = found[:PAGE_SIZE]
    marks = _marks([message.pk for message in shown])
    entries = [Entry(message, files, marks.get(message.pk, [])) for message, files in _with_files(shown)]
    days = [Day(day, list(group)) for day, group in groupby(entries, key=_day)]
    return Feed(days, earlier=shown[-1].pk if len(found) > PAGE_SIZE else None)


def public_feed_of(record: Model) -> list[Entry]:
    """What the customer may read, newest first: messages, no notes, no changes. Two queries."""
    found = _public(records.content_type_id(record), record.pk)
    return [Entry(message, files) for message, files in _with_files(found)]


def _place(record: Model) -> tuple[int, int]:
    return records.content_type_id(record), record.pk


@prepared
def _newest(content_type: int, object_id: int, before: int | None, only: MessageKind | None) -> QuerySet[Message]:
    return _entries(content_type, object_id, before, only).order_by("-pk")[: PAGE_SIZE + 1]


def _entries(content_type: int, object_id: int, before: int | None, only: MessageKind | None) -> MessageQuerySet:
    entries = Message.objects.filter(content_type=content_type, object_id=object_id).for_feed()
    if before is not None:
        entries = entries.filter(pk__lt=before)
    return entries if only is None else entries.filter(kind=only)


def _found(record: Model, before: int | None, only: MessageKind | None, words: str) -> list[Message]:
    """Looked for in what people read, not in its HTML: one conversation is short enough for that. One query."""
    newest = _entries(*_place(record), before, only).order_by("-pk")[:_SEARCHED]
    wanted = words.casefold().split()
    found = (message for message in newest if all(word in _readable(message) for word in wanted))
    return list(islice(found, PAGE_SIZE + 1))


def _readable(message: Message) -> str:
    author = message.author.name if message.author else ""
    changes = [f"{change['label']} {change['old']} {change['new']}" for change in message.changes]
    texts = [author, message.subject, html_to_text(message.body_html), html_to_text(message.quote_html), *changes]
    return "\n".join(texts).casefold()


@prepared
def _public(content_type: int, object_id: int) -> QuerySet[Message]:
    return Message.objects.filter(content_type=content_type, object_id=object_id).public().for_feed()


def _with_files(messages: Sequence[Message]) -> Iterator[tuple[Message, list[Attachment]]]:
    """Each message with the files that its text does not show itself. One query."""
    files: dict[int, list[Attachment]] = {}
    for file in _files_of([message.pk for message in messages]):
        files.setdefault(cast(Any, file).of_message, []).append(file)
    for message in messages:
        text = message.body_html + message.quote_html
        yield (
            message,
            [file for file in files.get(message.pk, ()) if not file.is_image or str(file.pk) not in text],
        )


@prepared
def _files_of(message_ids: list[int]) -> QuerySet[Attachment]:
    return Attachment.objects.filter(messages__in=message_ids).annotate(of_message=F("messages__pk"))


def _day(entry: Entry) -> date:
    return timezone.localtime(entry.message.created_at).date()


def _marks(ids: list[int]) -> dict[int, list[Badge]]:
    found: dict[int, list[Badge]] = {}
    for load in MESSAGE_MARKS:
        for pk, badge in load(ids).items() if ids else ():
            found.setdefault(pk, []).append(badge)
    return found


# ---- who follows ----------------------------------------------------------------------------------------------------


def following(record: Model) -> list[Follower]:
    """Who follows a record, with contact, the oldest first. One query."""
    return _following(*_place(record))


@prepared
def _following(content_type: int, object_id: int) -> QuerySet[Follower]:
    followers = Follower.objects.filter(content_type=content_type, object_id=object_id).select_related("contact")
    return followers.for_menu().order_by("pk")


# ---- who can be called by name --------------------------------------------------------------------------------------


def colleagues(user: User) -> QuerySet[User]:
    """Those who work with a user, with what rights ask of them. Three queries."""
    visible = User.objects.visible_to(user).internal().exclude(pk=user.pk)
    return visible.select_related("contact").prefetch_related("companies", "role_grants").order_by("name", "pk")


def readers_among(record: Model, users: Sequence[User]) -> Collection[int]:
    """Ids of those among the users who see the record."""
    _fill_in(users)
    kind = conversation_of(record)
    if kind and kind.readers:
        return kind.readers(record, users)
    visible_to = records.type_of(record).visible_to
    return [user.pk for user in users if visible_to(user).filter(pk=record.pk).exists()]


def admitted_by_following(record: Model, users: Sequence[User]) -> Collection[int]:
    """Ids of those among the users who would see the record if they followed it (TEAM-6)."""
    _fill_in(users)
    kind = conversation_of(record)
    return kind.admits(record, users) if kind else ()


def _fill_in(users: Sequence[User]) -> None:
    """What was fetched for all of them at once is not asked again of each."""
    for user in users:
        if "companies" in getattr(user, "_prefetched_objects_cache", {}):
            user.company_ids = [company.pk for company in user.companies.all()]


# ---- what somebody began to write -----------------------------------------------------------------------------------


def unsent_of(record: Model, user: User) -> list[Unsent]:
    """What a user began to write about a record. One query, two more for files where something was kept."""
    return _unsent(*_place(record), user.pk)


@prepared
def _unsent(content_type: int, object_id: int, user_id: int) -> QuerySet[Unsent]:
    rows = Unsent.objects.filter(content_type=content_type, object_id=object_id, user=user_id)
    return rows.prefetch_related("files")


# ---- canned responses -----------------------------------------------------------------------------------------------


def canned_visible_to(user: Any) -> CannedResponseQuerySet:
    """All that a user may use anywhere; the only way to list them."""
    audiences = [(records.content_type_id(kind.model), kind.choices(user).values("pk")) for kind in AUDIENCES]
    return CannedResponse.objects.usable_by(user, audiences)


def canned_for(record: Model, user: Any) -> CannedResponseQuerySet:
    """Those that a user may use in the conversation of a record: their own, everybody's, those of its group."""
    groups = [(records.content_type_id(kind.model), kind.of(record)) for kind in AUDIENCES]
    usable = CannedResponse.objects.usable_by(user, [(kind, [pk]) for kind, pk in groups if pk is not None])
    return usable.order_by("shortcut", "pk")


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled in; what has no value is left out."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)


def values_of(record: Model) -> Mapping[str, str]:
    """What placeholders stand for in the conversation of a record."""
    wording = next((one for one in WORDINGS if one.model is type(record)), None)
    return wording.values(record) if wording else {}


def records_saying(model: type[Model], typed: str, *, most: int) -> list[int]:
    """Ids of the records in whose messages and notes the words stand, newest message first. One query."""
    said = _said_by_people(model)
    return list(dict.fromkeys(MESSAGE_TEXTS.newest(said, typed, most=most).values_list("object_id", flat=True)))


def records_telling(model: type[Model], pks: QuerySet[Any, Any], typed: str, *, most: int) -> list[int]:
    """Ids among ``pks`` of the records in whose messages, as a customer may read them, the words stand. One query."""
    told = _said_by_people(model).public().filter(object_id__in=pks)
    return list(dict.fromkeys(MESSAGE_TEXTS.newest(told, typed, most=most).values_list("object_id", flat=True)))


def last_told(record: str, model: type[Model]) -> Subquery:
    """Id of the newest message that a person wrote to the customer or the customer wrote, for ``record``: the name of a
    column that has the record's key. Stands in the SQL of a list."""
    told = _said_by_people(model).public().filter(object_id=OuterRef(record))
    return Subquery(told.order_by("-pk").values("pk")[:1])


def messages_told(pks: Collection[int]) -> dict[int, Message]:
    """The messages of these ids, with their authors. One query, none for no ids."""
    return Message.objects.select_related("author").only(*_TOLD).in_bulk(pks) if pks else {}


def sayings(model: type[Model], pks: Sequence[int], typed: str) -> dict[int, str]:
    """Id of a record → the newest message or note with the words, as plain text. One query."""
    said = _said_by_people(model).filter(object_id__in=pks)
    found = MESSAGE_TEXTS.newest(said, typed, most=_MOST_SAYINGS * len(pks) or 1)
    texts = {message.object_id: message.body_html for message in reversed(found.only("object_id", "body_html"))}
    return {pk: " ".join(plain(html).split()) for pk, html in texts.items()}


def _said_by_people(model: type[Model]) -> MessageQuerySet:
    """What the desk writes by itself only repeats what a ticket says anyway."""
    said = Message.objects.filter(content_type=records.content_type_id(model))
    return said.exclude(kind=MessageKind.TRACK).exclude(via=Via.AUTOMATIC)
