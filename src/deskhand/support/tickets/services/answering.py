"""What a customer's answer does besides being said (RULES, Closing)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from deskhand.base.chatter.public import Draft, log_changes
from deskhand.base.contacts.public import Contact
from deskhand.kit.transactions import in_transaction
from deskhand.support.tickets.enums import Channel
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.places import REPLY_RULES
from deskhand.support.tickets.services.creating import NewTicket, open_ticket
from deskhand.support.tickets.services.locking import locked_ticket
from deskhand.support.tickets.services.talking import reply_to_ticket


def begins_anew(ticket: Ticket, at: datetime) -> bool:
    """Whether a customer's answer at this moment opens a new, linked ticket, because this one was closed too long ago.
    An archived team takes none: there the answer joins. No query for an open ticket."""
    return ticket.is_closed and ticket.team.is_active and any(rule(ticket, at) for rule in REPLY_RULES)


def origin_of_successor(ticket: Ticket) -> str:
    """What the chatter of a ticket says that an answer to this one has opened."""
    return _("The customer answered the closed ticket %(reference)s.") % {"reference": ticket.reference}


@in_transaction
def name_successor(ticket: Ticket, successor: Ticket, *, by: Contact | None, at: datetime) -> None:
    """Say on the closed ticket which one its customer's answer has opened."""
    text = _("The customer answered; the answer opened ticket %(reference)s.") % {"reference": successor.reference}
    log_changes(ticket, [], by=by, at=at, text=text)


@in_transaction
def answer_as_customer(ticket_id: int, draft: Draft, *, at: datetime) -> Ticket:
    """Say what a customer wrote on their page, in the ticket or, where the team's rule says so, in a new one that is
    linked with it. The ticket in which it stands.

    :raises NothingWritten: neither text nor file.
    """
    ticket = locked_ticket(ticket_id)
    if not begins_anew(ticket, at):
        reply_to_ticket(ticket_id, draft, at=at)
        return ticket
    origin = origin_of_successor(ticket)
    new = NewTicket(
        team=ticket.team,
        title=ticket.title,
        customer=draft.author,
        channel=Channel.PAGE,
        opening=replace(draft, reason=origin),
        origin=origin,
    )
    made = open_ticket(new, by=None, at=at).ticket
    name_successor(ticket, made, by=draft.author, at=at)
    return made
