"""Rows of which every mail and every click writes some: the SQL of their INSERT is made once.

To make it again each time takes Django longer than PostgreSQL takes to write the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connections, router
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class _Plan:
    """The SQL for one model, and the columns in the order of its parameters. ``answered``: what comes back."""

    sql: str
    columns: list[Field[Any, Any]]
    answered: list[str]


_plans: dict[tuple[str, type[Model]], _Plan] = {}


def insert(row: Row) -> Row:
    """Write a new row, as ``Model.objects.create`` does. Its values are values, not expressions, and nobody hears
    signals. One statement."""
    using = router.db_for_write(type(row))
    connection = connections[using]
    plan = _plans.get((using, type(row))) or _plan(row, using)
    values = [column.get_db_prep_save(column.pre_save(row, add=True), connection) for column in plan.columns]
    with connection.cursor() as cursor:
        cursor.execute(plan.sql, values)
        for name, value in zip(plan.answered, cursor.fetchone(), strict=True):
            setattr(row, name, value)
    row._state.adding, row._state.db = False, using  # noqa: SLF001
    return row


def _plan(row: Model, using: str) -> _Plan:
    meta: Any = row._meta  # noqa: SLF001
    columns = [
        column for column in meta.local_concrete_fields if not column.generated and column is not meta.auto_field
    ]
    query = InsertQuery(type(row))
    query.insert_values(columns, [row])
    compiler = query.get_compiler(using)
    compiler.returning_fields = meta.db_returning_fields
    ((sql, params),) = compiler.as_sql()
    if len(params) != len(columns):
        raise LookupError(f"{meta.label} has a column whose value is no single parameter of its INSERT.")
    plan = _Plan(sql, columns, [column.attname for column in meta.db_returning_fields])
    _plans[using, type(row)] = plan
    return plan
