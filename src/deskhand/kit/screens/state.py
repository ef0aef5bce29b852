"""What a list shows is said by its address, all of it: it can be bookmarked, shared and gone back to.

==========  ====================================  =====================================================================
parameter   example                               means
==========  ====================================  =====================================================================
``q``       ``q=oven``                            a search over what the screen searches; several narrow each other
``find``    ``find=title.oven``                   a search in one field; several in one field widen each other
``filter``  ``filter=open``                       a declared filter; those of one section widen each other
``in``      ``in=team.3``, ``in=created.2026-Q4`` a value of a field; several of one field widen each other
``where``   ``where=any%26title.contains%3Doven`` a custom filter (:mod:`deskhand.kit.screens.conditions`)
``group``   ``group=team``, ``group=created:week`` grouped by, the first outermost
``open``    ``open=3``, ``open=3/none``           the groups that are unfolded, by the path of their values
``fold``    ``fold=3``                            Kanban: the columns that are folded
``limit``   ``limit=80``                          Kanban: how many cards a column shows
``sort``    ``sort=-created_at``                  a column, with ``-`` downwards
``col``     ``col=title``                         the columns, instead of those that the person chose to see
``view``    ``view=kanban``                       how the rows are shown
``page``    ``page=2``                            the page
==========  ====================================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlencode

from django.http import QueryDict

from deskhand.kit.screens.conditions import CustomFilter
from deskhand.kit.screens.fields import KnownField
from deskhand.kit.screens.periods import INTERVALS

T = TypeVar("T")
#: Parameters that choose rows. An address without any of them means the list's default filters.
_CHOOSING = ("q", "find", "filter", "in", "where", "group")
#: Each word of a search is a condition of its own: more than a person types is somebody who wants to keep us busy.
LONGEST_SEARCH, MOST_SEARCHES = 100, 10
MOST_LEVELS = 3
CARDS_PER_COLUMN, MOST_CARDS = 40, 2000
KANBAN = "kanban"


@dataclass(frozen=True)
class Vocabulary:
    """What an address may ask a screen for."""

    filters: frozenset[str] = frozenset()
    fields: Mapping[str, KnownField] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()
    sorts: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    views: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ListState:
    """The state of one list; see the table above.

    ``opened`` None: as many of the first groups as fit on a page.
    """

    words: tuple[str, ...] = ()
    found: tuple[tuple[str, str], ...] = ()
    filters: tuple[str, ...] = ()
    within: tuple[tuple[str, str], ...] = ()
    custom: tuple[CustomFilter, ...] = ()
    groups: tuple[str, ...] = ()
    opened: tuple[str, ...] | None = None
    folded: tuple[str, ...] = ()
    limit: int = CARDS_PER_COLUMN
    sort: str = ""
    columns: tuple[str, ...] = ()
    view: str = ""
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether it leaves rows out."""
        return bool(self.words or self.found or self.filters or self.within or self.custom)

    @property
    def narrows_by_filters_alone(self) -> bool:
        """Whether declared filters, and nothing else, leave rows out."""
        return bool(self.filters) and not (self.words or self.found or self.within or self.custom)

    @classmethod
    def read(cls, query: QueryDict, known: Vocabulary) -> Self:
        """From an address. What this list does not know is left out: old bookmarks go on working."""
        sort, view = query.get("sort", ""), query.get("view", "")
        return cls(
            words=_once(word for typed in query.getlist("q")[:MOST_SEARCHES] if (word := searched(typed))),
            found=_once(_found(query.getlist("find")[:MOST_SEARCHES], known)),
            filters=_known(query.getlist("filter"), known.filters),
            within=_once((name, value) for name, value in _pairs(query.getlist("in")) if name in known.fields),
            custom=_once(_custom(query.getlist("where")[:MOST_SEARCHES], known)),
            groups=_groups(query.getlist("group"), known)[:MOST_LEVELS],
            opened=tuple(value for value in query.getlist("open") if value) if "open" in query else None,
            folded=_once(query.getlist("fold")),
            limit=min(MOST_CARDS, max(CARDS_PER_COLUMN, _number(query.get("limit", "")))),
            sort=sort if sort.removeprefix("-") in known.sorts else "",
            columns=_known(query.getlist("col"), known.columns),
            view=view if view in known.views else "",
            page=max(1, _number(query.get("page", ""))),
        )

    @staticmethod
    def is_chosen(query: QueryDict) -> bool:
        """Whether the address chooses rows at all; if not, the list's default filters are on."""
        return any(name in query for name in _CHOOSING)

    def pairs(self) -> list[tuple[str, str]]:
        """As parameters, in a fixed order. ``filter=`` says that even the default filters are off."""
        chosen = [
            *(("q", word) for word in self.words),
            *(("find", f"{name}.{text}") for name, text in self.found),
            *(("filter", key) for key in self.filters),
            *(("in", f"{name}.{value}") for name, value in self.within),
            *(("where", str(custom)) for custom in self.custom),
            *(("group", key) for key in self.groups),
        ] or [("filter", "")]
        return [*chosen, *self._folding(), *self._looks()]

    def _folding(self) -> Iterable[tuple[str, str]]:
        if self.groups and self.opened is not None:
            yield from (("open", value) for value in self.opened or ("",))
        yield from (("fold", value) for value in self.folded)
        if self.limit > CARDS_PER_COLUMN:
            yield "limit", str(self.limit)

    def _looks(self) -> Iterable[tuple[str, str]]:
        if self.sort:
            yield "sort", self.sort
        yield from (("col", key) for key in self.columns)
        if self.view:
            yield "view", self.view
        if self.page > 1:
            yield "page", str(self.page)

    @property
    def query(self) -> str:
        return urlencode(self.pairs())

    @property
    def favorite_query(self) -> str:
        """What a favourite keeps: everything but the place where one reads."""
        return replace(self, page=1, opened=None, folded=(), limit=CARDS_PER_COLUMN).query

    # ---- what the page's links lead to ------------------------------------------------------------------------------

    def with_words(self, word: str) -> Self:
        return self._choosing(words=_once((*self.words, word)))

    def without_words(self, word: str) -> Self:
        return self._choosing(words=tuple(known for known in self.words if known != word))

    def finding(self, name: str, text: str) -> Self:
        return self._choosing(found=_once((*self.found, (name, text))))

    def without_finding(self, name: str) -> Self:
        return self._choosing(found=tuple(pair for pair in self.found if pair[0] != name))

    def toggling_filter(self, key: str) -> Self:
        return self._choosing(filters=_toggled(self.filters, key))

    def without_filters(self, keys: Iterable[str]) -> Self:
        gone = set(keys)
        return self._choosing(filters=tuple(key for key in self.filters if key not in gone))

    def with_custom(self, custom: CustomFilter) -> Self:
        return self._choosing(custom=_once((*self.custom, custom)))

    def without_custom(self, custom: CustomFilter) -> Self:
        return self._choosing(custom=tuple(known for known in self.custom if known != custom))

    def toggling_group(self, key: str) -> Self:
        """A grouping more, inside those there are, or less."""
        return replace(self._choosing(groups=_toggled(self.groups, key)[:MOST_LEVELS]), opened=None, folded=())

    def toggling_value(self, name: str, value: str) -> Self:
        return self._choosing(within=_toggled(self.within, (name, value)))

    def inside(self, path: Iterable[tuple[str, str]]) -> Self:
        """Only the rows of one group, by the values that lead to it; ungrouped."""
        return replace(self._choosing(groups=()), within=_once((*self.within, *path)), opened=None)

    def outside(self, name: str) -> Self:
        return self._choosing(within=tuple(pair for pair in self.within if pair[0] != name))

    def opening(self, opened: Iterable[str]) -> Self:
        return replace(self, opened=tuple(opened))

    def folding(self, value: str) -> Self:
        return replace(self, folded=_toggled(self.folded, value))

    def sorted_by(self, key: str, *, downwards: bool) -> Self:
        return replace(self, sort=f"-{key}" if downwards else key, page=1)

    def seen_as(self, view: str) -> Self:
        return replace(self, view=view, page=1)

    def showing(self, columns: Iterable[str]) -> Self:
        return replace(self, columns=tuple(columns))

    def at_page(self, page: int) -> Self:
        return replace(self, page=page)

    def with_more_cards(self) -> Self:
        return replace(self, limit=min(MOST_CARDS, self.limit + CARDS_PER_COLUMN))

    def _choosing(self, **changes: tuple[Any, ...]) -> Self:
        return replace(self, page=1, limit=CARDS_PER_COLUMN, **changes)  # type: ignore[arg-type]


