"""Tickets through the pipeline: stages, order in the column, closing and reopening."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import FieldChange, log_changes
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.inserting import insert
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.public import Stage
from deskhand.support.tickets.enums import CardState
from deskhand.support.tickets.events import StageEntered, TicketClosed, TicketReopened, TicketReordered
from deskhand.support.tickets.models import StageStay, Ticket
from deskhand.support.tickets.services.locking import locked_ticket


class StageOfOtherTeam(DomainError):
    code = "stage_of_other_team"
    message = _("This stage is not in the pipeline of the ticket's team. Choose another one.")
    field = "stage"


class TicketArchived(DomainError):
    code = "ticket_archived"
    message = _("This ticket is archived. Restore it first.")


@in_transaction
def move_ticket(ticket_id: int, stage_id: int, *, by: User | None, at: datetime) -> Ticket:
    """Move a ticket to a stage of its team; into a folded stage closes it, out of it reopens it (CLOSE-1).

    Where it is already, nothing happens. Seven statements besides what listeners do.

    :raises TicketArchived: archived tickets do not move.
    :raises StageOfOtherTeam: the stage is not in the team's pipeline.
    """
    ticket = locked_ticket(ticket_id)
    if ticket.is_archived:
        raise TicketArchived
    if ticket.stage_id != stage_id:
        stage = ticket.team.stages.active().filter(pk=stage_id).first()
        if stage is None:
            raise StageOfOtherTeam
        enter_stage(ticket, stage, by=by, at=at)
    return ticket


def enter_stage(ticket: Ticket, stage: Stage, *, by: User | None, at: datetime) -> None:
    """Record all that entering a stage means, on a ticket that the caller has locked."""
    left = ticket.stage
    was_closed = ticket.is_closed
    ticket.stage = stage
    ticket.card_state = CardState.IN_PROGRESS
    ticket.updated_at = at
    follow_folding(ticket, is_folded=stage.is_folded, at=at)
    ticket.save(update_fields=["stage", "card_state", "updated_at", "closed_at", "first_closed_at", "reopen_count"])
    StageStay.objects.filter(ticket=ticket, left_at=None).update(left_at=at)
    insert(StageStay(ticket=ticket, stage=stage, entered_at=at))
    change = FieldChange("stage", str(_("Stage")), left.name, stage.name)
    log_changes(ticket, [change], by=by.contact if by else None, at=at)
    publish(StageEntered(ticket, stage, left, by, at))
    if stage.is_folded and not was_closed:
        publish(TicketClosed(ticket, by, at))
    if was_closed and not stage.is_folded:
        publish(TicketReopened(ticket, by, at))


def follow_folding(ticket: Ticket, *, is_folded: bool, at: datetime) -> None:
    """Closed is: in a folded stage (RULES, Closing). Sets the fields, saves nothing."""
    if is_folded and ticket.closed_at is None:
        ticket.closed_at = at
        ticket.first_closed_at = ticket.first_closed_at or at
    elif not is_folded and ticket.closed_at is not None:
        ticket.closed_at = None
        ticket.reopen_count += 1


@in_transaction
def place_ticket(ticket_id: int, *, after: int | None, before: int | None) -> Ticket:
    """Put a card between two others of its column, by the ids of its new neighbours; None: the end of the column.

    The order is manual within one priority, so only neighbours of the same priority count.
    """
    ticket = locked_ticket(ticket_id)
    peers = Ticket.objects.filter(stage=ticket.stage_id, team=ticket.team_id, priority=ticket.priority)
    positions = dict(peers.filter(pk__in=[pk for pk in (after, before) if pk]).values_list("pk", "position"))
    above, below = positions.get(after or 0), positions.get(before or 0)
    if above is None and below is None:
        return ticket
    if above is None:
        ticket.position = (below or 0) - 1
    elif below is None:
        ticket.position = above + 1
    else:
        ticket.position = (above + below) / 2
    ticket.save(update_fields=["position"])
    publish(TicketReordered(ticket))
    return ticket
