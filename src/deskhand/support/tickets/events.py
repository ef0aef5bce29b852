from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deskhand.base.accounts.public import User
from deskhand.support.teams.public import Stage
from deskhand.support.tickets.models import Ticket


@dataclass(frozen=True)
class TicketCreated:
    ticket: Ticket
    by: User | None
    at: datetime


@dataclass(frozen=True)
class StageEntered:
    """A ticket came into a stage, by whatever way; ``left`` is None at creation."""

    ticket: Ticket
    stage: Stage
    left: Stage | None
    by: User | None
    at: datetime


@dataclass(frozen=True)
class TicketClosed:
    """A ticket came into a folded stage out of one that is not."""

    ticket: Ticket
    by: User | None
    at: datetime


@dataclass(frozen=True)
class TicketReopened:
    ticket: Ticket
    by: User | None
    at: datetime


@dataclass(frozen=True)
class TicketAssigned:
    """``ticket.assignee`` is new; None: nobody has it any more."""

    ticket: Ticket
    by: User | None
    at: datetime


@dataclass(frozen=True)
class TicketEdited:
    """Fields of a ticket changed; ``fields`` are their names (``priority``, ``tags``, ``customer``, ``team`` …)."""

    ticket: Ticket
    fields: Sequence[str]
    by: User | None
    at: datetime


@dataclass(frozen=True)
class CustomerReplied:
    """The customer or another outsider wrote on a ticket, by mail or on the customer page."""

    ticket: Ticket
    at: datetime


@dataclass(frozen=True)
class TicketReordered:
    """A card has another place in its column."""

    ticket: Ticket


@dataclass(frozen=True)
class TicketArchiving:
    """A ticket was archived or restored (``ticket.is_archived``)."""

    ticket: Ticket
    by: User | None
    at: datetime
