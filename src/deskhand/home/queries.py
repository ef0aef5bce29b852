"""The state of the desk in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from deskhand.support.intake.public import team_addresses
from deskhand.support.teams.public import Team
from deskhand.support.tickets.public import Priority, Ticket

_OPEN = Q(closed_at=None, is_archived=False)


@dataclass(frozen=True)
class TicketCounts:
    """Numbers of open tickets."""

    open: int = 0
    unassigned: int = 0
    high: int = 0
    urgent: int = 0


@dataclass(frozen=True)
class TeamCard:
    """A team on the overview."""

    team: Team
    counts: TicketCounts
    address: str


def team_cards(user: Any) -> list[TeamCard]:
    """The teams a user may open, with counts and mail address. Three queries, whatever the number of teams."""
    teams = list(Team.objects.visible_to(user).active().select_related("company"))
    addresses = team_addresses([team.pk for team in teams])
    rows = Ticket.objects.visible_to(user).filter(_OPEN).order_by().values_list("team").annotate(**_aggregates())
    counts = {team: TicketCounts(*numbers) for team, *numbers in rows}
    return [TeamCard(team, counts.get(team.pk, TicketCounts()), addresses.get(team.pk, "")) for team in teams]


def my_counts(user: Any) -> TicketCounts:
    """The open tickets assigned to a user. One query."""
    return TicketCounts(**Ticket.objects.visible_to(user).filter(_OPEN, assignee=user).aggregate(**_aggregates()))


def _aggregates() -> dict[str, Count]:
    return {
        "open": Count("pk"),
        "unassigned": Count("pk", filter=Q(assignee=None)),
        "high": Count("pk", filter=Q(priority=Priority.HIGH)),
        "urgent": Count("pk", filter=Q(priority=Priority.URGENT)),
    }
