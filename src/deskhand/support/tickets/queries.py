"""Answers about tickets that are not just filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from deskhand.base.accounts.public import User, Viewer, portal_contacts
from deskhand.base.chatter.public import Follower
from deskhand.base.contacts.public import Contact
from deskhand.kit import records
from deskhand.kit.prepared import prepared, steady
from deskhand.support.teams.public import Team, Visibility
from deskhand.support.tickets.enums import CardState
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.querysets import TicketQuerySet


@dataclass(frozen=True)
class TicketsOfTeam:
    """All tickets of a team that stand on its board, for somebody who may open it (TEAM-3).

    ``sees_all``: whether nobody has to look who follows what.
    """

    viewer: Viewer
    team_id: int
    sees_all: bool

    def rows(self) -> TicketQuerySet:
        tickets = Ticket.objects.all() if self.sees_all else Ticket.objects.visible_to(self.viewer)
        return tickets.filter(team=self.team_id).unarchived()


#: What a board shows: all of it, or what a search and filters left.
OnBoard = TicketsOfTeam | QuerySet[Ticket]


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


@steady
def team_follower_ids(team_id: int) -> list[int]:
    """Contact ids of those who follow all tickets of a team (TEAM-5). One query."""
    return _follower_ids(records.content_type_id(Team), team_id)


@prepared
def _follower_ids(content_type: int, object_id: int) -> QuerySet[Follower, int]:
    followers = Follower.objects.filter(content_type=content_type, object_id=object_id)
    return followers.values_list("contact_id", flat=True)


def told_of(ticket: Ticket) -> list[Contact]:
    """Who is told of messages: followers of the ticket, then of its team (TEAM-5), who want them; each once.

    One query.
    """
    rows = _followers_of_both(ticket.pk, ticket.team_id)
    return list(dict.fromkeys(row.contact for row in _own_first(rows) if row.gets_messages))


def followers_of_both(ticket: Ticket) -> list[Follower]:
    """Followers of the ticket, then of its team (TEAM-5), each person once. One query."""
    rows = _own_first(_followers_of_both(ticket.pk, ticket.team_id))
    return list({row.contact_id: row for row in reversed(rows)}.values())[::-1]


def _own_first(rows: list[Follower]) -> list[Follower]:
    own = records.content_type_id(Ticket)
    return sorted(rows, key=lambda row: row.content_type_id != own)


@prepared
def _followers_of_both(ticket_id: int, team_id: int) -> QuerySet[Follower]:
    followers = Follower.objects.of(Ticket(pk=ticket_id)) | Follower.objects.of(Team(pk=team_id))
    return followers.for_menu().order_by("pk")


def portal_followers_of_tickets(team: Team) -> list[int]:
    """Contact ids of the portal users who follow any ticket of a team. One query."""
    followers = Follower.objects.filter(
        content_type=records.content_type_id(Ticket),
        object_id__in=Ticket.objects.filter(team=team).order_by().values("pk"),
        contact__in=portal_contacts(),
    )
    return list(followers.order_by().values_list("contact", flat=True).distinct())


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


def counts_by_stage(tickets: OnBoard) -> dict[int, StageCounts]:
    """Stage id → counts. One query."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for stage, state, count in _counts(tickets):
        found[stage][state] = count
    return {
        stage: StageCounts(
            ready=states.get(CardState.READY, 0),
            blocked=states.get(CardState.BLOCKED, 0),
            in_progress=states.get(CardState.IN_PROGRESS, 0),
        )
        for stage, states in found.items()
    }


@prepared
def _counts(tickets: OnBoard) -> QuerySet[Ticket, Any]:
    return _rows(tickets).order_by().values_list("stage", "card_state").annotate(tickets=Count("*"))


def _rows(tickets: OnBoard) -> TicketQuerySet:
    return tickets.rows() if isinstance(tickets, TicketsOfTeam) else cast("TicketQuerySet", tickets)


def open_by_team(team_ids: Sequence[int]) -> dict[int, int]:
    """Team id → number of open tickets, whoever sees them; for those who configure. One query."""
    opened = Ticket.objects.open().filter(team__in=team_ids).order_by()
    return dict(opened.values_list("team").annotate(Count("pk")))


@prepared
def first_of_each_stage(tickets: OnBoard, stage_ids: list[int], limit: int) -> QuerySet[Ticket]:
    """The first ``limit`` tickets of each stage, in board order, with what cards show. One query."""
    place = Window(RowNumber(), partition_by="stage", order_by=[F("priority").desc(), "position", F("pk").desc()])
    ranked = _rows(tickets).filter(stage__in=stage_ids).annotate(place=place)
    return ranked.filter(place__lte=limit).for_cards()


# ---- who can be called by name --------------------------------------------------------------------------------------


def readers_among(ticket: Ticket, users: Sequence[User]) -> Collection[int]:
    """Ids of those among the users who see the ticket (TEAM-3). One query in a private team, none in others."""
    working = [user for user in users if _works_there(user, ticket)]
    if ticket.team.visibility != Visibility.PRIVATE:
        return [user.pk for user in working]
    followers = {row.contact_id for row in _followers_of_both(ticket.pk, ticket.team_id)}
    return [user.pk for user in working if user.contact_id in followers]


def admitted_by_following(ticket: Ticket, users: Sequence[User]) -> Collection[int]:
    """Ids of those among the users who would see the ticket if they followed it (TEAM-6). No query."""
    return [user.pk for user in users if _works_there(user, ticket)]


def _works_there(user: User, ticket: Ticket) -> bool:
    return user.has_role("helpdesk") and ticket.company_id in user.company_ids
