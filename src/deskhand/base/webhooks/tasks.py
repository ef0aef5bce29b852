"""Wake-up calls of the webhooks."""

from __future__ import annotations

from huey import crontab

from deskhand.base.webhooks.services.sending import MOST_AT_ONCE, send_deliveries
from deskhand.kit.clock import now
from deskhand.kit.queue import periodic_task, wake_up


@wake_up()
def send_waiting() -> None:
    if send_deliveries(at=now()) == MOST_AT_ONCE:
        send_waiting()  # more may wait


@periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep_deliveries() -> None:
    """What is due and was not woken up: calls that got lost, retries, rows of dead processes."""
    send_waiting.again()
