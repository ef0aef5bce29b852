"""What the list page is made of, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

_WIDTHS = {"dh-w-xs": 76, "dh-w-s": 112, "dh-w-m": 160, "dh-w-l": 230}
_WIDTH_OF_BOXES, _LEAST_OF_PRIMARY, _LEAST = 44, 240, 140
_FEWEST_HUNDREDS, _MOST_HUNDREDS = 4, 24


@dataclass(frozen=True)
class Heading:
    """A column's heading; ``url`` sorts by it, ``direction`` says how it is sorted now."""

    label: str
    css: str
    width: str
    url: str = ""
    direction: str = ""
    is_primary: bool = False

    @property
    def least(self) -> int:
        """Pixels that the column needs; those of a width are also in list.css."""
        return _WIDTHS[self.width] if self.width else _LEAST_OF_PRIMARY if self.is_primary else _LEAST


@dataclass(frozen=True)
class Row:
    """The cells of a record, one string; ``box`` is the cell in front of them, with which it is ticked."""

    pk: Any
    html: SafeString
    box: str = ""


def drawn_rows(rows: Sequence[Row], place: str = "") -> SafeString:
    """All of the rows as one string; ``place`` names the section they stand in."""
    return SafeString(
        "".join([f'<tr class="rec" role="row" id="row-{place}{row.pk}">{row.box}{row.html}</tr>\n' for row in rows])
    )


@dataclass(frozen=True)
class Pager:
    """``first`` to ``last`` of ``total``; an empty address: there is nothing in that direction."""

    first: int
    last: int
    total: int
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class Section:
    """A group: its rows where it is the innermost, else its heading alone; the sections inside it follow it.

    ``depth``: 1 outermost. ``totals``: cells after the heading, which spans ``span`` columns. ``all_url`` shows only
    this group, where not all of its rows stand here. ``key`` names it among the sections of the page.
    """

    label: str
    count: int
    is_open: bool
    toggle_url: str
    depth: int = 1
    span: int = 1
    totals: Sequence[SafeString] = ()
    rows: Sequence[Row] = ()
    all_url: str = ""
    key: str = ""

    @property
    def drawn(self) -> SafeString:
        return drawn_rows(self.rows, self.key)


@dataclass(frozen=True)
class Listing:
    """What the table shows: rows, or sections with rows. ``totals``: the cells of its last line, if any."""

    headings: Sequence[Heading]
    pager: Pager
    rows: Sequence[Row] = ()
    sections: Sequence[Section] = ()
    totals: Sequence[SafeString] = ()

    @property
    def drawn(self) -> SafeString:
        return drawn_rows(self.rows)

    @property
    def least(self) -> int:
        """Pixels that all columns need, in hundreds."""
        pixels = _WIDTH_OF_BOXES + sum(heading.least for heading in self.headings)
        return min(_MOST_HUNDREDS, max(_FEWEST_HUNDREDS, round(pixels / 100)))

    @property
    def is_empty(self) -> bool:
        return not self.rows and not self.sections


@dataclass(frozen=True)
class KanbanColumn:
    """A group as a column. ``is_narrow``: only its name is shown. ``is_current``: a phone shows this one."""

    value: str
    label: str
    count: int
    is_narrow: bool
    fold_url: str
    cards: Sequence[SafeString] = ()
    totals: Sequence[str] = ()
    new_url: str = ""
    is_current: bool = False
    pick_url: str = ""

    @property
    def has_more(self) -> bool:
        return not self.is_narrow and self.count > len(self.cards)


@dataclass(frozen=True)
class Kanban:
    """The columns; ``drop_url``: where it is told that a card was moved, empty: cards cannot be moved."""

    columns: Sequence[KanbanColumn]
    drop_url: str = ""
    more_url: str = ""
    pager: Pager = field(default_factory=lambda: Pager(0, 0, 0))

    @property
    def is_empty(self) -> bool:
        return not any(column.count for column in self.columns)
