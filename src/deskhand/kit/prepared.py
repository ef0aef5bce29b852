"""Queries whose SQL is made once.

To make the SQL of a query with a few joins takes Django longer than PostgreSQL takes to answer it. What every page asks
is written as a function that returns a queryset, and the SQL of its first call serves all that follow::

    @prepared
    def _stages_of(team: int, *, content_type: int) -> QuerySet[Stage]:
        return Stage.objects.filter(teams=team).order_by("position")

    stages = _stages_of(team.pk)  # a list

Whatever differs between calls has to be an argument: the function runs once for each shape of its arguments, with
stand-ins in the place of their values.

========================  =============================================================================================
argument                  is
========================  =============================================================================================
int, str, datetime        a value, put into the SQL's parameters at each call
list or tuple of these    as many values; padded with its last one, so that few lengths have to be made
dataclass                 its fields, each by this table
queryset                  used as it is: the SQL is made for this call alone
anything else             part of the shape: another value is another query (None, bool, an enum, a frozenset)
========================  =============================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import update_wrapper, wraps
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_migrate
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
Row = TypeVar("Row")

#: Stand-ins: nobody's ids, words and moments. They fit into the smallest column that has such values.
_FIRST_INT = 2_147_000_000
_LARGEST_INT = 2**63 - 1
_FIRST_MOMENT = datetime(2999, 1, 1, tzinfo=UTC)
_MARK = "\ue000"
#: What is left of a stand-in that was changed or written into the SQL: the query would ask for it for ever.
_TRACES = re.compile(rf"{_FIRST_INT // 1000}\d\d\d|{_FIRST_MOMENT.year}-|{_MARK}")


def prepared(make: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Makes a function that returns a queryset into one that returns its rows. The SQL is made once for each shape."""
    return cast("Callable[P, list[Row]]", update_wrapper(Prepared(make), make))


