"""A conversation, as it is read: newest first, by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Model
from django.utils import timezone

from deskhand.base.chatter.models import Message
from deskhand.base.chatter.places import MESSAGE_MARKS
from deskhand.base.files.public import Attachment
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
    messages = Message.objects.of(record).for_feed()
    if before is not None:
        messages = messages.filter(pk__lt=before)
    found = list(messages.order_by("-pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    marks = _marks([message.pk for message in shown])
    entries = [Entry(message, _cards(message), marks.get(message.pk, [])) for message in shown]
    days = [Day(day, list(group)) for day, group in groupby(entries, key=_day)]
    return Feed(days, earlier=shown[-1].pk if len(found) > PAGE_SIZE else None)


def public_feed_of(record: Model) -> list[Entry]:
    """What the customer may read, newest first: messages, no notes, no changes. Two queries."""
    return [Entry(message, _cards(message)) for message in Message.objects.of(record).public().for_feed()]


def _day(entry: Entry) -> date:
    return timezone.localtime(entry.message.created_at).date()


def _cards(message: Message) -> list[Attachment]:
    text = message.body_html + message.quote_html
    return [file for file in message.attachments.all() if not file.is_image or str(file.pk) not in text]


def _marks(ids: list[int]) -> dict[int, list[Badge]]:
    found: dict[int, list[Badge]] = {}
    for load in MESSAGE_MARKS:
        for pk, badge in load(ids).items() if ids else ():
            found.setdefault(pk, []).append(badge)
    return found
