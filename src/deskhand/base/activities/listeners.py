"""Who is told when activities change: open pages of the record, and the clock of who has to do it."""

from __future__ import annotations

from deskhand.base.activities.events import ActivitiesChanged
from deskhand.base.chatter.public import topic_of
from deskhand.kit.events import on
from deskhand.kit.live import nudge


@on(ActivitiesChanged)
def tell_open_pages(fact: ActivitiesChanged) -> None:
    nudge(topic_of(fact.record))
    nudge(f"bell.{fact.activity.assignee_id}")
