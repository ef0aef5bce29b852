"""A conversation, as it is read: newest first, by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, cast

from django.db.models import F, Model, QuerySet
from django.utils import timezone

from deskhand.base.chatter.models import Message
from deskhand.base.chatter.places import MESSAGE_MARKS
from deskhand.base.files.public import Attachment
from deskhand.kit import records
from deskhand.kit.prepared import prepared
from deskhand.kit.ui.shapes import Badge

PAGE_SIZE = 40


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


def feed_of(record: Model, *, before: int | None = None) -> Feed:
    """All of a record's conversation, for those who work here. Two queries, and one for each app that adds marks."""
    found = _newest(records.content_type_id(record), record.pk, before)
    shown = found[:PAGE_SIZE]
    marks = _marks([message.pk for message in shown])
    entries = [Entry(message, files, marks.get(message.pk, [])) for message, files in _with_files(shown)]
    days = [Day(day, list(group)) for day, group in groupby(entries, key=_day)]
    return Feed(days, earlier=shown[-1].pk if len(found) > PAGE_SIZE else None)


def public_feed_of(record: Model) -> list[Entry]:
    """What the customer may read, newest first: messages, no notes, no changes. Two queries."""
    found = _public(records.content_type_id(record), record.pk)
    return [Entry(message, files) for message, files in _with_files(found)]


@prepared
def _newest(content_type: int, object_id: int, before: int | None) -> QuerySet[Message]:
    messages = Message.objects.filter(content_type=content_type, object_id=object_id).for_feed()
    earlier = messages if before is None else messages.filter(pk__lt=before)
    return earlier.order_by("-pk")[: PAGE_SIZE + 1]


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
