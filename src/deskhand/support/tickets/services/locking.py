"""Taking hold of a ticket before changing it."""

from __future__ import annotations

from deskhand.support.tickets.models import Ticket


def locked_ticket(ticket_id: int) -> Ticket:
    """The ticket with team, stage and company, locked until the transaction ends. One query; two more if somebody else
    has just moved it.

    :raises Ticket.DoesNotExist: it is gone.
    """
    tickets = Ticket.objects.select_for_update(of=("self",))
    joined = tickets.select_related("team", "stage", "company").filter(pk=ticket_id)
    locked = joined.first()
    if locked is None:
        # PostgreSQL waits for whoever moves the ticket, then finds that it does not match the stage joined before.
        tickets.get(pk=ticket_id)
        locked = joined.get()
    locked.team.company = locked.company  # the same; who asks the team for it needs no query
    return locked
