"""One row, changed by SQL that is made once: what every mail notes about itself.

To make it again each time takes Django longer than PostgreSQL takes to change the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any, cast

from django.db import connections, router
from django.db.models import Model
from django.db.models.sql import UpdateQuery

_statements: dict[Any, str] = {}


def update(row: Model, values: Mapping[str, Any], **where: Any) -> bool:
    """Change columns of a stored row, as ``filter(pk=row.pk, **where).update(**values)`` does; the object stays as it
    is. Values are values, not expressions; what a row belongs to is named by its id. False: no such row, or it does not
    fit ``where``. One statement.
    """
    using, meta = router.db_for_write(type(row)), cast(Any, row._meta)  # noqa: SLF001
    fit = {meta.pk.name: row.pk, **where}
    shape = using, type(row), _shape(values), _shape(fit)
    sql = _statements.get(shape) or _statements.setdefault(shape, _statement(type(row), values, fit, using))
    params = [
        meta.get_field(name).get_db_prep_save(value, connections[using])
        for name, value in chain(values.items(), fit.items())
        if value is not None
    ]
    with connections[using].cursor() as cursor:
        cursor.execute(sql, params)
        return bool(cursor.rowcount)


def _shape(values: Mapping[str, Any]) -> tuple[tuple[str, bool], ...]:
    """What decides about the SQL: names, and which values are NULL, for that is written into it."""
    return tuple([(name, value is None) for name, value in values.items()])


def _statement(model: type[Model], values: Mapping[str, Any], where: Mapping[str, Any], using: str) -> str:
    rows = model._default_manager.order_by()  # noqa: SLF001
    for name, value in where.items():  # one by one: together they would be sorted
        rows = rows.filter(**{name: value})
    query = cast(UpdateQuery, rows.query.chain(UpdateQuery))
    query.add_update_values(dict(values))
    sql, params = query.get_compiler(using).as_sql()
    if len(params) != sum(value is not None for value in (*values.values(), *where.values())):
        raise LookupError(f"A value of this UPDATE is no single parameter: {sql}")
    return str(sql)
