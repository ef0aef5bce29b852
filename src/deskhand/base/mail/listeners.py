"""What the mail does when something happens: messages become mails, and what waits wakes the worker."""

from __future__ import annotations

from deskhand.base.chatter.public import MessagePosted
from deskhand.base.mail import tasks
from deskhand.base.mail.events import MailReceived, MailsQueued
from deskhand.base.mail.services.outbox import queue_mails
from deskhand.kit.events import after, on


@on(MessagePosted)
def mail_to_recipients(fact: MessagePosted) -> None:
    if fact.recipients and fact.message.is_public:
        queue_mails(fact.message, fact.record, fact.recipients)


@after(MailReceived)
def wake_reader(fact: MailReceived) -> None:
    tasks.read_incoming(fact.pk)


@after(MailsQueued)
def wake_sender(fact: MailsQueued) -> None:
    tasks.send_outgoing(*fact.pks)
