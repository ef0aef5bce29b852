"""What teams do when something happens."""

from __future__ import annotations

from deskhand.base.chatter.public import FollowersRemoved
from deskhand.kit.events import on
from deskhand.kit.live import look_again, nudge
from deskhand.support.teams.events import TeamChanged, TeamCreated, TeamDeleted, TeamsReordered, TeamVisibilityChanged
from deskhand.support.teams.models import Team


@on(TeamChanged)
def tell_open_boards(fact: TeamChanged) -> None:
    """Stages are the columns of a board."""
    nudge(f"team.{fact.team.pk}")


@on(TeamChanged, TeamCreated)
def tell_overviews(fact: TeamChanged | TeamCreated) -> None:
    nudge(f"helpdesk.{fact.team.company_id}")


@on(TeamsReordered)
def tell_overviews_of_order(fact: TeamsReordered) -> None:
    for company in fact.companies:
        nudge(f"helpdesk.{company}")


@on(TeamDeleted)
def tell_who_still_looks(fact: TeamDeleted) -> None:
    nudge(f"team.{fact.team}")
    nudge(f"helpdesk.{fact.company}")


@on(TeamVisibilityChanged)
def take_tickets_from_open_pages(fact: TeamVisibilityChanged) -> None:
    """Any page may show a ticket of the team to somebody who may not see it any more (TEAM-3)."""
    del fact
    look_again()


@on(FollowersRemoved)
def take_tickets_from_uninvited(fact: FollowersRemoved) -> None:
    """Who followed a private team saw all of its tickets (TEAM-6)."""
    if isinstance(fact.record, Team):
        look_again()
        nudge(f"helpdesk.{fact.record.company_id}")
