"""What tickets do when the pipeline around them changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Count

from deskhand.base.accounts.public import User, portal_contacts
from deskhand.base.chatter.public import Follower
from deskhand.kit import records
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction
from deskhand.support.teams.public import Stage, Team
from deskhand.support.tickets.events import TicketClosed, TicketReopened
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.moving import enter_stage, follow_folding

_BATCH = 500


@in_transaction
def follow_stage_folding(stage: Stage, *, by: User | None, at: datetime) -> None:
    """Close the tickets of a stage that was folded, or reopen those of one that no longer is (CLOSE-1)."""
    changed = [
        ticket
        for ticket in Ticket.objects.select_for_update(of=("self",)).filter(stage=stage)
        if ticket.is_closed != stage.is_folded
    ]
    for ticket in changed:
        follow_folding(ticket, is_folded=stage.is_folded, at=at)
    Ticket.objects.bulk_update(changed, ["closed_at", "first_closed_at", "reopen_count"], batch_size=_BATCH)
    for ticket in changed:
        publish(TicketClosed(ticket, by, at) if stage.is_folded else TicketReopened(ticket, by, at))


@in_transaction
def move_out_of_stage(stage: Stage, to: Stage, *, team_ids: Collection[int], by: User | None, at: datetime) -> None:
    """Move all tickets of some teams from a stage that goes into another one, archived tickets too."""
    waiting = Ticket.objects.select_for_update(of=("self",)).select_related("team", "stage", "company")
    for ticket in waiting.filter(stage=stage, team__in=team_ids):
        enter_stage(ticket, to, by=by, at=at)


def tickets_in_stage(stage: Stage) -> Mapping[int, int]:
    """Team id → number of tickets in the stage, archived ones too. One query."""
    counts = Ticket.objects.filter(stage=stage).order_by().values_list("team").annotate(Count("pk"))
    return dict(counts)


@in_transaction
def remove_portal_followers(team: Team) -> None:
    """No portal user follows a ticket of a team that is not public any more (TEAM-4)."""
    Follower.objects.filter(
        content_type=records.content_type_id(Ticket),
        object_id__in=Ticket.objects.filter(team=team).order_by().values("pk"),
        contact__in=portal_contacts(),
    ).delete()
