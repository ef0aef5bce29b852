"""Facts that somebody is told of."""

from __future__ import annotations

from deskhand.base.activities.public import ActivityAssigned
from deskhand.base.chatter.public import MessagePosted
from deskhand.base.notifications.services.telling import tell_of_activity, tell_of_message
from deskhand.kit.clock import now
from deskhand.kit.events import on


@on(MessagePosted)
def ring_for_message(fact: MessagePosted) -> None:
    tell_of_message(fact)


@on(ActivityAssigned)
def ring_for_activity(fact: ActivityAssigned) -> None:
    tell_of_activity(fact.activity, fact.record, by=fact.by, at=now())
