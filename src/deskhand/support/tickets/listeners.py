"""What tickets do when something happens elsewhere, and whom they nudge."""

from __future__ import annotations

from deskhand.base.activities.public import ActivitiesChanged
from deskhand.kit.events import on
from deskhand.kit.live import look_again, nudge
from deskhand.kit.screens import tell_lists
from deskhand.support.teams.public import StageFoldingChanged, TeamClosedToPortal
from deskhand.support.tickets.events import (
    StageEntered,
    TicketArchiving,
    TicketAssigned,
    TicketCreated,
    TicketEdited,
    TicketReordered,
)
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.pipeline import follow_stage_folding, remove_portal_followers

_OnBoards = TicketCreated | StageEntered | TicketEdited | TicketAssigned | TicketReordered | TicketArchiving


@on(TicketCreated, StageEntered, TicketEdited, TicketAssigned, TicketReordered, TicketArchiving)
def tell_open_boards(fact: _OnBoards) -> None:
    """And the overviews of the company, which count them."""
    nudge(f"team.{fact.ticket.team_id}")
    nudge(f"helpdesk.{fact.ticket.company_id}")


@on(TicketEdited)
def take_from_those_who_do_not_see_the_new_team(fact: TicketEdited) -> None:
    if "team" in fact.fields:
        look_again(f"ticket.{fact.ticket.pk}")


@on(ActivitiesChanged)
def tell_boards_of_activities(fact: ActivitiesChanged) -> None:
    if isinstance(fact.record, Ticket):
        nudge(f"team.{fact.record.team_id}")
        tell_lists(Ticket)


@on(StageFoldingChanged)
def close_or_reopen_tickets(fact: StageFoldingChanged) -> None:
    follow_stage_folding(fact.stage, by=fact.by, at=fact.at)


@on(TeamClosedToPortal)
def part_with_portal_followers(fact: TeamClosedToPortal) -> None:
    remove_portal_followers(fact.team)
