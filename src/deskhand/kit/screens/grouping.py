"""Rows in foldable sections, one inside the other: two queries for the outermost headings of the page, one for those of
each level below, one for the rows of all that are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Avg, CharField, Count, F, Model, Q, QuerySet, Sum, TextField, Value, Window
from django.db.models.functions import NullIf, RowNumber

from deskhand.kit.screens.choosing import field_of
from deskhand.kit.screens.declarations import Column, Group, Interval
from deskhand.kit.screens.fields import EMPTY, NOTHING, KnownField
from deskhand.kit.screens.periods import INTERVALS, TRUNCATED, address_of, label_of
from deskhand.kit.screens.state import ListState, interval_of, path_of

#: More groups than these below one heading are not drawn: they would be searched for, not read.
MOST_INNER_GROUPS = 500


@dataclass(frozen=True)
class Level:
    """One level of a grouping: a group, and the interval of its moments (None: it groups by values)."""

    group: Group
    field: KnownField
    interval: Interval | None

    @property
    def key(self) -> str:
        return self.group.key

    @property
    def model(self) -> type[Model]:
        return self.field.model

    @property
    def label_path(self) -> str:
        """Where the name of a linked record lies; empty: the value is its own name."""
        return f"{self.field.path}__{self.field.name_path}" if self.field.kind in {"link", "links"} else ""

    @property
    def expression(self) -> Any:
        """What is grouped by; an empty text is no value."""
        if self.interval is not None:
            return TRUNCATED[self.interval](self.field.path)
        is_text = isinstance(field_of(self.model, self.field.path), CharField | TextField)
        return NullIf(self.field.path, Value("")) if is_text else F(self.field.path)

    @property
    def ordered_by(self) -> list[str]:
        path = self.group.order_path.removeprefix("-")
        return [path] if path not in {"", self.field.path} else []

    def order(self, name: str) -> list[Any]:
        """``name`` is what the group's value is called in the query."""
        if self.interval is not None:
            return [F(name).desc(nulls_last=True)]
        named = [F(self.label_path).asc(nulls_last=True)] if self.label_path else []
        if self.group.order_path:
            first = F(self.group.order_path.removeprefix("-"))
            is_last_first = self.group.order_path.startswith("-")
            named.insert(0, first.desc(nulls_last=True) if is_last_first else first.asc(nulls_last=True))
        return [*named, F(name).asc(nulls_last=True)]

    def address(self, value: Any) -> str:
        if value is None:
            return EMPTY
        if self.interval is not None and isinstance(value, date):
            return address_of(self.interval, value)
        return str(int(value)) if isinstance(value, bool) else str(value)

    def label(self, value: Any, name: Any) -> str:
        """``name``: what was found at ``label_path``."""
        if value is None:
            return str(self.group.empty)
        if self.interval is not None:
            return label_of(self.interval, value)
        return str(name) if self.label_path else self.field.label_of_value(value)


@dataclass(frozen=True)
class Head:
    """One group: the values that lead to it as they stand in an address, its name, how many rows it has, its totals."""

    path: tuple[str, ...]
    label: str
    count: int
    totals: Mapping[str, Any] = field(default_factory=dict)

    @property
    def value(self) -> str:
        return self.path[-1]

    @property
    def address(self) -> str:
        return path_of(self.path)


def levels_of(keys: Iterable[str], groups: Mapping[str, Group], fields: Mapping[str, KnownField]) -> list[Level]:
    """The groupings that an address asks for (``created:week``), the outermost first."""
    return [_level(groups[key], fields[key], interval) for key, interval in map(interval_of, keys)]


def _level(group: Group, known: KnownField, interval: str) -> Level:
    if known.kind not in {"moment", "day"}:
        return Level(group, known, None)
    wanted = [one for one in INTERVALS if one == (interval or group.by)]
    return Level(group, known, wanted[0] if wanted else "month")


def totals_of(columns: Iterable[Column]) -> dict[str, Any]:
    """What the columns ask to be added up, as aggregates."""
    kinds = {"sum": Sum, "average": Avg}
    return {f"_total_{column.key}": kinds[column.total](column.key) for column in columns if column.total}


def heads_of(
    rows: QuerySet[Any], level: Level, *, start: int, stop: int, totals: Mapping[str, Any]
) -> tuple[list[Head], int]:
    """The outermost groups from ``start`` to ``stop`` in their order (see :class:`Group`), and how many there are.

    Two queries, one for groups that ``labels`` names.
    """
    counted = _counted(rows, [level], totals)
    if level.group.labels is not None:  # a small number of codes, whose names only Python knows
        heads = sorted(_heads(counted, [level], totals), key=_by_name)
        return heads[start:stop], len(heads)
    return _heads(counted[start:stop], [level], totals), counted.count()


