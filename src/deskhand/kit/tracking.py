"""What changed of a record, in the words of the screen: for its conversation, which lower apps do not know.

A service looks before and after, and tells::

    before = Snapshot(contact, CHANGEABLE)
    ...
    publish(RecordChanged(contact, before.changes(), by=by, at=at))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, TextField
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class FieldChange:
    """One tracked change. Both texts empty: it is too long for a line; that it changed is said."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RecordChanged:
    """Somebody changed a record. ``by`` is their contact, None: the desk itself; ``text`` says in words what happened
    besides. With neither changes nor text nothing happened, and nobody is told.
    """

    record: Model
    changes: tuple[FieldChange, ...]
    by: Any
    at: datetime
    text: str = ""


class Snapshot:
    """The fields of a record as they were. Related records that are shown by name cost a query each, if not at hand."""

    def __init__(self, record: Model, names: Iterable[str]) -> None:
        self._record = record
        self._before = {name: (_value(record, name), _in_words(record, name)) for name in names}

    def changes(self) -> tuple[FieldChange, ...]:
        """What differs now, in the order of the fields."""
        changed = []
        for name, (value, words) in self._before.items():
            if _value(self._record, name) != value:
                label = str(getattr(self._record._meta.get_field(name), "verbose_name", name))  # noqa: SLF001
                changed.append(FieldChange(name, _capitalized(label), words, _in_words(self._record, name)))
        return tuple(changed)


def listed_change(field: str, label: str, old: Iterable[object], new: Iterable[object]) -> tuple[FieldChange, ...]:
    """The change of a list of names, such as tags; none if it is the same list."""
    before, after = (", ".join(str(one) for one in group) for group in (old, new))
    return () if before == after else (FieldChange(field, label, before, after),)


def _value(record: Model, name: str) -> Any:
    return getattr(record, record._meta.get_field(name).attname)  # type: ignore[union-attr]  # noqa: SLF001


def _in_words(record: Model, name: str) -> str:
    field = record._meta.get_field(name)  # noqa: SLF001
    if isinstance(field, TextField):
        return ""
    shown = getattr(record, f"get_{name}_display", None)
    value = shown() if shown else getattr(record, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "" if value is None else str(value)


def _capitalized(label: str) -> str:
    return label[:1].upper() + label[1:]
