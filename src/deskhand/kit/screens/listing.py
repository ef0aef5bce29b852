"""From a declaration and a state to what the list page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from deskhand.kit.screens import choosing, drawing, grouping
from deskhand.kit.screens.declarations import Column
from deskhand.kit.screens.grouping import Head, Level
from deskhand.kit.screens.shapes import Heading, Listing, Pager, Row, Section
from deskhand.kit.screens.state import ListState

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen

Path = tuple[str, ...]


class ListPage:
    """One page of one list, for one request. ``columns``: those that are shown."""

    def __init__(
        self, screen: ListScreen[Any], request: HttpRequest, state: ListState, columns: Sequence[Column]
    ) -> None:
        self.screen, self.request, self.state, self.columns = screen, request, state, columns
        self.base = reverse(screen.list_url)
        self.order = screen.order_for(request, state)
        self.totals = grouping.totals_of(columns)

    def listing(self) -> Listing:
        """A count and the rows; grouped: two queries for the headings, one for each level below, and one for the rows.
        Besides, what the screen prefetches, its columns load and its totals ask for."""
        rows = self.screen.apply(self.request, self.screen.rows(self.request), self.state)
        return self._grouped(rows) if self.state.groups else self._flat(rows)

    def _flat(self, rows: QuerySet[Any]) -> Listing:
        size, total = self.screen.page_size, rows.count()
        page = min(self.state.page, max(1, -(-total // size)))
        records = self._joined(rows.order_by(*self.order))[(page - 1) * size : page * size]
        pager = self._pager(page, total)
        return Listing(self._headings(), pager, rows=self._drawn(list(records)), totals=self._sum(rows))

    def _sum(self, rows: QuerySet[Any]) -> list[Any]:
        if not self.totals:
            return []
        found = rows.order_by().aggregate(**self.totals)
        return drawing.total_cells(self.columns, {name.removeprefix("_total_"): value for name, value in found.items()})

    # ---- grouped ----------------------------------------------------------------------------------------------------

    @cached_property
    def levels(self) -> list[Level]:
        return self.screen.levels(self.state)

    def _grouped(self, rows: QuerySet[Any]) -> Listing:
        size = self.screen.page_size
        start = (self.state.page - 1) * size
        heads, total = grouping.heads_of(rows, self.levels[0], start=start, stop=start + size, totals=self.totals)
        opened = grouping.opened_of(heads, self.state, size)
        below = self._below(rows, heads, opened)
        leaves = self._open_leaves(heads, below, opened)
        records = grouping.rows_by_group(self._joined(rows), self.levels, leaves, order=self.order, limit=size)
        drawn = self._drawn_together(records)
        sections = [section for head in heads for section in self._sections(head, below, drawn, opened)]
        return Listing(self._headings(), self._pager(self.state.page, total), sections=sections)

    def _below(self, rows: QuerySet[Any], heads: Sequence[Head], opened: set[str]) -> dict[Path, list[Head]]:
        """Path → the groups inside, of all that are open."""
        found: dict[Path, list[Head]] = {}
        parents = list(heads)
        for depth in range(2, len(self.levels) + 1):
            paths = [head.path for head in parents if head.address in opened]
            inner = grouping.inner_heads(rows, self.levels[:depth], paths, totals=self.totals)
            found |= inner
            parents = [head for path in paths for head in inner.get(path, ())]
        return found

    def _open_leaves(self, heads: Sequence[Head], below: Mapping[Path, list[Head]], opened: set[str]) -> list[Path]:
        every = [*heads, *(head for inner in below.values() for head in inner)]
        return [head.path for head in every if len(head.path) == len(self.levels) and head.address in opened]

    def _sections(
        self, head: Head, below: Mapping[Path, list[Head]], drawn: Mapping[Path, list[Row]], opened: set[str]
    ) -> list[Section]:
        inner = [part for child in below.get(head.path, ()) for part in self._sections(child, below, drawn, opened)]
        return [self._section(head, drawn.get(head.path, []), opened), *inner]

    def _section(self, head: Head, rows: Sequence[Row], opened: set[str]) -> Section:
        is_open, is_leaf = head.address in opened, len(head.path) == len(self.levels)
        span, totals = drawing.heading_cells(self.columns, head.totals, self.screen.model)
        return Section(
            label=head.label,
            count=head.count,
            is_open=is_open,
            toggle_url=self._url(self.state.opening(sorted(opened ^ {head.address}))),
            depth=len(head.path),
            span=span,
            totals=totals,
            rows=rows,
            all_url=self._url(self._inside(head)) if is_open and is_leaf and len(rows) < head.count else "",
            key=f"{crc32(head.address.encode()):x}-",
        )

    def _inside(self, head: Head) -> ListState:
        return self.state.inside((level.key, value) for level, value in zip(self.levels, head.path, strict=False))

    def _drawn_together(self, by_group: Mapping[Path, list[Any]]) -> dict[Path, list[Row]]:
        """Drawn in one go, so that what a column loads is loaded once for all sections."""
        rows = iter(self._drawn([record for records in by_group.values() for record in records]))
        return {path: [next(rows) for _record in records] for path, records in by_group.items()}

    # ---- parts ------------------------------------------------------------------------------------------------------

    def _drawn(self, records: Sequence[Any]) -> list[Row]:
        query = "" if self.state == self.screen.plain_state else self.state.at_page(1).query
        return drawing.rows_of(self.columns, records, lambda record: self.screen.record_address(record, query))

    def row(self, record: Any) -> Row:
        """One row as it stands in the list."""
        return self._drawn([record])[0]

    def _headings(self) -> list[Heading]:
        return [drawing.heading_of(column, self.screen.model, self.state, self.base) for column in self.columns]

    def _joined(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.screen.fetches:
            return choosing.narrowed(rows, self.columns, self.screen.fetches, self.screen.prefetches)
        return choosing.joined(rows, self.columns, self.screen.joins, self.screen.prefetches)

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
