"""Makes what keeps the text indexes, after each migration: a table that was made anew has lost it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from deskhand.kit.search.indexes import TextIndex, declared, vector_of
from deskhand.kit.search.words import plain

#: A function of every SQLite connection: the triggers call it.
_PLAIN = "deskhand_plain"


def start() -> None:
    connection_created.connect(_teach, dispatch_uid="search.teach")
    post_migrate.connect(_keep_all, dispatch_uid="search.keep")


def _teach(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function(_PLAIN, 1, plain, deterministic=True)


def _keep_all(sender: AppConfig, using: str, **_: Any) -> None:
    connection = connections[using]
    own = [index for index in declared() if index.model._meta.app_label == sender.label]  # noqa: SLF001
    if not own:
        return
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for index in own:
            if index.table not in tables:  # migrated back to before it was there
                continue
            statements = (
                _in_postgresql(index, cursor) if connection.vendor == "postgresql" else _in_sqlite(index, cursor)
            )
            for statement in statements:
                cursor.execute(statement)


def _in_postgresql(index: TextIndex, cursor: Any) -> list[str]:
    cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [index.table])
    there = [name for (name,) in cursor.fetchall() if name.startswith(f"{index.table}_text_")]
    if there == [index.name]:
        return []
    vector = vector_of([f'"{column}"' for column in index.columns])
    outdated = [f'DROP INDEX "{name}"' for name in there]
    return [*outdated, f'CREATE INDEX "{index.name}" ON "{index.table}" USING gin (({vector}))']


def _in_sqlite(index: TextIndex, cursor: Any) -> list[str]:
    """An FTS5 table that holds no text itself, and triggers that fill it. Looks for words without accents as well."""
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [index.table])
    there = {name for (name,) in cursor.fetchall() if name.startswith(f"{index.table}_text_")}
    triggers = {f"{index.name}_{moment}": moment for moment in ("insert", "delete", "update")}
    if there == set(triggers):
        return []
    text = f"{index.table}_text"
    return [
        *[f'DROP TRIGGER "{name}"' for name in there],
        f'DROP TABLE IF EXISTS "{text}"',
        f"CREATE VIRTUAL TABLE \"{text}\" USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')",
        f'INSERT INTO "{text}" (rowid, words) SELECT id, {_words_in("", index)} FROM "{index.table}"',  # noqa: S608
        *[_trigger(name, moment, index) for name, moment in triggers.items()],
    ]


def _trigger(name: str, moment: str, index: TextIndex) -> str:
    text = f"{index.table}_text"
    forget = (
        f'INSERT INTO "{text}" ("{text}", rowid, words) '  # noqa: S608
        f"VALUES ('delete', old.id, {_words_in('old.', index)});"
    )
    learn = f'INSERT INTO "{text}" (rowid, words) VALUES (new.id, {_words_in("new.", index)});'  # noqa: S608
    columns = ", ".join(f'"{column}"' for column in index.columns)
    when = f"AFTER UPDATE OF {columns}" if moment == "update" else f"AFTER {moment.upper()}"
    steps = {"insert": learn, "delete": forget, "update": forget + learn}[moment]
    return f'CREATE TRIGGER "{name}" {when} ON "{index.table}" BEGIN {steps} END'


def _words_in(row: str, index: TextIndex) -> str:
    whole = " || ' ' || ".join(f'{row}"{column}"' for column in index.columns)
    return f"{_PLAIN}({whole})"
