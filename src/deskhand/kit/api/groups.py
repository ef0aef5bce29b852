"""A list counted by groups: what the page shows as headings, for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from pydantic import BaseModel, Field

from deskhand.kit.screens import ListScreen, ListState
from deskhand.kit.screens.grouping import Head, Level, heads_of, inner_heads, totals_of

#: More groups than these on one level are looked at by narrowing the list.
MOST_GROUPS = 200


class GroupAnswer(BaseModel):
    """The records that have the same value."""

    value: str = Field(description="As `in` takes it; `none`: without a value.")
    name: str
    count: int
    totals: dict[str, float | None] = Field(description="What the list adds up, by column.")
    groups: list[GroupAnswer] = Field(description="Of the next level, if one was asked for.")


class Groups(BaseModel):
    """The groups of a list."""

    items: list[GroupAnswer] = Field(description=f"At most {MOST_GROUPS}.")
    total: int = Field(description="How many groups there are on the first level.")


def groups_shown(screen: ListScreen[Any], rows: QuerySet[Any], state: ListState) -> Mapping[str, Any]:
    """The groups of rows, the outermost first. Two queries, and one for each further level."""
    levels, totals = screen.levels(state), totals_of(screen.columns)
    heads, count = heads_of(rows, levels[0], start=0, stop=MOST_GROUPS, totals=totals)
    below = _below(rows, levels, heads, totals)
    return {"items": [_shown(head, below) for head in heads], "total": count}


_Below = dict[tuple[str, ...], list[Head]]


def _below(rows: QuerySet[Any], levels: Sequence[Level], heads: Sequence[Head], totals: Mapping[str, Any]) -> _Below:
    found: _Below = {}
    parents = [head.path for head in heads]
    for depth in range(2, len(levels) + 1):
        inner = inner_heads(rows, levels[:depth], parents, totals=totals)
        found |= inner
        parents = [head.path for level in inner.values() for head in level]
    return found


def _shown(head: Head, below: _Below) -> Mapping[str, Any]:
    return {
        "value": head.value,
        "name": head.label,
        "count": head.count,
        "totals": head.totals,
        "groups": [_shown(inner, below) for inner in below.get(head.path, ())],
    }
