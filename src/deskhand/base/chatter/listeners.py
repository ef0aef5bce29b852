"""Open pages of a record are told of whatever stands in its conversation."""

from __future__ import annotations

from deskhand.base.chatter.events import FollowersRemoved, MessagePosted, NoteChanged
from deskhand.base.chatter.pages.conversation import topic_of
from deskhand.kit.events import on
from deskhand.kit.live import look_again, nudge


@on(MessagePosted, NoteChanged)
def tell_open_pages(fact: MessagePosted | NoteChanged) -> None:
    nudge(topic_of(fact.record))


@on(FollowersRemoved)
def take_from_open_pages(fact: FollowersRemoved) -> None:
    """Who saw the record because they followed it does not see it any more; the others see who is left."""
    look_again(topic_of(fact.record))
    nudge(topic_of(fact.record))
