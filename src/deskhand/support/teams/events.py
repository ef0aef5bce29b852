from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from deskhand.base.accounts.public import User
from deskhand.support.teams.models import Stage, Team


@dataclass(frozen=True)
class TeamCreated:
    """A new team, with its stages; ``copied_from`` is set when it was duplicated."""

    team: Team
    copied_from: Team | None = None


@dataclass(frozen=True)
class TeamChanged:
    """Name, description, company, visibility, stages or archiving of a team changed."""

    team: Team


@dataclass(frozen=True)
class TeamVisibilityChanged:
    """``team.visibility`` is new: others than before see its tickets (TEAM-3)."""

    team: Team


@dataclass(frozen=True)
class TeamDeleted:
    """There is no such team any more; it had no tickets. Both are ids."""

    team: int
    company: int


@dataclass(frozen=True)
class TeamsReordered:
    """Teams of these companies (their ids) stand in another order."""

    companies: frozenset[int]


@dataclass(frozen=True)
class TeamClosedToPortal:
    """A team is not public any more: no portal user may follow it or any of its tickets (TEAM-4).

    The followers of the team itself are taken away already.
    """

    team: Team
    by: User | None
    at: datetime


@dataclass(frozen=True)
class StageFoldingChanged:
    """``stage.is_folded`` is new: what stands in the stage closes or reopens with it (CLOSE-1)."""

    stage: Stage
    by: User | None
    at: datetime
