"""Answers about tickets that are not just filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from deskhand.base.chatter.public import Follower
from deskhand.base.contacts.public import Contact
from deskhand.kit import records
from deskhand.kit.prepared import prepared
from deskhand.support.teams.public import Team
from deskhand.support.tickets.enums import CardState
from deskhand.support.tickets.models import Ticket


@dataclass(frozen=True)
class StageCounts:
    """How many tickets a column holds, by card state."""

    ready: int = 0
    blocked: int = 0
    in_progress: int = 0

    @property
    def total(self) -> int:
        return self.ready + self.blocked + self.in_progress


@dataclass
class TagOfTicket:
    """What a page draws of a tag."""

    name: str
    color: int


def team_follower_ids(team_id: int) -> list[int]:
    """Contact ids of those who follow all tickets of a team (TEAM-5). One query."""
    return _follower_ids(records.content_type_id(Team), team_id)


@prepared
def _follower_ids(content_type: int, object_id: int) -> QuerySet[Follower, int]:
    followers = Follower.objects.filter(content_type=content_type, object_id=object_id)
    return followers.values_list("contact_id", flat=True)


def told_of(ticket: Ticket) -> list[Contact]:
    """Who is told of messages: followers of the ticket, then of its team (TEAM-5); each once. One query."""
    rows = _followers_of_both(ticket.pk, ticket.team_id)
    own = records.content_type_id(Ticket)
    own_first = sorted(rows, key=lambda row: row.content_type_id != own)
    return list(dict.fromkeys(row.contact for row in own_first))


@prepared
def _followers_of_both(ticket_id: int, team_id: int) -> QuerySet[Follower]:
    followers = Follower.objects.of(Ticket(pk=ticket_id)) | Follower.objects.of(Team(pk=team_id))
    rows = followers.select_related("contact").only("content_type_id", "contact__name", "contact__email")
    return rows.order_by("pk")


def tags_of(ticket_ids: Collection[int]) -> dict[int, list[TagOfTicket]]:
    """Ticket id → its tags by name; tickets without one are left out. One query."""
    found: dict[int, list[TagOfTicket]] = defaultdict(list)
    for ticket, name, color in _tags_of(list(ticket_ids)):
        found[ticket].append(TagOfTicket(name, color))
    return found


@prepared
def _tags_of(ticket_ids: list[int]) -> QuerySet[Any, Any]:
    rows = Ticket.tags.through.objects.filter(ticket__in=ticket_ids).order_by("tag__name")
    return rows.values_list("ticket_id", "tag__name", "tag__color")


def counts_by_stage(tickets: QuerySet[Ticket]) -> dict[int, StageCounts]:
    """Stage id → counts. One query."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for stage, state, count in tickets.order_by().values_list("stage", "card_state").annotate(tickets=Count("*")):
        found[stage][state] = count
    return {
        stage: StageCounts(
            ready=states.get(CardState.READY, 0),
            blocked=states.get(CardState.BLOCKED, 0),
            in_progress=states.get(CardState.IN_PROGRESS, 0),
        )
        for stage, states in found.items()
    }


def open_by_team(team_ids: Sequence[int]) -> dict[int, int]:
    """Team id → number of open tickets, whoever sees them; for those who configure. One query."""
    opened = Ticket.objects.open().filter(team__in=team_ids).order_by()
    return dict(opened.values_list("team").annotate(Count("pk")))


def first_of_each_stage(tickets: QuerySet[Ticket], stage_ids: list[int], limit: int) -> list[Ticket]:
    """The first ``limit`` tickets of each stage, in board order, with what cards show. One query."""
    place = Window(RowNumber(), partition_by="stage", order_by=[F("priority").desc(), "position", F("pk").desc()])
    ranked = tickets.filter(stage__in=stage_ids).annotate(place=place)
    return list(ranked.filter(place__lte=limit).for_cards())  # type: ignore[attr-defined]