_remembered: ContextVar[dict[Any, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, a :func:`steady` question is asked once: for a batch of work that is done within a second."""
    before = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(before)


def forget_remembered() -> None:
    """Ask again: something does not fit together, so a setting has changed meanwhile."""
    if (known := _remembered.get()) is not None:
        known.clear()


def steady(ask: Callable[P, Row]) -> Callable[P, Row]:
    """For questions about settings, which no work of the batch changes. Arguments are ids, words, or lists of them."""

    @wraps(ask)
    def asked_once(*args: P.args, **kwargs: P.kwargs) -> Row:
        known = _remembered.get()
        if known is None:
            return ask(*args, **kwargs)
        key = ask, repr(args), repr(kwargs)
        if key not in known:
            known[key] = ask(*args, **kwargs)
        return cast("Row", known[key])

    return asked_once


class Prepared(Generic[Row]):
    """A query, with a plan for each shape of arguments that it was asked with."""

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        self._make = make
        self._plans: dict[Any, _Plan | None] = {}
        # Migrations change columns, and the ids of content types when a database is emptied.
        post_migrate.connect(self._forget, weak=False)

    def __call__(self, *args: Any) -> list[Row]:
        """:raises LookupError: a value changes on its way into the SQL, or is written into it (a slice)."""
        if any(isinstance(arg, QuerySet) for arg in args):
            return list(self._make(*args))
        values: list[Any] = []
        shape = tuple([_shape(arg, values) for arg in args])
        if any(type(value) is int and abs(value) > _LARGEST_INT for value in values):
            return list(self._make(*args))  # no column holds it, as Django knows when it sees the value
        try:
            plan = self._plans[shape]
        except KeyError:
            plan = self._plans[shape] = self._plan(args)
        return plan.rows(values) if plan else []

    def _forget(self, **_: Any) -> None:
        self._plans.clear()

    def _plan(self, args: Sequence[Any]) -> _Plan | None:
        stand_ins = _StandIns()
        queryset = self._make(*[stand_ins.of(arg) for arg in args])
        try:
            return _Plan(queryset, stand_ins.made)
        except EmptyResultSet:
            return None


def _shape(arg: Any, values: list[Any]) -> Any:
    """What of an argument decides about the SQL. Its values are added to ``values``."""
    kind = type(arg)
    if kind is int or kind is str or kind is datetime:
        values.append(arg)
        return kind
    if kind is list or kind is tuple:
        return kind, tuple([_shape(one, values) for one in _padded(arg)])
    if is_dataclass(arg):
        return kind, tuple([_shape(getattr(arg, field.name), values) for field in fields(arg)])
    return arg


def _padded(values: list[Any] | tuple[Any, ...]) -> list[Any]:
    """To a power of two, so that few lengths have to be made; an empty one stays empty."""
    size = 1 << (len(values) - 1).bit_length() if values else 0
    return [*values, *list(values[-1:]) * (size - len(values))]


class _StandIns:
    """Gives out a value for each that an argument has, recognizable in the parameters of the SQL."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    def of(self, arg: Any) -> Any:
        kind = type(arg)
        if kind is int or kind is str or kind is datetime:
            self.made.append(self._new(kind))
            return self.made[-1]
        if kind is list or kind is tuple:
            return kind(self.of(one) for one in _padded(arg))
        if is_dataclass(arg):
            return replace(cast(Any, arg), **{field.name: self.of(getattr(arg, field.name)) for field in fields(arg)})
        return arg

    def _new(self, kind: type) -> Any:
        number = len(self.made)
        if kind is int:
            return _FIRST_INT + number
        return f"{_MARK}{number}{_MARK}" if kind is str else _FIRST_MOMENT + timedelta(days=number)


class _Plan:
    """The SQL of a query, where its values go, and how its rows become what the queryset would have given."""

    def __init__(self, queryset: QuerySet[Any, Any], stand_ins: list[Any]) -> None:
        self._database = queryset.db
        compiler = queryset.query.get_compiler(using=queryset.db)
        self._sql, params = compiler.as_sql()
        if _TRACES.search(self._sql):
            raise LookupError(f"A value of a prepared query stands in its SQL, not among its parameters: {self._sql}")
        self._params, self._slots = _slots(params, stand_ins, connections[queryset.db])
        self._converters = list(compiler.get_converters([column[0] for column in compiler.select]).items())
        self._read = _reader(queryset, compiler)
        self._prefetches = cast(Any, queryset)._prefetch_related_lookups  # noqa: SLF001

    def rows(self, values: list[Any]) -> list[Any]:
        connection = connections[self._database]
        params = self._params.copy()
        for place, slot, adapt in self._slots:
            params[place] = adapt(values[slot]) if adapt else values[slot]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            rows = cursor.fetchall()
        found = self._read(self._converted(rows, connection))
        if self._prefetches and found:
            prefetch_related_objects(found, *self._prefetches)
        return found

    def _converted(self, rows: list[Any], connection: Any) -> list[Any]:
        if not self._converters:
            return rows
        rows = [list(row) for row in rows]
        for place, (converters, expression) in self._converters:
            for row in rows:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
        return rows


_Adapt = Callable[[Any], Any]
_Slot = tuple[int, int, _Adapt | None]


def _slots(params: Sequence[Any], stand_ins: list[Any], connection: Any) -> tuple[list[Any], list[_Slot]]:
    """The parameters, and which of them (place) get which value (slot), made fit for the database first."""
    moments = connection.ops.adapt_datetimefield_value
    adapts = [moments if isinstance(one, datetime) else None for one in stand_ins]
    stood_in = zip(stand_ins, adapts, strict=True)
    slot_of = {adapt(one) if adapt else one: slot for slot, (one, adapt) in enumerate(stood_in)}
    slots: list[_Slot] = []
    for place, param in enumerate(params):
        if isinstance(param, Hashable) and param in slot_of:
            slots.append((place, slot_of[param], adapts[slot_of[param]]))
        elif _TRACES.search(str(param)):
            raise LookupError(f"A value of a prepared query changes on its way into the SQL: {param!r}.")
    return list(params), slots


_Read = Callable[[list[Any]], list[Any]]


def _reader(queryset: QuerySet[Any, Any], compiler: SQLCompiler) -> _Read:
    """What makes of rows what the queryset gives: models with what was joined, tuples, or single values."""
    kind = queryset._iterable_class  # noqa: SLF001
    if kind is FlatValuesListIterable:
        return lambda rows: [row[0] for row in rows]
    if kind is ValuesListIterable:
        width = compiler.col_count  # what the order needs besides comes after it
        return lambda rows: [tuple(row[:width]) for row in rows]
    if kind is not ModelIterable:
        raise LookupError("A prepared query gives models or lists of values.")
    return _model_reader(queryset.db, compiler)


def _model_reader(database: str, compiler: SQLCompiler) -> _Read:
    info: Any = compiler.klass_info
    columns = info["select_fields"]
    start, end = columns[0], columns[-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    make = info["model"].from_db
    joined = get_related_populators(info, compiler.select, database)  # type: ignore[call-arg]
    annotations = list((compiler.annotation_col_map or {}).items())

    def read(row: Any) -> Any:
        found = make(database, names, row[start:end])
        for related in joined:
            related.populate(row, found)
        for name, place in annotations:
            setattr(found, name, row[place])
        return found

    return lambda rows: [read(row) for row in rows]
