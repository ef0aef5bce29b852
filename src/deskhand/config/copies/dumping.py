"""The rows of a database as lines of JSON, all of one moment, while others go on writing.

Each table is a line that names its model and columns, then a line for each row. In the end stand the last numbers that
were given out, which PostgreSQL keeps outside of rows.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from typing import IO, Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from deskhand.base.companies.public import last_numbers

_ROWS_AT_ONCE = 2_000


@contextmanager
def one_moment() -> Iterator[None]:
    """Whatever is read inside is of one moment; nobody waits for us, and nothing can be written."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    connection.ensure_connection()  # reads the settings that are changed here
    kept = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # IMMEDIATE would make writers wait for us
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations").fetchone()  # a transaction begins with its first read
            yield
    finally:
        connection.transaction_mode = kept  # type: ignore[attr-defined]


def dump(into: IO[bytes], tell: Callable[[str], None]) -> dict[str, int]:
    """Write all rows; answers how many each model has, without those that have none. One query a table."""
    counts: dict[str, int] = {}
    for model in tables():
        fields = model._meta.concrete_fields  # noqa: SLF001
        names = [field.attname for field in fields]
        _line(into, {"model": model._meta.label_lower, "columns": names})  # noqa: SLF001
        count = 0
        for count, row in enumerate(_rows(model, names), start=1):  # noqa: B007
            _line(into, row)
        if count:
            counts[model._meta.label_lower] = count  # noqa: SLF001
    _line(into, {"numbers": [asdict(number) for number in last_numbers()]})
    tell(f"Database: {sum(counts.values()):,} rows of {len(counts)} tables.")
    return counts


def tables() -> list[type[models.Model]]:
    """All that have a table of their own, links between two records included."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]  # noqa: SLF001


def _rows(model: type[models.Model], names: list[str]) -> Iterator[tuple[Any, ...]]:
    rows = model._base_manager.order_by("pk").values_list(*names)  # noqa: SLF001
    return rows.iterator(chunk_size=_ROWS_AT_ONCE)


def _line(into: IO[bytes], value: Any) -> None:
    into.write(json.dumps(value, cls=_Encoder, ensure_ascii=False, separators=(",", ":")).encode())
    into.write(b"\n")


class _Encoder(DjangoJSONEncoder):
    """Moments to the microsecond, durations as seconds, bytes in base 64."""

    def default(self, o: Any) -> Any:
        if isinstance(o, bytes | bytearray | memoryview):
            return b64encode(bytes(o)).decode()
        if isinstance(o, timedelta):
            return o.total_seconds()
        if hasattr(o, "isoformat"):
            return o.isoformat()
        return super().default(o)
