"""Rows in foldable sections: two queries for the headings of the page, one for the rows of all that are open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, Count, F, Model, Q, QuerySet, Value, Window
from django.db.models.functions import NullIf, RowNumber, TruncMonth
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import pgettext

from deskhand.kit.keys import LARGEST_KEY
from deskhand.kit.screens.choosing import field_of
from deskhand.kit.screens.declarations import Group

if TYPE_CHECKING:
    from deskhand.kit.screens.state import ListState

#: What stands in an address for "without a value".
EMPTY = "none"


@dataclass(frozen=True)
class GroupHead:
    """One group: its value as it stands in an address, its name, and how many rows it has."""

    value: str
    label: str
    count: int


def inside_group(rows: QuerySet[Any], group: Group, value: str) -> QuerySet[Any]:
    """Only the rows of one group; a value that cannot be leaves none."""
    return _of_values(rows, group, [value])


def heads_of(rows: QuerySet[Any], group: Group, *, start: int, stop: int) -> tuple[list[GroupHead], int]:
    """The groups from ``start`` to ``stop`` in their order (see :class:`Group`), and how many there are.

    Two queries, one for groups that ``labels`` names.
    """
    counted = (
        rows.order_by()
        .annotate(_group=_expression(group, rows.model))
        .values("_group", *_named_by(group, rows.model), *_ordered_by(group))
        .annotate(_count=Count("pk"))
        .order_by(*_group_order(group, rows.model))
    )
    if group.labels is not None:  # a small number of codes, whose names only Python knows
        heads = sorted(_heads(counted, group), key=lambda head: (head.value == EMPTY, head.label.casefold()))
        return heads[start:stop], len(heads)
    return _heads(counted[start:stop], group), counted.count()


def _heads(counted: QuerySet[Any, dict[str, Any]], group: Group) -> list[GroupHead]:
    return [
        GroupHead(_address_of(found["_group"]), _label_of(found, group, counted.model), found["_count"])
        for found in counted
    ]


def opened_of(heads: Sequence[GroupHead], state: ListState, room: int) -> set[str]:
    """The groups that are unfolded: as the address says, else as many of the first as fit, at least one."""
    if state.opened is not None:
        return set(state.opened)
    opened: set[str] = set()
    for head in heads:
        if opened and head.count > room:
            break
        opened.add(head.value)
        room -= head.count
    return opened


def rows_by_group(
    rows: QuerySet[Any], group: Group, values: Iterable[str], *, order: Sequence[str], limit: int
) -> dict[str, list[Any]]:
    """The first ``limit`` rows of each of these groups. One query; none when no group is open."""
    values = list(values)
    by_group: dict[str, list[Any]] = {value: [] for value in values}
    if not values:
        return by_group
    placed = _of_values(rows.order_by(), group, values).annotate(_group=_expression(group, rows.model))
    ordered = [F(path[1:]).desc() if path.startswith("-") else F(path).asc() for path in order]
    placed = placed.annotate(_place=Window(RowNumber(), partition_by=F("_group"), order_by=ordered))
    for record in placed.filter(_place__lte=limit).order_by("_place"):
        by_group[_address_of(record._group)].append(record)  # noqa: SLF001
    return by_group


def name_of(rows: QuerySet[Any], group: Group, value: str) -> str:
    """What a group is called, for its facet. One query; empty when it has no rows."""
    found = inside_group(rows, group, value).annotate(_group=_expression(group, rows.model))
    first = found.order_by("pk").values("_group", *_named_by(group, rows.model)).first()
    return _label_of(first, group, rows.model) if first else ""


def _expression(group: Group, model: type[Model]) -> Any:
    """What is grouped by; an empty text is no value."""
    if group.by == "month":
        return TruncMonth(group.source)
    is_text = isinstance(field_of(model, group.source), CharField)
    return NullIf(group.source, Value("")) if is_text else F(group.source)


def _named_by(group: Group, model: type[Model]) -> list[str]:
    path = _label_path(group, model)
    return [path] if path else []


def _ordered_by(group: Group) -> list[str]:
    path = group.order_path.removeprefix("-")
    return [path] if path not in {"", group.source} else []


def _label_path(group: Group, model: type[Model]) -> str:
    """Where the name of a linked record lies."""
    if group.label_path:
        return group.label_path
    field = field_of(model, group.source)
    return f"{group.source}__name" if field is not None and field.is_relation else ""


def _group_order(group: Group, model: type[Model]) -> list[Any]:
    if group.by == "month":
        return [F("_group").desc(nulls_last=True)]
    path = _label_path(group, model)
    named = [F(path).asc(nulls_last=True)] if path else []
    if group.order_path:
        first = F(group.order_path.removeprefix("-"))
        is_last_first = group.order_path.startswith("-")
        named.insert(0, first.desc(nulls_last=True) if is_last_first else first.asc(nulls_last=True))
    return [*named, F("_group").asc(nulls_last=True)]


def _label_of(found: dict[str, Any], group: Group, model: type[Model]) -> str:
    value, path = found["_group"], _label_path(group, model)
    if value is None:
        return str(group.empty)
    if group.by == "month":
        return _month(value)
    if path:
        return str(found[path])
    return _label_function(group, model)(value)


def _label_function(group: Group, model: type[Model]) -> Callable[[Any], str]:
    if group.labels is not None:
        return group.labels
    choices = dict(getattr(field_of(model, group.source), "flatchoices", ()) or ())
    return lambda value: str(choices.get(value, value))


def _month(value: date) -> str:
    return formatted(value, pgettext("date format: November 2025", "F Y"))


def _address_of(value: Any) -> str:
    if value is None:
        return EMPTY
    return value.strftime("%Y-%m") if isinstance(value, date) else str(value)


def _of_values(rows: QuerySet[Any], group: Group, values: Iterable[str]) -> QuerySet[Any]:
    wanted = Q(pk__in=[])
    for value in values:
        wanted |= _is_value(group, rows.model, value)
    return rows.filter(wanted)


def _is_value(group: Group, model: type[Model], value: str) -> Q:
    field = field_of(model, group.source)
    if value == EMPTY:
        return Q((group.source, "")) if isinstance(field, CharField) else Q((f"{group.source}__isnull", True))
    if group.by == "month":
        return _in_month(group.source, value)
    target = field.target_field if field.is_relation else field
    try:
        found = target.to_python(value)
    except (ValueError, TypeError, ValidationError):
        return Q(pk__in=[])
    is_number = isinstance(found, int)
    return Q(pk__in=[]) if is_number and abs(found) > LARGEST_KEY else Q((group.source, found))


def _in_month(path: str, value: str) -> Q:
    try:
        start = datetime.strptime(value, "%Y-%m").replace(tzinfo=timezone.get_current_timezone())
    except ValueError:
        return Q(pk__in=[])
    if start.year in {MINYEAR, MAXYEAR}:  # no zone is far enough from UTC to lead out of all others
        return Q(pk__in=[])
    after = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return Q((f"{path}__gte", start), (f"{path}__lt", after))
