"""From a declaration and a state to what the list page shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from deskhand.kit.screens import drawing, grouping
from deskhand.kit.screens.grouping import GroupHead
from deskhand.kit.screens.shapes import Heading, Listing, Pager, Row, Section
from deskhand.kit.screens.state import ListState

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen


class ListPage:
    """One page of one list, for one request."""

    def __init__(self, screen: ListScreen[Any], request: HttpRequest, state: ListState) -> None:
        self.screen, self.request, self.state = screen, request, state
        self.base = reverse(screen.list_url)
        self.columns = screen.columns_for(request)
        self.order = screen.order_for(request, state)

    def listing(self) -> Listing:
        """A count and the rows; grouped: two queries for the headings and one for the rows. Besides, what the
        screen prefetches and its columns load."""
        rows = self.screen.apply(self.request, self.screen.rows(self.request), self.state)
        return self._grouped(rows) if self.state.groups else self._flat(rows)

    def _flat(self, rows: QuerySet[Any]) -> Listing:
        size, total = self.screen.page_size, rows.count()
        page = min(self.state.page, max(1, -(-total // size)))
        records = self._joined(rows.order_by(*self.order))[(page - 1) * size : page * size]
        return Listing(self._headings(), self._pager(page, total), rows=self._drawn(list(records)))

    def _grouped(self, rows: QuerySet[Any]) -> Listing:
        group, size = self.screen.groups_by_key[self.state.groups[0]], self.screen.page_size
        start = (self.state.page - 1) * size
        heads, total = grouping.heads_of(rows, group, start=start, stop=start + size)
        opened = grouping.opened_of(heads, self.state, size)
        shown = [head.value for head in heads if head.value in opened]
        records = grouping.rows_by_group(self._joined(rows), group, shown, order=self.order, limit=size)
        drawn = self._drawn_together(records)
        sections = [self._section(head, drawn.get(head.value, []), opened) for head in heads]
        return Listing(self._headings(), self._pager(self.state.page, total), sections=sections)

    def _section(self, head: GroupHead, rows: Sequence[Row], opened: set[str]) -> Section:
        is_open = head.value in opened
        toggled = sorted(opened ^ {head.value})
        is_cut = is_open and len(rows) < head.count
        return Section(
            label=head.label,
            count=head.count,
            is_open=is_open,
            toggle_url=self._url(self.state.opening(toggled)),
            rows=rows,
            all_url=self._url(self.state.inside(self.state.groups[0], head.value)) if is_cut else "",
        )

    def _drawn_together(self, by_group: dict[str, list[Any]]) -> dict[str, list[Row]]:
        """Drawn in one go, so that what a column loads is loaded once for all sections."""
        rows = iter(self._drawn([record for records in by_group.values() for record in records]))
        return {value: [next(rows) for _record in records] for value, records in by_group.items()}

    def _drawn(self, records: Sequence[Any]) -> list[Row]:
        query = self.state.at_page(1).query if self.request.GET else ""
        return drawing.rows_of(self.columns, records, lambda record: self.screen.record_address(record, query))

    def row(self, record: Any) -> Row:
        """One row as it stands in the list."""
        return self._drawn([record])[0]

    def _headings(self) -> list[Heading]:
        return [drawing.heading_of(column, self.screen.model, self.state, self.base) for column in self.columns]

    def _joined(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        joined = rows.select_related(*self.screen.joins) if self.screen.joins else rows
        return joined.prefetch_related(*self.screen.prefetches)

    def _pager(self, page: int, total: int) -> Pager:
        size = self.screen.page_size
        last = min(page * size, total)
        return Pager(
            first=min((page - 1) * size + 1, total),
            last=last,
            total=total,
            previous_url=self._url(self.state.at_page(page - 1)) if page > 1 else "",
            next_url=self._url(self.state.at_page(page + 1)) if last < total else "",
        )

    def _url(self, state: ListState) -> str:
        return f"{self.base}?{state.query}"
