"""The pipeline of a team: a column a stage, a card a ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from deskhand.kit.addresses import record_address
from deskhand.kit.keys import key_of
from deskhand.kit.prepared import prepared
from deskhand.kit.ui.shapes import Badge
from deskhand.support.teams.public import FoldedColumn, Stage, Team, pipeline_of
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.pages.access import agent
from deskhand.support.tickets.pages.cards import card
from deskhand.support.tickets.places import TICKET_BADGES
from deskhand.support.tickets.queries import OnBoard, StageCounts, counts_by_stage, first_of_each_stage, tags_of

#: Cards per column at first, and with each *load more*.
CARDS_PER_COLUMN = 40


@dataclass(frozen=True)
class Column:
    """A stage on a board. ``is_narrow``: only its name is shown, because it is folded and nobody opened it."""

    stage: Stage
    counts: StageCounts
    is_narrow: bool
    cards: list[SafeString] = field(default_factory=list)

    @property
    def drawn(self) -> SafeString:
        return SafeString("\n".join(self.cards))

    @property
    def has_more(self) -> bool:
        return self.counts.total > len(self.cards)

    @property
    def next_limit(self) -> int:
        return len(self.cards) + CARDS_PER_COLUMN


def columns_of(team: Team, tickets: OnBoard, request: HttpRequest) -> list[Column]:
    """The columns of a team for a user. Six queries, and one for each app that adds badges.

    ``?open=5`` opens a folded column, ``?limit=80`` shows more cards: state lives in the address.
    """
    stages = pipeline_of(team.pk)
    hidden = set(_hidden_by(agent(request).pk, team.pk))
    opened = set(request.GET.getlist("open"))
    narrow = {stage.pk for stage in stages if (stage.is_folded or stage.pk in hidden) and str(stage.pk) not in opened}
    wide = [stage.pk for stage in stages if stage.pk not in narrow]
    counts = counts_by_stage(tickets)
    cards = _cards_of(first_of_each_stage(tickets, wide, _limit(request)))
    return [
        Column(stage, counts.get(stage.pk, StageCounts()), stage.pk in narrow, cards.get(stage.pk, []))
        for stage in stages
    ]


@prepared
def _hidden_by(user_id: int, team_id: int) -> QuerySet[FoldedColumn, int]:
    """Ids of the stages that the user has folded on the team's board."""
    return FoldedColumn.objects.filter(user=user_id, team=team_id).values_list("stage_id", flat=True)


def _cards_of(tickets: Sequence[Ticket]) -> Mapping[int, list[SafeString]]:
    """Stage id → cards, in the order given."""
    found: dict[int, list[SafeString]] = {}
    for ticket, drawn in zip(tickets, cards_of(tickets), strict=True):
        found.setdefault(ticket.stage_id, []).append(drawn)
    return found


def cards_of(tickets: Sequence[Ticket]) -> list[SafeString]:
    """A card each, in the order given. One query for the tags, and one for each app that adds badges."""
    ids = [ticket.pk for ticket in tickets]
    tags, badges = tags_of(ids), _badges(ids)
    address = partial(record_address, "tickets:ticket")
    return [
        card(ticket, url=address(ticket.pk), tags=tags.get(ticket.pk, ()), badges=badges.get(ticket.pk, ()))
        for ticket in tickets
    ]


def _badges(ids: list[int]) -> dict[int, list[Badge]]:
    found: dict[int, list[Badge]] = {}
    for panel in TICKET_BADGES:
        for pk, badge in panel.load(ids).items() if ids else ():
            found.setdefault(pk, []).append(badge)
    return found


def _limit(request: HttpRequest) -> int:
    asked = key_of(request.GET.get("limit", ""))
    return CARDS_PER_COLUMN if asked is None else min(asked, 2_000)
