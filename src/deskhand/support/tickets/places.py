"""What the tickets' pages leave open for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from deskhand.base.accounts.public import User
from deskhand.kit.panels import Place
from deskhand.kit.screens.actions import MassAction
from deskhand.kit.ui.shapes import Badge, HeaderButton, SmartButton
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


#: Each gets the ticket and the user and answers a button, or None when it is not for them or not now.
TICKET_HEADER_BUTTONS: Place[Callable[[Ticket, User], HeaderButton | None]] = Place("tickets.header_buttons")
TICKET_SMART_BUTTONS: Place[Callable[[Ticket, User], SmartButton | None]] = Place("tickets.smart_buttons")
TICKET_TABS: Place[TicketTab] = Place("tickets.tabs")
TICKET_BADGES: Place[TicketBadges] = Place("tickets.badges")
TICKET_COLUMNS: Place[TicketColumn] = Place("tickets.columns")
#: What can be done with many tickets at once; stands between *Edit tags* and *Archive*.
TICKET_MASS_ACTIONS: Place[MassAction] = Place("tickets.mass_actions")
#: Each gets a closed ticket and a moment; True: a customer's reply at that moment starts a new, linked ticket.
REPLY_RULES: Place[Callable[[Ticket, datetime], bool]] = Place("tickets.reply_rules")
