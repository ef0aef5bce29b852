"""What webhooks do when something waits for them, and how they listen to facts of apps that they do not know."""

from __future__ import annotations

from typing import Any

from deskhand.base.webhooks import tasks
from deskhand.base.webhooks.events import DeliveriesQueued
from deskhand.base.webhooks.places import TOLD_FACTS, ToldFact
from deskhand.base.webhooks.services.telling import tell
from deskhand.kit.events import after, on


def tell_webhooks_of(told: ToldFact, *, order: int = 50) -> ToldFact:
    """Declare a fact that webhooks can be told of; from then on it is listened to."""

    @on(told.fact)
    def listener(fact: Any) -> None:
        tell(told, fact)

    return TOLD_FACTS.add(told, order=order)


@after(DeliveriesQueued)
def wake_sender(fact: DeliveriesQueued) -> None:
    del fact
    tasks.send_waiting()
