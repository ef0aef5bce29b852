"""Tickets off the boards, and back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import log_changes
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction
from deskhand.support.tickets.events import TicketArchiving
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.creating import NewTicket, create_ticket
from deskhand.support.tickets.services.locking import locked_ticket


@in_transaction
def archive_ticket(ticket_id: int, *, by: User | None, at: datetime) -> Ticket:
    """Take a ticket off boards and counts. Nothing of it is lost; :func:`restore_ticket` brings it back."""
    return _set_archived(ticket_id, archived=True, by=by, at=at)


@in_transaction
def restore_ticket(ticket_id: int, *, by: User | None, at: datetime) -> Ticket:
    """Bring an archived ticket back to where it was."""
    return _set_archived(ticket_id, archived=False, by=by, at=at)


def _set_archived(ticket_id: int, *, archived: bool, by: User | None, at: datetime) -> Ticket:
    ticket = locked_ticket(ticket_id)
    if ticket.is_archived == archived:
        return ticket
    ticket.is_archived = archived
    ticket.updated_at = at
    ticket.save(update_fields=["is_archived", "updated_at"])
    what = _("Ticket archived") if archived else _("Ticket restored")
    log_changes(ticket, [], by=by.contact if by else None, at=at, text=str(what))
    publish(TicketArchiving(ticket, by, at))
    return ticket


@in_transaction
def duplicate_ticket(ticket_id: int, *, by: User, at: datetime) -> Ticket:
    """A new, open ticket with the same content: new number, no messages, no times (RULES, Ticket)."""
    ticket = Ticket.objects.for_page().get(pk=ticket_id)
    copy = NewTicket(
        team=ticket.team,
        title=str(_("%(title)s (copy)")) % {"title": ticket.title[:480]},
        description=ticket.description,
        customer=ticket.customer,
        customer_name=ticket.customer_name,
        customer_email=ticket.customer_email,
        customer_phone=ticket.customer_phone,
        priority=ticket.priority,
        tags=list(ticket.tags.all()),
        origin=str(_("Duplicate of %(reference)s")) % {"reference": ticket.reference},
    )
    return create_ticket(copy, by=by, at=at)
