"""What the tickets' pages leave open for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from deskhand.base.accounts.public import User
from deskhand.kit.panels import Place
from deskhand.kit.screens import Filter
from deskhand.kit.screens.actions import MassAction
from deskhand.kit.ui.shapes import Badge, HeaderButton, SmartButton, Tone
from deskhand.support.tickets.models import Ticket

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class TicketTab:
    """A tab below the fields. ``context`` is asked when the tab is drawn; None: the tab is not shown.

    ``template`` gets what ``context`` answered, besides ``ticket`` and ``user``. ``count`` in it stands in the tab.
    """

    key: str
    title: str | StrPromise
    template: str
    context: Callable[[Ticket, User], Mapping[str, Any] | None]


@dataclass(frozen=True)
class TicketBadges:
    """Badges on cards, asked once for all cards of a page: ticket id → badge. At most one query."""

    key: str
    load: Callable[[Sequence[int]], Mapping[int, Badge]]


@dataclass(frozen=True)
class TicketColumn:
    """A column of the list, asked once for all rows of a page: ticket id → text or badge. At most one query."""

    key: str
    title: str | StrPromise
    load: Callable[[Sequence[int]], Mapping[int, str | Badge]]


@dataclass(frozen=True)
class TicketCount:
    """A number of open tickets on the overview: those that ``filter``, one of the list's, finds. It leads to that list.

    ``icon`` and ``tone`` show that somebody is needed, as soon as there is one.
    """

    filter: Filter
    icon: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Score:
    """How well something went: ``shown`` in a few characters (``94 %``, ``4.6``); ``share`` of the whole, for a bar."""

    shown: str
    share: float | None = None


@dataclass(frozen=True)
class TicketScore:
    """How well tickets were worked on, for the overview. Where nothing was measured there is no score, not 0.

    ``label`` names it among one's own figures, ``team_label`` after the figure of a team (``SLA success``);
    ``team_empty`` says that a team has none yet. ``query`` is what the list of tickets is asked for to show those
    behind it. ``of_teams`` gets whoever looks and the teams: team id → score of the last seven days. ``of_person`` gets
    a person and moments, and answers a score since each of them. At most one query each.
    """

    key: str
    label: str | StrPromise
    team_label: str | StrPromise
    team_empty: str | StrPromise
    query: str
    of_teams: Callable[[User, Sequence[int]], Mapping[int, Score]]
    of_person: Callable[[User, Sequence[datetime]], Sequence[Score | None]]


#: Each gets the ticket and the user and answers a button, or None when it is not for them or not now.
TICKET_HEADER_BUTTONS: Place[Callable[[Ticket, User], HeaderButton | None]] = Place("tickets.header_buttons")
TICKET_SMART_BUTTONS: Place[Callable[[Ticket, User], SmartButton | None]] = Place("tickets.smart_buttons")
TICKET_TABS: Place[TicketTab] = Place("tickets.tabs")
TICKET_BADGES: Place[TicketBadges] = Place("tickets.badges")
TICKET_COLUMNS: Place[TicketColumn] = Place("tickets.columns")
#: What can be done with many tickets at once; stands between *Edit tags* and *Archive*.
TICKET_MASS_ACTIONS: Place[MassAction] = Place("tickets.mass_actions")
#: Filters of the list, after its own of the same section.
TICKET_FILTERS: Place[Filter] = Place("tickets.filters")
#: What is counted on the card of a team, after its open tickets, and of one's own.
TEAM_COUNTS: Place[TicketCount] = Place("tickets.team_counts")
MY_COUNTS: Place[TicketCount] = Place("tickets.my_counts")
TICKET_SCORES: Place[TicketScore] = Place("tickets.scores")
#: Each gets a closed ticket and a moment; True: a customer's reply at that moment starts a new, linked ticket.
REPLY_RULES: Place[Callable[[Ticket, datetime], bool]] = Place("tickets.reply_rules")
