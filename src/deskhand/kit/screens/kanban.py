"""The rows as cards, the values of a group as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from deskhand.kit.screens import choosing, drawing, grouping, registry
from deskhand.kit.screens.fields import EMPTY
from deskhand.kit.screens.grouping import Head, Level
from deskhand.kit.screens.shapes import Kanban, KanbanColumn, Pager
from deskhand.kit.screens.state import ListState

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen

#: More columns than these nobody scrolls through; the list shows them page by page.
MOST_COLUMNS = 60


class KanbanPage:
    """One Kanban for one request: two queries for the columns, one for what else is offered, one for the cards."""

    def __init__(self, screen: ListScreen[Any], request: HttpRequest, state: ListState) -> None:
        self.screen, self.request, self.state = screen, request, state
        self.base = reverse(screen.list_url)
        self.level = self._level()
        self.columns = [column for column in screen.columns_for(request) if column.is_shown]
        self.totals = grouping.totals_of(self.columns)

    def _level(self) -> Level:
        if self.state.groups:
            return self.screen.levels(self.state)[0]
        key = self.screen.kanban or next(iter(self.screen.groups)).key
        return self.screen.levels(ListState(groups=(key,)))[0]

    def kanban(self) -> Kanban:
        rows = self.screen.apply(self.request, self.screen.rows(self.request), self.state)
        heads = self._columns(rows)
        folded = set(self.state.folded)
        wide = [head.path for head in heads if head.value not in folded and head.count]
        cards = self._cards(rows, wide)
        total = sum(head.count for head in heads)
        return Kanban(
            columns=[self._column(head, cards.get(head.path, []), folded, self._picked(heads)) for head in heads],
            drop_url=f"{registry.doors_of(self.screen)}cards/" if self.level.group.writes else "",
            more_url=self._url(self.state.with_more_cards()),
            pager=Pager(min(1, total), total, total),
        )

    def _columns(self, rows: QuerySet[Any]) -> list[Head]:
        """Those that hold cards, and those that cards could be moved to, in the order of the group."""
        heads, _count = grouping.heads_of(rows, self.level, start=0, stop=MOST_COLUMNS, totals=self.totals)
        offered = self._offered(rows)
        place = {value: number for number, (value, _label) in enumerate(offered)}
        known = {head.value for head in heads}
        empty = [Head((value,), label, 0) for value, label in offered if value not in known]
        # What holds cards without being offered (an archived stage) stands behind, in its own order.
        return sorted([*heads, *empty], key=lambda head: place.get(head.value, len(place)))[:MOST_COLUMNS]

    def _offered(self, rows: QuerySet[Any]) -> list[tuple[str, str]]:
        """Values and names of columns that are shown even when they are empty. At most one query."""
        group, field = self.level.group, self.level.field
        if group.offers is not None:
            offered = group.offers(self.request.user).values_list("pk", field.name_path)
            found = [(str(pk), str(name)) for pk, name in offered[:MOST_COLUMNS]]
        elif field.kind == "choice" and group.labels is None:
            found = field.offered(rows, self.request.user, most=MOST_COLUMNS)
            found = found[::-1] if group.order_path.startswith("-") else found
        else:
            return []
        may_be_empty = group.writes is not None and getattr(field.column, "null", False)
        return [(EMPTY, str(group.empty)), *found] if may_be_empty else found

    def _cards(self, rows: QuerySet[Any], paths: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], list[SafeString]]:
        """Drawn in one go, so that what a column loads is loaded once for all columns."""
        joined = choosing.joined(rows, self.columns, self.screen.joins, self.screen.prefetches)
        order = self.screen.order_for(self.request, self.state)
        found = grouping.rows_by_group(joined, [self.level], paths, order=order, limit=self.state.limit)
        records = [record for of_group in found.values() for record in of_group]
        drawn = iter(self.screen.cards(self.request, records, self.state.query))
        return {path: [next(drawn) for _record in of_group] for path, of_group in found.items()}

    def _picked(self, heads: Sequence[Head]) -> str:
        """The one column that is shown on a phone: what the address names (``stage``), else the first."""
        asked = self.request.GET.get("stage", "")
        values = [head.value for head in heads]
        return asked if asked in values or not values else values[0]

    def _column(self, head: Head, cards: Sequence[SafeString], folded: set[str], current: str) -> KanbanColumn:
        return KanbanColumn(
            value=head.value,
            label=head.label,
            count=head.count,
            is_narrow=head.value in folded,
            fold_url=self._url(self.state.folding(head.value)),
            cards=cards,
            totals=drawing.totals_in_words(self.columns, head.totals),
            is_current=head.value == current,
            pick_url=self._url(self.state) + "&" + urlencode({"stage": head.value}),
            new_url=self._new_url(head),
        )

    def _new_url(self, head: Head) -> str:
        """Where a record is made that stands in this column; empty: there is no such place."""
        if not self.screen.may_make_quickly(self.request.user) or not self._can_be_typed(head):
            return ""
        return f"{registry.doors_of(self.screen)}cards/new/?{urlencode({'group': self.level.key, 'value': head.value})}"

    def _can_be_typed(self, head: Head) -> bool:
        """Whether a form could hold the value; an interval of time is none."""
        return self.level.interval is None and (head.value != EMPTY or self.level.group.writes is not None)

    def _url(self, state: ListState) -> str:
        return f"{self.base}?{state.query}"
