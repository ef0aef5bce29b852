"""Customers' open pages change by themselves, with what they may see: messages, stage, who looks after it. Notes and
everything else of the desk tell them nothing, not even that something happened."""

from __future__ import annotations

from deskhand.base.chatter.public import FollowersRemoved, MessagePosted
from deskhand.kit.events import on
from deskhand.kit.live import look_again, nudge
from deskhand.portal.queries import letters_of, mine_of
from deskhand.support.tickets.public import (
    StageEntered,
    Ticket,
    TicketArchiving,
    TicketAssigned,
    TicketCreated,
    TicketEdited,
)

#: Fields of a ticket that its customer reads.
_SHOWN = frozenset({"title", "customer"})


@on(MessagePosted)
def tell_of_messages(fact: MessagePosted) -> None:
    if isinstance(fact.record, Ticket) and fact.message.is_public:
        nudge(letters_of(fact.record))


@on(StageEntered, TicketAssigned)
def tell_of_progress(fact: StageEntered | TicketAssigned) -> None:
    nudge(letters_of(fact.ticket))


@on(TicketCreated)
def tell_of_new_tickets(fact: TicketCreated) -> None:
    """The list of whoever asked."""
    if fact.ticket.customer_id:
        nudge(mine_of(fact.ticket.customer_id))


@on(TicketEdited)
def tell_of_edits(fact: TicketEdited) -> None:
    if _SHOWN & set(fact.fields):
        nudge(letters_of(fact.ticket))
    if {"team", "customer"} & set(fact.fields):
        look_again(letters_of(fact.ticket))


@on(TicketArchiving)
def take_from_open_pages(fact: TicketArchiving) -> None:
    look_again(letters_of(fact.ticket))


@on(FollowersRemoved)
def take_from_who_follows_no_more(fact: FollowersRemoved) -> None:
    if isinstance(fact.record, Ticket):
        look_again(letters_of(fact.record))
