"""Open pages of a record are told of whatever stands in its conversation."""

from __future__ import annotations

from deskhand.base.chatter.events import FollowersRemoved, MessagePosted, NoteChanged
from deskhand.base.chatter.pages.conversation import topic_of
from deskhand.base.chatter.places import conversation_of
from deskhand.base.chatter.services.writing import log_changes
from deskhand.kit.events import on
from deskhand.kit.live import look_again, nudge
from deskhand.kit.tracking import RecordChanged


@on(RecordChanged)
def record_changes(fact: RecordChanged) -> None:
    """What lower apps change stands in the conversation, where their records have one."""
    if conversation_of(fact.record):
        log_changes(fact.record, fact.changes, by=fact.by, at=fact.at, text=fact.text)


@on(MessagePosted, NoteChanged)
def tell_open_pages(fact: MessagePosted | NoteChanged) -> None:
    nudge(topic_of(fact.record))


@on(FollowersRemoved)
def take_from_open_pages(fact: FollowersRemoved) -> None:
    """Who saw the record because they followed it does not see it any more; the others see who is left."""
    look_again(topic_of(fact.record))
    nudge(topic_of(fact.record))
