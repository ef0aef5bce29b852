"""Which rows a list shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import groupby
from operator import or_
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, F, Model, Q, QuerySet, TextField
from django.db.models.constants import LOOKUP_SEP

from deskhand.kit.screens.declarations import Column, Filter

if TYPE_CHECKING:
    from deskhand.kit.screens.state import ListState


def filtered(rows: QuerySet[Any], chosen: Iterable[Filter], user: Any) -> QuerySet[Any]:
    """Rows that every section agrees to; filters of one section widen each other."""
    by_section = sorted(chosen, key=lambda choice: choice.section)
    for _, choices in groupby(by_section, key=lambda choice: choice.section):
        rows = rows.filter(reduce(or_, (choice.condition(user) for choice in choices)))
    return rows


def containing(rows: QuerySet[Any], fields: Sequence[str], words: str) -> QuerySet[Any]:
    """Rows in which every word stands in one of the fields, whatever the capitals."""
    for word in words.split():
        rows = rows.filter(reduce(or_, (Q((f"{name}__icontains", word)) for name in fields)))
    return rows


def by_field(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Fields and what is asked of each, which widen each other."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return list(found.items())


def order_of(columns: Sequence[Column], model: type[Model], state: ListState, default: Sequence[str]) -> list[str]:
    """What the rows are ordered by: the chosen heading first, then the list's own order, which must be complete."""
    key = state.sort.removeprefix("-")
    chosen = next((column for column in columns if column.key == key), None)
    if chosen is None:
        return list(default)
    paths = sort_paths(chosen, model)
    return [*(reversed_path(path) if state.sort.startswith("-") else path for path in paths), *default]


def reversed_path(path: str) -> str:
    return path[1:] if path.startswith("-") else f"-{path}"


def sort_paths(column: Column, model: type[Model]) -> Sequence[str]:
    """What a column is sorted by; empty: it cannot be."""
    if column.sort is not None:
        return column.sort
    is_computed = column.value is not None or column.load is not None
    return () if is_computed or field_of(model, column.key) is None else (column.key,)


def paths_of(columns: Sequence[Column]) -> list[str]:
    """The fields that columns read by themselves: of those that neither load nor work out what they show."""
    return [column.key for column in columns if column.value is None and column.load is None]


def joined(
    rows: QuerySet[Any], columns: Sequence[Column], joins: Sequence[str], prefetches: Sequence[Any]
) -> QuerySet[Any]:
    """With what the screen joins, and the links that its shown columns go over."""
    over = [path.rpartition(LOOKUP_SEP)[0] for path in paths_of(columns)]
    links = [path for path in over if path and field_of(rows.model, path).is_relation]
    every = [*dict.fromkeys([*joins, *links])]
    return (rows.select_related(*every) if every else rows).prefetch_related(*prefetches)


def narrowed(
    rows: QuerySet[Any], columns: Sequence[Column], fetches: Sequence[str], prefetches: Sequence[Any]
) -> QuerySet[Any]:
    """With ``fetches`` and what columns show, without the rest: of a linked record the one text that is shown."""
    paths = paths_of(columns)
    texts = [path for path in paths if LOOKUP_SEP in path and is_plain(field_of(rows.model, path))]
    own = [path for path in paths if path not in texts]
    over = [path.rpartition(LOOKUP_SEP)[0] for path in own if LOOKUP_SEP in path]
    rows = rows.select_related(*over) if over else rows
    narrow: QuerySet[Any] = rows.only(*fetches, *own).annotate(**{shown_as(path): F(path) for path in texts})
    return narrow.prefetch_related(*prefetches)


def shown_as(path: str) -> str:
    """What :func:`narrowed` calls the text of a linked record."""
    return f"_shown_{path.replace(LOOKUP_SEP, '_of_')}"


def is_plain(field: Any) -> bool:
    """Whether the value of a field is what is shown: no link, and no code that has a name."""
    return isinstance(field, CharField | TextField) and not field.choices


def field_of(model: type[Model], path: str) -> Any:
    """The field at the end of a path such as ``parent__name``; None: the path leads nowhere."""
    found: Any = None
    for name in path.split(LOOKUP_SEP):
        try:
            found = model._meta.get_field(name)  # noqa: SLF001
        except FieldDoesNotExist:
            return None
        model = found.related_model or model
    return found
