"""Closing and reopening tickets by a word instead of a stage."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import log_changes
from deskhand.base.contacts.public import Contact
from deskhand.kit.errors import DomainError, NotAllowed
from deskhand.kit.transactions import in_transaction
from deskhand.support.closing.policies import may_close
from deskhand.support.closing.queries import closing_stage, reopening_stage, rules_of
from deskhand.support.tickets.public import Ticket, locked_ticket, move_ticket


class TicketAlreadyClosed(DomainError):
    code = "ticket_already_closed"
    message = gettext_lazy("This ticket is already closed.")


class TicketAlreadyOpen(DomainError):
    code = "ticket_already_open"
    message = gettext_lazy("This ticket is already open.")


class NoStageToClose(DomainError):
    code = "no_stage_to_close"
    message = gettext_lazy(
        "This ticket is in the last stage of its team, and no stage is folded: tickets are closed in folded stages."
    )


class NoStageToReopen(DomainError):
    code = "no_stage_to_reopen"
    message = gettext_lazy("All stages of this team are folded. Unfold one, or add a stage.")


class ClosureNotOffered(NotAllowed):
    code = "closure_not_offered"
    message = gettext_lazy("Only the support team can close this ticket. Write to them that it is done.")


@in_transaction
def close_ticket(ticket_id: int, *, by: User | None, at: datetime) -> Ticket:
    """Move a ticket to its team's closing stage.

    :raises TicketAlreadyClosed: somebody else was faster.
    :raises NoStageToClose: it is in the closing stage already, which is not folded.
    :raises TicketArchived: archived tickets do not move.
    """
    ticket = locked_ticket(ticket_id)
    stage = closing_stage(ticket.team)
    if ticket.is_closed:
        raise TicketAlreadyClosed
    if stage is None or stage.pk == ticket.stage_id:
        raise NoStageToClose
    return move_ticket(ticket_id, stage.pk, by=by, at=at)


@in_transaction
def reopen_ticket(ticket_id: int, *, by: User | None, at: datetime) -> Ticket:
    """Move a closed ticket back to where its team works on reopened ones.

    :raises TicketAlreadyOpen: somebody else was faster.
    :raises NoStageToReopen: the team has folded stages only.
    :raises TicketArchived: archived tickets do not move.
    """
    ticket = locked_ticket(ticket_id)
    stage = reopening_stage(ticket.team, rules_of(ticket.team_id))
    if not ticket.is_closed:
        raise TicketAlreadyOpen
    if stage is None:
        raise NoStageToReopen
    return move_ticket(ticket_id, stage.pk, by=by, at=at)


@in_transaction
def close_by_customer(ticket_id: int, contact: Contact, *, at: datetime) -> Ticket:
    """Close a ticket for its customer; the chatter says who (CLOSE-3). The right is checked here again.

    :raises ClosureNotOffered: the team does not let customers close, or there is nothing to close.
    """
    if not may_close(locked_ticket(ticket_id)):
        raise ClosureNotOffered
    closed = close_ticket(ticket_id, by=None, at=at)
    log_changes(closed, [], by=contact, at=at, text=_("Closed by the customer"))
    return closed