def searched(typed: str) -> str:
    """What is searched for when this was typed."""
    return typed.replace("\0", "").strip()[:LONGEST_SEARCH]


def interval_of(group: str) -> tuple[str, str]:
    """The key of a grouping, and the interval that its moments are grouped by: ``created:week``; "": its own."""
    key, _colon, interval = group.partition(":")
    return key, interval


def path_of(values: Iterable[str]) -> str:
    """The values that lead to a group, as one word of an address."""
    return "/".join(quote(value, safe="") for value in values)


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _known(chosen: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    known = set(known)
    return _once(key for key in chosen if key in known)


def _toggled(keys: tuple[T, ...], key: T) -> tuple[T, ...]:
    return tuple(known for known in keys if known != key) if key in keys else (*keys, key)


def _pairs(values: Iterable[str]) -> Iterable[tuple[str, str]]:
    for value in values:
        name, dot, rest = value.partition(".")
        if dot:
            yield name, rest


def _found(values: Iterable[str], known: Vocabulary) -> Iterable[tuple[str, str]]:
    for name, typed in _pairs(values):
        if name in known.fields and known.fields[name].kind == "text" and (text := searched(typed)):
            yield name, text


def _custom(values: Iterable[str], known: Vocabulary) -> Iterable[CustomFilter]:
    for value in values:
        if custom := CustomFilter.read(value, known.fields):
            yield custom


def _groups(values: Iterable[str], known: Vocabulary) -> tuple[str, ...]:
    """Each grouping once, whatever the interval."""
    found: dict[str, str] = {}
    for value in values:
        key, interval = interval_of(value)
        if key in known.groups and (not interval or interval in INTERVALS):
            found.setdefault(key, value)
    return tuple(found.values())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
