"""A text index: which rows have certain words in some of their columns.

The database keeps it with every row that is written, so that nobody has to think of it: PostgreSQL as an index on an
expression, SQLite as an FTS5 table behind triggers. :mod:`deskhand.kit.search.keeping` makes them after each migration.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import BooleanField, F, Func, Model, QuerySet

from deskhand.kit.search.words import words_of

_all: list[TextIndex] = []


@dataclass(frozen=True)
class TextIndex:
    """The words of some text columns of a model. Declared once, beside the model; ``fields`` are never NULL."""

    model: type[Model]
    fields: tuple[str, ...]

    def __post_init__(self) -> None:
        _all.append(self)

    @property
    def table(self) -> str:
        return self.model._meta.db_table  # noqa: SLF001

    @property
    def columns(self) -> list[str]:
        return [str(self.model._meta.get_field(name).column) for name in self.fields]  # type: ignore[union-attr]  # noqa: SLF001

    @property
    def name(self) -> str:
        """Of what keeps the index; another one as soon as something else is kept."""
        kept = sha256(f"1 {self.table} {self.columns}".encode()).hexdigest()
        return f"{self.table}_text_{kept[:8]}"

    def newest(self, rows: QuerySet[Any], typed: str, *, most: int) -> QuerySet[Any]:
        """Those of ``rows`` in which every typed word, or one that begins with it, stands: the newest of them."""
        if not words_of(typed):
            return rows.none()
        return rows.filter(_HasWords(self, typed)).order_by("-pk")[:most]


def declared() -> list[TextIndex]:
    return list(_all)


class _HasWords(Func):
    """A condition; the first column is the key."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, index: TextIndex, typed: str) -> None:
        super().__init__(F("pk"), *[F(name) for name in index.fields])
        self._index, self._typed = index, typed

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        del connection, context
        columns = [compiler.compile(column)[0] for column in self.get_source_expressions()[1:]]
        query = " & ".join(f"'{_quoted(word)}':*" for word in words_of(self._typed))
        return f"{vector_of(columns)} @@ to_tsquery('simple', %s)", [query]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[str | int, ...]]:
        del connection, context
        key, table = compiler.compile(self.get_source_expressions()[0])[0], self._index.table
        query = " ".join('"{}"*'.format(word.replace('"', '""')) for word in words_of(self._typed))
        return f'{key} IN (SELECT rowid FROM "{table}_text" WHERE "{table}_text" MATCH %s)', (query,)  # noqa: S608


def vector_of(columns: list[str]) -> str:
    """What PostgreSQL keeps of the columns. Its parser takes no notice of HTML tags."""
    return "to_tsvector('simple', {})".format(" || ' ' || ".join(columns))


def _quoted(word: str) -> str:
    return word.replace("\\", "\\\\").replace("'", "''")
