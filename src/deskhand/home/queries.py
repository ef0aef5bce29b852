"""The state of the desk in a few numbers (TEAM-8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Value

from deskhand.base.accounts.public import User
from deskhand.home.models import DailyTarget
from deskhand.kit.clock import now, start_of_day
from deskhand.support.intake.public import team_addresses
from deskhand.support.teams.public import Team
from deskhand.support.tickets.public import MY_COUNTS, TEAM_COUNTS, TICKET_SCORES, Score, Ticket, TicketCount

#: How many days an average is taken over, today included.
DAYS = 7
_OPEN = Q(closed_at=None, is_archived=False)


@dataclass(frozen=True)
class TeamCard:
    """A team on the overview. ``counts`` of its open tickets by the key of what is counted; ``closed`` in seven days.

    ``scores`` by their keys; one without a value is not in it.
    """

    team: Team
    address: str
    open: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    closed: int = 0
    scores: Mapping[str, Score] = field(default_factory=dict)


@dataclass(frozen=True)
class Waiting:
    """Open tickets: how many, and for how long they have been open on average; None: there are none."""

    count: int
    age: timedelta | None


@dataclass(frozen=True)
class MyFigures:
    """A person's own tickets: what is open, by the key of what is counted (``open``: all), and what was closed."""

    waiting: Mapping[str, Waiting]
    closed_today: int
    closed_in_days: int
    target: int | None

    @property
    def closed_per_day(self) -> float:
        return self.closed_in_days / DAYS


@dataclass(frozen=True)
class MyScore:
    """A score of one's own: today, and over seven days; None: nothing was measured."""

    today: Score | None
    in_days: Score | None


def team_cards(user: User, teams: QuerySet[Team]) -> list[TeamCard]:
    """The given teams with their numbers, as far as the user sees their tickets.

    Four queries, whatever the number of teams, and one for each score.
    """
    found = list(teams)
    pks = [team.pk for team in found]
    addresses, waiting, closed = team_addresses(pks), _open_by_team(user, pks), _closed_by_team(user, pks)
    scores = _scores_by_team(user, pks)
    return [
        TeamCard(
            team,
            addresses.get(team.pk, ""),
            **waiting.get(team.pk, {}),
            closed=closed.get(team.pk, 0),
            scores=scores.get(team.pk, {}),
        )
        for team in found
    ]


def my_figures(user: User) -> MyFigures:
    """What is assigned to a user and open, and what they have closed. Two queries."""
    mine = Ticket.objects.visible_to(user).filter(assignee=user, is_archived=False)
    week = Q(closed_at__gte=start_of_day(days_ago=DAYS - 1))
    numbers = mine.filter(Q(closed_at=None) | week).aggregate(
        closed_today=Count("pk", filter=Q(closed_at__gte=start_of_day())),
        closed_in_days=Count("pk", filter=week),
        **_waiting("open", _OPEN),
        **{
            name: part
            for known in MY_COUNTS
            for name, part in _waiting(known.filter.key, _OPEN & known.filter.condition(user)).items()
        },
    )
    keys = ["open", *(known.filter.key for known in MY_COUNTS)]
    target = DailyTarget.objects.filter(user=user).values_list("closed", flat=True).first()
    return MyFigures(
        waiting={key: Waiting(numbers[f"count_{key}"], numbers[f"age_{key}"]) for key in keys},
        closed_today=numbers["closed_today"],
        closed_in_days=numbers["closed_in_days"],
        target=target,
    )


def my_scores(user: User) -> dict[str, MyScore]:
    """By the key of the score. One query for each."""
    moments = [start_of_day(), start_of_day(days_ago=DAYS - 1)]
    return {known.key: MyScore(*known.of_person(user, moments)) for known in TICKET_SCORES}


def _waiting(key: str, which: Q) -> dict[str, Any]:
    age = ExpressionWrapper(Value(now()) - F("created_at"), output_field=DurationField())
    return {f"count_{key}": Count("pk", filter=which), f"age_{key}": Avg(age, filter=which)}


def _open_by_team(user: User, pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = _of_teams(user, pks).filter(_OPEN).values_list("team").annotate(Count("pk"), **_counts(user, TEAM_COUNTS))
    keys = [known.filter.key for known in TEAM_COUNTS]
    return {team: {"open": opened, "counts": dict(zip(keys, rest, strict=True))} for team, opened, *rest in rows}


def _counts(user: User, counts: Iterable[TicketCount]) -> dict[str, Count]:
    return {f"count_{known.filter.key}": Count("pk", filter=known.filter.condition(user)) for known in counts}


def _closed_by_team(user: User, pks: Sequence[int]) -> dict[int, int]:
    closed = _of_teams(user, pks).filter(closed_at__gte=start_of_day(days_ago=DAYS - 1), is_archived=False)
    return dict(closed.values_list("team").annotate(Count("pk")))


def _of_teams(user: User, pks: Sequence[int]) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(user).filter(team__in=pks).order_by()


def _scores_by_team(user: User, pks: Sequence[int]) -> dict[int, dict[str, Score]]:
    found: dict[int, dict[str, Score]] = {}
    for known in TICKET_SCORES:
        for team, score in known.of_teams(user, pks).items():
            found.setdefault(team, {})[known.key] = score
    return found
