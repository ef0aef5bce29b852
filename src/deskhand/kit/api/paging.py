"""Parts of a list that stay true while rows come and go: each begins after the last row of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext as _

from deskhand.kit.api.problems import invalid
from deskhand.kit.screens.choosing import field_of

_SALT = "deskhand.api.cursor"


@dataclass(frozen=True)
class Step:
    """One expression of an order. Rows without a value stand first, and last the other way round, in any database."""

    path: str
    downwards: bool
    may_be_empty: bool

    def ordering(self) -> Any:
        if not self.may_be_empty:
            return F(self.path).desc() if self.downwards else F(self.path).asc()
        return F(self.path).desc(nulls_last=True) if self.downwards else F(self.path).asc(nulls_first=True)

    def same(self, value: Any) -> Q:
        return Q((f"{self.path}__isnull", True)) if value is None else Q((self.path, value))

    def beyond(self, value: Any) -> Q | None:
        """Rows that come later by this alone; None: there are none."""
        if value is None:
            return None if self.downwards else Q((f"{self.path}__isnull", False))
        later = Q((f"{self.path}__{'lt' if self.downwards else 'gt'}", value))
        return later | Q((f"{self.path}__isnull", True)) if self.downwards and self.may_be_empty else later


class Order:
    """A complete order of a model's rows, and the places in it."""

    def __init__(self, model: type[Model], paths: Sequence[str]) -> None:
        self.model = model
        self.steps = list({_bare(path): _step(model, path) for path in reversed(paths)}.values())[::-1]

    def part(self, rows: QuerySet[Any], *, cursor: str, limit: int) -> tuple[list[Any], str]:
        """The rows after a cursor (empty: from the beginning), and the cursor of what follows (empty: nothing does).

        One query, whatever lies before.

        :raises InvalidValues: we have not made this cursor, or for another order.
        """
        ordered = rows.order_by(*(step.ordering() for step in self.steps))
        if cursor:
            ordered = ordered.filter(self._after(self._values(cursor)))
        found = list(ordered[: limit + 1])
        if len(found) <= limit:
            return found, ""
        return found[:limit], self._cursor(found[limit - 1])

    def _after(self, values: Sequence[Any]) -> Q:
        ways = []
        for index, (step, value) in enumerate(zip(self.steps, values, strict=True)):
            later = step.beyond(value)
            if later is not None:
                before = [known.same(values[place]) for place, known in enumerate(self.steps[:index])]
                ways.append(reduce(and_, [*before, later]))
        return reduce(or_, ways, Q(pk__in=[]))

    def _cursor(self, record: Any) -> str:
        values = [_written(_follow(record, step.path)) for step in self.steps]
        return signing.dumps(values, salt=f"{_SALT}.{self._name}")

    def _values(self, cursor: str) -> list[Any]:
        try:
            written = signing.loads(cursor, salt=f"{_SALT}.{self._name}")
            return [_read(self.model, step.path, value) for step, value in zip(self.steps, written, strict=True)]
        except (signing.BadSignature, ValueError, ValidationError) as error:
            detail = _("This cursor does not belong to this list. Begin again without it.")
            raise invalid("cursor", detail, code="invalid_cursor") from error

    @property
    def _name(self) -> str:
        return ",".join(f"{'-' if step.downwards else ''}{step.path}" for step in self.steps)


def _bare(path: str) -> str:
    bare = path.removeprefix("-")
    return "pk" if bare == "id" else bare


def _step(model: type[Model], path: str) -> Step:
    *joins, _last = _bare(path).split(LOOKUP_SEP)
    fields = [_field(model, LOOKUP_SEP.join(joins[: count + 1])) for count in range(len(joins))]
    fields.append(_field(model, _bare(path)))
    return Step(_bare(path), path.startswith("-"), may_be_empty=any(field.null for field in fields))


def _field(model: type[Model], path: str) -> Any:
    if path == "pk":
        return model._meta.pk  # noqa: SLF001
    found = field_of(model, path)
    if found is None:
        raise LookupError(f"{model.__name__} has no {path} to be sorted by.")
    return found


def _follow(record: Any, path: str) -> Any:
    for name in path.split(LOOKUP_SEP):
        record = getattr(record, name) if record is not None else None
    return record.pk if isinstance(record, Model) else record


def _written(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _read(model: type[Model], path: str, value: Any) -> Any:
    field = _field(model, path)
    return None if value is None else getattr(field, "target_field", field).to_python(value)
