"""What teams do when something happens."""

from __future__ import annotations

from deskhand.kit.events import on
from deskhand.kit.live import nudge
from deskhand.support.teams.events import TeamChanged, TeamCreated, TeamDeleted, TeamsReordered


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
