"""What the mail does when something happens: messages become mails, and what waits wakes the worker."""

from __future__ import annotations

from deskhand.base.chatter.public import MessagePosted
from deskhand.base.mail import tasks
from deskhand.base.mail.events import FetchWanted, MailsQueued, MailsReceived
from deskhand.base.mail.services.outbox import queue_mails
from deskhand.kit.events import after, on


@on(MessagePosted)
def mail_to_recipients(fact: MessagePosted) -> None:
    if fact.recipients and fact.message.is_public:
        queue_mails(fact.message, fact.record, fact.recipients)


@after(MailsReceived)
def wake_reader(fact: MailsReceived) -> None:
    del fact
    tasks.read_incoming()


@after(MailsQueued)
def wake_sender(fact: MailsQueued) -> None:
    del fact
    tasks.send_outgoing()


@after(FetchWanted)
def wake_fetcher(fact: FetchWanted) -> None:
    del fact
    tasks.fetch_incoming()
