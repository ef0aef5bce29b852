"""The tickets of *My Account*, as their customers ask for them (CLOSE-4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import Message, last_told, messages_told, records_telling
from deskhand.support.tickets.public import Priority, Ticket, TicketQuerySet, number_in

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PAGE_SIZE = 20
#: Of tickets in whose messages something is looked for, no more are found.
_MOST_FOUND = 1000


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see, by keys of :data:`FIELDS`, :data:`SHOWN`, :data:`ORDERS` and :data:`GROUPS`."""

    words: str = ""
    within: str = "all"
    show: str = "open"
    sort: str = "newest"
    by: str = ""
    page: int = 1


@dataclass(frozen=True)
class Row:
    """A ticket in the list. ``said``: the newest message of a person, if any."""

    ticket: Ticket
    said: Message | None

    @property
    def is_answered(self) -> bool:
        """Whether the desk wrote last, and the ticket is open: it is the customer's turn to read."""
        return self.said is not None and self.said.from_internal and not self.ticket.is_closed


@dataclass(frozen=True)
class Section:
    """Rows of one group. ``count``: how many there are on all pages; None: the list is not grouped."""

    title: str
    count: int | None
    rows: list[Row]


@dataclass(frozen=True)
class Found:
    """A page of the list. ``counts``: how many tickets each of :data:`SHOWN` would show for the same words."""

    sections: list[Section]
    counts: Mapping[str, int]
    page: int
    pages: int


@dataclass(frozen=True)
class Grouping:
    """How tickets are put together: ``key`` tells groups apart, in the order of ``order``."""

    title: str | StrPromise
    key: tuple[str, ...]
    order: tuple[str, ...]
    label: Callable[[Ticket], str]


def _month(ticket: Ticket) -> str:
    return formatted(timezone.localtime(ticket.created_at), pgettext("date format: November 2025", "F Y"))


def _nobody(ticket: Ticket) -> str:
    return ticket.customer.name if ticket.customer else str(_("Without a name"))


GROUPS: dict[str, Grouping] = {
    "stage": Grouping(
        _("Stage"), ("stage__position", "stage__name"), ("stage__position", "stage__name"), lambda one: one.stage.name
    ),
    "team": Grouping(_("Team"), ("team_id",), ("team__name", "team_id"), lambda one: one.team.name),
    "priority": Grouping(_("Priority"), ("priority",), ("-priority",), lambda one: str(Priority(one.priority).label)),
    "month": Grouping(_("Month"), ("month",), ("-month",), _month),
    "customer": Grouping(_("Who asked"), ("customer_id",), ("customer__name", "customer_id"), _nobody),
}
ORDERS: dict[str, tuple[str | StrPromise, tuple[str, ...]]] = {
    "newest": (_("Newest first"), ("-created_at", "-pk")),
    "updated": (_("Last update"), ("-updated_at", "-pk")),
    "title": (_("Title"), ("title", "-pk")),
    "stage": (_("Stage"), ("stage__position", "stage__name", "-created_at", "-pk")),
    "priority": (_("Priority"), ("-priority", "-created_at", "-pk")),
    "number": (_("Number"), ("number", "pk")),
}
#: Where words are looked for.
FIELDS: dict[str, str | StrPromise] = {
    "all": _("Everywhere"),
    "title": _("Title"),
    "number": _("Number"),
    "messages": _("Messages"),
    "stage": _("Stage"),
    "team": _("Team"),
    "assignee": _("Looked after by"),
    "customer": _("Who asked"),
}
SHOWN: dict[str, str | StrPromise] = {
    "open": _("Open"),
    "closed": _("Closed"),
    "all": _("All"),
    "answered": _("Answered by us"),
    "waiting": _("Waiting for us"),
    "own": _("Asked by me"),
    "others": _("Asked by others"),
}
_OPEN = Q(closed_at=None)


def letters_of(ticket: Ticket) -> str:
    """What the customer's pages of a ticket watch."""
    return f"letters.{ticket.pk}"


def mine_of(contact_id: int) -> str:
    """What the list of somebody's tickets watches: new ones."""
    return f"mine.{contact_id}"


