"""A list as a table for other programs: the rows and rights of the page, any of its columns, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from deskhand.kit.screens.declarations import Column
from deskhand.kit.screens.drawing import values_of
from deskhand.kit.ui.shapes import Badge

#: Records that are in memory at a time. What columns load is loaded once for each batch.
BATCH = 1000

Cell = str | int | float | Decimal | datetime | date
Rows = Iterator[list[Cell]]


def exportable(columns: Iterable[Column]) -> list[Column]:
    """The columns that other programs can read, each key once. What is drawn by hand says itself what it is."""
    readable = {column.key: column for column in columns if column.export is not None or column.render is None}
    return list(readable.values())


def exported(rows: QuerySet[Any], columns: Sequence[Column]) -> Rows:
    """The rows as cells. One query, those of prefetched links and one of each column that loads, per batch."""
    records = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(records, BATCH)):
        cells = [_cell_of(column, batch) for column in columns]
        for record in batch:
            yield [cell(record) for cell in cells]


def _cell_of(column: Column, batch: Sequence[Any]) -> Callable[[Any], Cell]:
    value_of = column.export or values_of(column, batch)
    return lambda record: plain(value_of(record))


def plain(value: Any) -> Cell:
    """A value as a cell holds it: text, a number, a moment in the reader's time zone. Nothing is empty text."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, int | float | Decimal | date):
        return value
    return "" if value is None else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, Badge):
        return str(value.label)
    if isinstance(value, QuerySet | list | tuple):
        return ", ".join(str(one) for one in value)
    return str(value)
