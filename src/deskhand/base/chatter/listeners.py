"""Open pages of a record are told of whatever stands in its conversation."""

from __future__ import annotations

from deskhand.base.chatter.events import MessagePosted, NoteChanged
from deskhand.base.chatter.pages.conversation import topic_of
from deskhand.kit.events import on
from deskhand.kit.live import nudge


@on(MessagePosted, NoteChanged)
def tell_open_pages(fact: MessagePosted | NoteChanged) -> None:
    nudge(topic_of(fact.record))