def tickets_for(user: User, wish: Wish) -> Found:
    """A page of somebody's tickets. Four queries; one more for words, one more for groups."""
    rows = _with_words(Ticket.objects.own_of(user), wish)
    counts = _counts(rows, user)
    pages = max(1, -(-counts[wish.show] // PAGE_SIZE))
    page = min(max(1, wish.page), pages)
    wanted = _with_last_message(rows).filter(_shown(user)[wish.show])
    start = (page - 1) * PAGE_SIZE
    tickets = _ordered(wanted, wish).select_related("stage", "team", "assignee", "customer")[start : start + PAGE_SIZE]
    return Found(_sections(list(tickets), wanted, wish), counts, page, pages)


def open_count(user: User) -> int:
    """How many of somebody's tickets are open. One query."""
    return Ticket.objects.own_of(user).open().count()


def _counts(rows: TicketQuerySet, user: User) -> dict[str, int]:
    counted = {f"in_{name}": Count("pk", filter=condition) for name, condition in _shown(user).items()}
    numbers = _with_last_message(rows).aggregate(**counted)
    return {name: numbers[f"in_{name}"] for name in SHOWN}


def _shown(user: User) -> dict[str, Q]:
    return {
        "open": _OPEN,
        "closed": ~_OPEN,
        "all": Q(),
        "answered": _OPEN & Q(answered=True),
        "waiting": _OPEN & Q(answered=False),
        "own": Q(customer__in=user.own_contact_ids),
        "others": ~Q(customer__in=user.own_contact_ids) | Q(customer=None),
    }


def _with_last_message(rows: TicketQuerySet) -> TicketQuerySet:
    by_us = Message.objects.filter(pk=OuterRef("last_message"), from_internal=True)
    return rows.annotate(last_message=last_told("pk", Ticket)).annotate(answered=Exists(by_us))


def _with_words(rows: TicketQuerySet, wish: Wish) -> TicketQuerySet:
    words = wish.words
    if not words:
        return rows
    within = {wish.within} if wish.within != "all" else set(FIELDS)
    looked: Q = Q(pk__in=[])
    for name, path in _PATHS.items():
        if name in within:
            looked |= Q(**{f"{path}__icontains": words})
    number = number_in(words)
    if "number" in within and number is not None:
        looked |= Q(number=number)
    if "messages" in within:
        looked |= Q(pk__in=records_telling(Ticket, rows.values("pk"), words, most=_MOST_FOUND))
    return rows.filter(looked)


_PATHS = {
    "title": "title",
    "stage": "stage__name",
    "team": "team__name",
    "assignee": "assignee__name",
    "customer": "customer__name",
}


def _ordered(rows: TicketQuerySet, wish: Wish) -> TicketQuerySet:
    if not wish.by:
        return rows.order_by(*ORDERS[wish.sort][1])
    return _with_month(rows, wish).order_by(*GROUPS[wish.by].order, *ORDERS[wish.sort][1])


def _with_month(rows: TicketQuerySet, wish: Wish) -> TicketQuerySet:
    return rows.annotate(month=TruncMonth("created_at")) if wish.by == "month" else rows


def _sections(tickets: Sequence[Any], wanted: TicketQuerySet, wish: Wish) -> list[Section]:
    said = messages_told([ticket.last_message for ticket in tickets if ticket.last_message])
    rows = [Row(ticket, said.get(ticket.last_message)) for ticket in tickets]
    if not wish.by or not rows:
        return [Section("", None, rows)]
    grouping = GROUPS[wish.by]
    counts = _group_counts(_with_month(wanted, wish), grouping)
    sections: dict[Any, Section] = {}
    for row in rows:
        key = _key(row.ticket, grouping)
        section = sections.setdefault(key, Section(grouping.label(row.ticket), counts.get(key, 0), []))
        section.rows.append(row)
    return list(sections.values())


def _group_counts(rows: QuerySet[Ticket], grouping: Grouping) -> dict[Any, int]:
    counted = rows.order_by().values_list(*grouping.key).annotate(number=Count("pk"))
    return {tuple(values): number for *values, number in counted}


def _key(ticket: Ticket, grouping: Grouping) -> tuple[Any, ...]:
    return tuple(_followed(ticket, path) for path in grouping.key)


def _followed(value: Any, path: str) -> Any:
    for name in path.split("__"):
        value = getattr(value, name)
    return value
