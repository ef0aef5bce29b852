"""Taking hold of a ticket before changing it."""

from __future__ import annotations

from django.db.models import QuerySet

from deskhand.kit.prepared import prepared
from deskhand.support.tickets.models import Ticket


def locked_ticket(ticket_id: int) -> Ticket:
    """The ticket with team, stage and company, locked until the transaction ends. One query; two more if somebody else
    has just moved it.

    :raises Ticket.DoesNotExist: it is gone.
    """
    found = _locked_with_its_place(ticket_id)
    if not found:
        # PostgreSQL waits for whoever moves the ticket, then finds that it does not match the stage joined before.
        Ticket.objects.select_for_update().get(pk=ticket_id)
        found = _locked_with_its_place(ticket_id)
    locked = found[0]
    locked.team.company = locked.company  # the same; who asks the team for it needs no query
    return locked


@prepared
def _locked_with_its_place(ticket_id: int) -> QuerySet[Ticket]:
    tickets = Ticket.objects.select_for_update(of=("self",))
    return tickets.select_related("team", "stage", "company").filter(pk=ticket_id)
