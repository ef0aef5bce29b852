"""Who looks after a ticket."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import FieldChange, add_followers, log_changes
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction
from deskhand.support.tickets.events import TicketAssigned
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.locking import locked_ticket


class NotAnAgent(DomainError):
    code = "not_an_agent"
    message = _("Tickets can be assigned to Helpdesk users of the ticket's company only. Choose somebody else.")
    field = "assignee"


@in_transaction
def assign_ticket(ticket_id: int, user: User | None, *, by: User | None, at: datetime, reason: str = "") -> Ticket:
    """Give a ticket to somebody, or (None) to nobody. The assignee follows it and is told, unless they took it
    themselves; ``reason`` stands in the chatter.

    :raises NotAnAgent: the user has no Helpdesk access, or not in the ticket's company.
    """
    ticket = locked_ticket(ticket_id)
    hand_over(ticket, user, by=by, at=at, reason=reason)
    return ticket


def hand_over(ticket: Ticket, user: User | None, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Record all that a new assignee means, on a ticket that the caller has locked."""
    if ticket.assignee_id == (user.pk if user else None):
        return
    refuse_outsider(user, ticket.company_id)
    change = FieldChange("assignee", str(_("Assigned to")), _name(ticket.assignee), _name(user))
    ticket.assignee = user
    ticket.updated_at = at
    ticket.version += 1
    if user and ticket.first_assigned_at is None:
        ticket.first_assigned_at = at
    ticket.save(update_fields=["assignee", "updated_at", "first_assigned_at", "version"])
    if user:
        add_followers(ticket, [user.contact_id])
    told = [user.contact_id] if user else []
    log_changes(ticket, [change], by=by.contact if by else None, at=at, text=reason, concerned=told)
    publish(TicketAssigned(ticket, by, at))


def refuse_outsider(user: User | None, company_id: int) -> None:
    """:raises NotAnAgent: the user has no Helpdesk access, or not in the company."""
    if user and not (user.has_role("helpdesk") and company_id in user.company_ids):
        raise NotAnAgent


def _name(user: User | None) -> str:
    return user.name if user else str(_("nobody"))
