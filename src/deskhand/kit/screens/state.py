"""What a list shows is said by its address, all of it: it can be bookmarked, shared and gone back to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

T = TypeVar("T")
#: Parameters that choose rows. An address without any of them means the list's default filters.
_CHOOSING = ("q", "filter", "in", "group")
#: Each word of a search is a condition of its own: more than a person types is somebody who wants to keep us busy.
LONGEST_SEARCH, MOST_SEARCHES = 100, 10


@dataclass(frozen=True)
class ListState:
    """The state of one list.

    ``words``: searches, each a facet. ``within``: ``(group, value)``, rows of one group only. ``opened``: the groups
    that are unfolded, None: as many of the first as fit on a page. ``sort``: a column, with ``-`` in front downwards.
    """

    words: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    within: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    opened: tuple[str, ...] | None = None
    sort: str = ""
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether it leaves rows out."""
        return bool(self.words or self.filters or self.within)

    @classmethod
    def read(cls, query: QueryDict, *, filters: Iterable[str], groups: Iterable[str], sorts: Iterable[str]) -> Self:
        """From an address. What this list does not know is left out: old bookmarks go on working."""
        groups, sort = set(groups), query.get("sort", "")
        return cls(
            words=_once(word for typed in query.getlist("q")[:MOST_SEARCHES] if (word := searched(typed))),
            filters=_known(query.getlist("filter"), filters),
            within=_once((group, value) for group, value in _pairs(query.getlist("in")) if group in groups),
            groups=_known(query.getlist("group"), groups)[:1],
            opened=tuple(value for value in query.getlist("open") if value) if "open" in query else None,
            sort=sort if sort.removeprefix("-") in set(sorts) else "",
            page=_page(query.get("page", "")),
        )

    @staticmethod
    def is_chosen(query: QueryDict) -> bool:
        """Whether the address chooses rows at all; if not, the list's default filters are on."""
        return any(name in query for name in _CHOOSING)

    def pairs(self) -> list[tuple[str, str]]:
        """As parameters, in a fixed order. ``filter=`` says that even the default filters are off."""
        chosen = [
            *(("q", word) for word in self.words),
            *(("filter", key) for key in self.filters),
            *(("in", f"{group}.{value}") for group, value in self.within),
            *(("group", key) for key in self.groups),
        ] or [("filter", "")]
        if self.groups and self.opened is not None:
            chosen += [("open", value) for value in self.opened] or [("open", "")]
        if self.sort:
            chosen.append(("sort", self.sort))
        if self.page > 1:
            chosen.append(("page", str(self.page)))
        return chosen

    @property
    def query(self) -> str:
        return urlencode(self.pairs())

    # ---- what the page's links lead to ------------------------------------------------------------------------------

    def without_words(self, word: str) -> Self:
        return self._choosing(words=tuple(known for known in self.words if known != word))

    def toggling_filter(self, key: str) -> Self:
        return self._choosing(filters=_toggled(self.filters, key))

    def without_filters(self, keys: Iterable[str]) -> Self:
        gone = set(keys)
        return self._choosing(filters=tuple(key for key in self.filters if key not in gone))

    def toggling_group(self, key: str) -> Self:
        return replace(self._choosing(groups=() if key in self.groups else (key,)), opened=None)

    def inside(self, group: str, value: str) -> Self:
        """Only the rows of one group, ungrouped."""
        return replace(self._choosing(groups=()), within=_once((*self.within, (group, value))), opened=None)

    def outside(self, group: str, value: str) -> Self:
        return self._choosing(within=tuple(pair for pair in self.within if pair != (group, value)))

    def opening(self, opened: Iterable[str]) -> Self:
        return replace(self, opened=tuple(opened))

    def sorted_by(self, key: str, *, downwards: bool) -> Self:
        return replace(self, sort=f"-{key}" if downwards else key, page=1)

    def at_page(self, page: int) -> Self:
        return replace(self, page=page)

    def _choosing(self, **changes: tuple[str, ...] | tuple[tuple[str, str], ...]) -> Self:
        return replace(self, page=1, **changes)  # type: ignore[arg-type]


def searched(typed: str) -> str:
    """What is searched for when this was typed."""
    return typed.replace("\0", "").strip()[:LONGEST_SEARCH]


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _known(chosen: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    known = set(known)
    return _once(key for key in chosen if key in known)


def _toggled(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(known for known in keys if known != key) if key in keys else (*keys, key)


def _pairs(values: Iterable[str]) -> Iterable[tuple[str, str]]:
    for value in values:
        group, dot, of_group = value.partition(".")
        if dot:
            yield group, of_group


def _page(number: str) -> int:
    return max(1, int(number)) if number.isdecimal() and len(number) < 7 else 1
