"""Wake-up calls of the mail. Each does what rows still need, and leaves to others what they have taken up."""

from __future__ import annotations

from huey import crontab

from deskhand.base.mail.services.fetching import fetch_due
from deskhand.base.mail.services.reading import BATCH, read_taken, take_up_mails
from deskhand.base.mail.services.sending import MOST_AT_ONCE, send_mails
from deskhand.kit.clock import now
from deskhand.kit.queue import periodic_task, wake_up

#: Where mails are written all the time they leave together, which costs a third of sending one by one.
_GATHERING_SECONDS = 0.3


@wake_up()
def read_incoming() -> None:
    at = now()
    mails = take_up_mails(at=at)
    if len(mails) == BATCH:
        read_incoming()  # more may wait, for another worker at once or for this one afterwards
    read_taken(mails, at=at)


@wake_up(rest=_GATHERING_SECONDS)
def send_outgoing() -> None:
    if send_mails(at=now()) == MOST_AT_ONCE:
        send_outgoing()  # more may wait


@wake_up()
def fetch_incoming() -> None:
    if fetch_due(at=now()):
        fetch_incoming()  # a mailbox is not empty yet


@periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep_mails() -> None:
    """What is due and was not woken up: calls that got lost, retries, rows of dead processes."""
    read_incoming.again()
    send_outgoing.again()
    fetch_incoming.again()
