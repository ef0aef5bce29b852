"""Rows from lines of JSON into a database that has the tables of the moment in which they were written."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import IO, Any

from django.apps.registry import Apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from deskhand.base.companies.public import LastNumber, go_on_from
from deskhand.config.copies.archives import Damaged, Manifest
from deskhand.config.copies.dumping import tables
from deskhand.kit.work.models import WorkItem, WorkState

#: What all databases take in one statement.
_MOST_VALUES, _MOST_ROWS = 900, 500

Converter = Callable[[Any], Any]


def is_newer(manifest: Manifest) -> bool:
    """Whether it was made by a version that has migrations which this one does not know."""
    known = MigrationExecutor(None).loader.disk_migrations
    return any((app, name) not in known for app, name in manifest.migrations)


def fill(lines: IO[bytes], manifest: Manifest) -> None:
    """Make the tables as they were, fill them, and bring them up to date. The database has no tables before.

    :raises Damaged: rows are not as the manifest says, or refer to rows that are not there.
    """
    executor = MigrationExecutor(connection, progress_callback=_settle)
    targets = [(app, name) for app, name in manifest.migrations]
    executor.migrate(targets)
    numbers = _load(lines, executor.loader.project_state(targets).apps, manifest)
    _bring_up_to_date()
    go_on_from(numbers)
    _let_work_be_taken_up()


def _bring_up_to_date() -> None:
    executor = MigrationExecutor(connection, progress_callback=_settle)
    executor.migrate(executor.loader.graph.leaf_nodes())
    # Nothing is left to apply; this makes what is made after each migration (text indexes, kinds of records).
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def _settle(action: str, *_: Any) -> None:
    """PostgreSQL changes no table as long as references to its rows wait to be checked."""
    if action == "apply_success" and connection.in_atomic_block:
        connection.check_constraints()


@transaction.atomic
def _load(lines: IO[bytes], state: Apps, manifest: Manifest) -> list[LastNumber]:
    for model in state.get_models(include_auto_created=True):  # what migrations have put there
        model._base_manager.all()._raw_delete(connection.alias)  # noqa: SLF001
    counts: dict[str, int] = {}
    numbers: list[LastNumber] | None = None
    columns: _Columns | None = None
    rows: list[list[Any]] = []
    for line in map(json.loads, lines):
        if isinstance(line, list) and columns:
            rows.append(line)
            if len(rows) >= columns.at_once:
                columns.insert(rows)
                rows = []
            counts[columns.name] = counts.get(columns.name, 0) + 1
            continue
        if columns and rows:
            columns.insert(rows)
            rows = []
        if "numbers" in line:
            numbers = [LastNumber(**number) for number in line["numbers"]]
        else:
            columns = _Columns(state.get_model(line["model"]), line["columns"])
    if numbers is None or counts != manifest.counts:
        raise Damaged("The backup is damaged: it has other rows than it says.")
    _reset_sequences(state)
    connection.check_constraints()
    return numbers


class _Columns:
    """Some columns of a table, and how what stands in a line becomes what stands in them."""

    def __init__(self, model: type[models.Model], names: list[str]) -> None:
        self.name = model._meta.label_lower  # noqa: SLF001
        self._model = model
        by_name = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
        self._fields = [by_name[name] for name in names]
        self._converters = [_converter(field) for field in self._fields]
        self.at_once = max(1, min(_MOST_ROWS, _MOST_VALUES // len(names)))

    def insert(self, rows: list[list[Any]]) -> None:
        made = [self._made(row) for row in rows]
        # As they are: no moment of a change is written anew.
        self._model._base_manager._insert(  # type: ignore[attr-defined]  # noqa: SLF001
            made, fields=self._fields, using=connection.alias, raw=True
        )

    def _made(self, row: list[Any]) -> models.Model:
        made = self._model()
        for field, converter, value in zip(self._fields, self._converters, row, strict=True):
            setattr(made, field.attname, value if value is None else converter(value))
        return made


def _converter(field: models.Field[Any, Any]) -> Converter:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.BinaryField):
        return b64decode
    if isinstance(field, models.DurationField):
        return lambda seconds: timedelta(seconds=seconds)
    return _as_it_is if isinstance(field, models.JSONField) else field.to_python


def _as_it_is(value: Any) -> Any:
    return value


def _reset_sequences(state: Apps) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(state.get_models())):
            cursor.execute(statement)


def _let_work_be_taken_up() -> None:
    """Whoever did it when the copy was made does it no longer."""
    for model in tables():
        if issubclass(model, WorkItem):
            working = model._base_manager.filter(state=WorkState.WORKING)  # noqa: SLF001
            working.update(state=WorkState.WAITING, claimed_at=None)


def hold_back_mail() -> int:
    """Mails and deliveries that wait are not sent by themselves: people can have each of them sent from its page."""
    return sum(
        model._base_manager.filter(state=WorkState.WAITING).update(  # noqa: SLF001
            state=WorkState.FAILED, last_error="Held back when a backup was restored."
        )
        for model in tables()
        if model._meta.label in {"mail.OutgoingMail", "webhooks.Delivery"}  # noqa: SLF001
    )


def wipe_postgresql() -> None:
    """Remove Deskhand's tables and sequences; another's in the same database stay."""
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
        ours = {model._meta.db_table for model in tables()} | {"django_migrations"}  # noqa: SLF001
        for name in _quoted(ours.intersection(there)):
            cursor.execute(f"DROP TABLE {name} CASCADE")
        cursor.execute(
            "SELECT sequencename FROM pg_sequences"
            " WHERE schemaname = current_schema() AND starts_with(sequencename, 'companies_numbers_')"
        )
        for name in _quoted(name for (name,) in cursor.fetchall()):
            cursor.execute(f"DROP SEQUENCE {name}")


def _quoted(names: Iterable[str]) -> Iterator[str]:
    return map(connection.ops.quote_name, sorted(names))
