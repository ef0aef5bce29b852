"""What the list page is made of, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Heading:
    """A column's heading; ``url`` sorts by it, ``direction`` says how it is sorted now."""

    label: str
    css: str
    width: str
    url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Row:
    """The cells of a record, one string; ``box`` is the cell in front of them, with which it is ticked."""

    pk: Any
    html: SafeString
    box: str = ""


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
    """The rows of a group. ``all_url`` shows only this group, where not all of its rows stand here."""

    label: str
    count: int
    is_open: bool
    toggle_url: str
    rows: Sequence[Row] = ()
    all_url: str = ""


@dataclass(frozen=True)
class Listing:
    """What the table shows: rows, or sections with rows."""

    headings: Sequence[Heading]
    pager: Pager
    rows: Sequence[Row] = ()
    sections: Sequence[Section] = ()

    @property
    def is_empty(self) -> bool:
        return not self.rows and not self.sections