def inner_heads(
    rows: QuerySet[Any], levels: Sequence[Level], parents: Iterable[tuple[str, ...]], *, totals: Mapping[str, Any]
) -> dict[tuple[str, ...], list[Head]]:
    """The groups of the last level below these groups of the level above. One query; none without parents."""
    parents = list(parents)
    found: dict[tuple[str, ...], list[Head]] = defaultdict(list)
    if not parents:
        return found
    above = [_is_path(levels, parent) for parent in parents]
    counted = _counted(rows, levels, totals, where=reduce(or_, above))
    for head in _heads(counted[: MOST_INNER_GROUPS * len(parents)], levels, totals):
        found[head.path[:-1]].append(head)
    if levels[-1].group.labels is not None:
        return {parent: sorted(heads, key=_by_name) for parent, heads in found.items()}
    return found


def _by_name(head: Head) -> tuple[bool, str]:
    return head.value == EMPTY, head.label.casefold()


def _counted(
    rows: QuerySet[Any], levels: Sequence[Level], totals: Mapping[str, Any], *, where: Q | None = None
) -> QuerySet[Any, dict[str, Any]]:
    last = levels[-1]
    named = [last.label_path] if last.label_path else []
    placed = rows.order_by().annotate(**_expressions(levels))
    placed = placed.filter(where) if where is not None else placed
    counted: Any = placed.values(*_names(levels), *named, *last.ordered_by).annotate(_count=Count("pk"), **totals)
    ordered: QuerySet[Any, dict[str, Any]] = counted.order_by(*last.order(_names(levels)[-1]))
    return ordered


def _expressions(levels: Sequence[Level]) -> dict[str, Any]:
    return {f"_group{place}": level.expression for place, level in enumerate(levels)}


def _names(levels: Sequence[Level]) -> list[str]:
    return list(_expressions(levels))


def _heads(counted: QuerySet[Any, dict[str, Any]], levels: Sequence[Level], totals: Mapping[str, Any]) -> list[Head]:
    last, names = levels[-1], _names(levels)
    return [
        Head(
            path=tuple(level.address(found[name]) for level, name in zip(levels, names, strict=True)),
            label=last.label(found[names[-1]], found.get(last.label_path)),
            count=found["_count"],
            totals={name.removeprefix("_total_"): found[name] for name in totals},
        )
        for found in counted
    ]


def in_order(rows: QuerySet[Any], levels: Sequence[Level], order: Sequence[str]) -> QuerySet[Any]:
    """All rows as they stand below each other when every group is open. Where a row stands in several, as if it were
    in none: it has one place only."""
    if any(level.field.kind == "links" for level in levels):
        return rows.order_by(*order)
    placed = rows.order_by().annotate(**_expressions(levels))
    grouped = [part for level, name in zip(levels, _names(levels), strict=True) for part in level.order(name)]
    ordered: QuerySet[Any] = placed.order_by(*grouped, *order)
    return ordered


def opened_of(heads: Sequence[Head], state: ListState, room: int) -> set[str]:
    """The groups that are unfolded: as the address says, else as many of the first as fit, at least one."""
    if state.opened is not None:
        return set(state.opened)
    opened: set[str] = set()
    for head in heads:
        if opened and head.count > room:
            break
        opened.add(head.address)
        room -= head.count
    return opened


def rows_by_group(
    rows: QuerySet[Any], levels: Sequence[Level], paths: Iterable[tuple[str, ...]], *, order: Sequence[str], limit: int
) -> dict[tuple[str, ...], list[Any]]:
    """The first ``limit`` rows of each of these groups. One query; none when no group is open."""
    by_group: dict[tuple[str, ...], list[Any]] = {path: [] for path in paths}
    if not by_group:
        return by_group
    placed = rows.order_by().annotate(**_expressions(levels))
    placed = placed.filter(reduce(or_, (_is_path(levels, path) for path in by_group)))
    ordered = [F(path[1:]).desc() if path.startswith("-") else F(path).asc() for path in order]
    partition = [F(name) for name in _names(levels)]
    placed = placed.annotate(_place=Window(RowNumber(), partition_by=partition, order_by=ordered))
    names = _names(levels)
    for record in placed.filter(_place__lte=limit).order_by("_place"):
        path = tuple(level.address(getattr(record, name)) for level, name in zip(levels, names, strict=True))
        if path in by_group:
            by_group[path].append(record)
    return by_group


def _is_path(levels: Sequence[Level], path: Sequence[str]) -> Q:
    """In the group that these values lead to; they may be fewer than the levels."""
    return reduce(and_, (_is_value(place, level, value) for place, (level, value) in _placed(levels, path)), Q())


def _placed(levels: Sequence[Level], path: Sequence[str]) -> Iterable[tuple[int, tuple[Level, str]]]:
    return enumerate(zip(levels, path, strict=False))


def _is_value(place: int, level: Level, value: str) -> Q:
    if level.field.kind != "links":
        return level.field.condition([value])
    # A row stands in a group for each of its links: which one is meant is said by the value it is grouped by.
    found = level.field.python_value(value)
    if value == EMPTY:
        return Q((f"_group{place}__isnull", True))
    return NOTHING if found is None else Q((f"_group{place}", found))
