"""What teams do when something happens."""

from __future__ import annotations

from deskhand.kit.events import on
from deskhand.kit.live import nudge
from deskhand.support.teams.events import TeamChanged


@on(TeamChanged)
def tell_open_boards(fact: TeamChanged) -> None:
    """Stages are the columns of a board."""
    nudge(f"team.{fact.team.pk}")
