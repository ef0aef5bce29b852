"""The chatter of a ticket, as its page shows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from deskhand.base.chatter.public import Chat, Doors, Refused, chat_context, chat_of
from deskhand.kit.addresses import record_address
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.queries import followers_of_both


def ticket_chat(request: HttpRequest, ticket: Ticket) -> Chat:
    """The conversation of a ticket. Two queries, and what panels ask for."""
    doors = Doors(
        messages=record_address("tickets:messages", ticket.pk),
        notes=record_address("tickets:notes", ticket.pk),
        followers=record_address("tickets:followers", ticket.pk),
    )
    return chat_of(request, ticket, followers=followers_of_both(ticket), doors=doors)


def ticket_chat_context(request: HttpRequest, ticket: Ticket, *, refused: Refused | None = None) -> dict[str, Any]:
    """What ``chatter/chat.html`` needs."""
    return chat_context(ticket_chat(request, ticket), refused=refused)
