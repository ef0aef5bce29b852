"""The conversation of a ticket: agents, customers, notes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from deskhand.base.chatter.public import Draft, Message, add_followers, log_note, post_message
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction
from deskhand.support.tickets.events import CustomerReplied
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.queries import told_of
from deskhand.support.tickets.services.locking import locked_ticket


@in_transaction
def reply_to_ticket(ticket_id: int, draft: Draft, *, at: datetime, recipients: Iterable[int] | None = None) -> Message:
    """Add a message to the conversation; it is mailed to ``recipients`` (contact ids; None: all who follow).

    Whoever writes follows the ticket from then on. A message from outside is told as :class:`CustomerReplied`, so that
    the team's rule for closed tickets can act.

    :raises NothingWritten: neither text nor file.
    """
    ticket = locked_ticket(ticket_id)
    chosen = recipients_of(ticket) if recipients is None else recipients
    message = post_message(ticket, draft, at=at, recipients=chosen)
    if draft.author:
        add_followers(ticket, [draft.author.pk])
    _touch(ticket, at)
    if draft.author and not draft.from_internal:
        publish(CustomerReplied(ticket, at))
    return message


@in_transaction
def note_on_ticket(ticket_id: int, draft: Draft, *, at: datetime) -> Message:
    """Write an internal note; no customer sees it.

    :raises NothingWritten: neither text nor file.
    """
    ticket = locked_ticket(ticket_id)
    message = log_note(ticket, draft, at=at)
    _touch(ticket, at)
    return message


def recipients_of(ticket: Ticket) -> list[int]:
    """Contact ids of all who are told of messages: followers of the ticket and of its team. One query."""
    return [contact.pk for contact in told_of(ticket)]


def _touch(ticket: Ticket, at: datetime) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(updated_at=at)
