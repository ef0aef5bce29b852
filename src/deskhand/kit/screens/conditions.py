"""Custom filters: conditions that a person puts together, any or all of which must hold.

In an address: ``where=all&title.contains=oven&created.after=2026-11-01``, encoded once more, as it is one value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deskhand.kit.screens.fields import NOTHING, Kind, KnownField, number_of
from deskhand.kit.screens.periods import read_period, start_of, today

Match = Literal["all", "any"]
#: More conditions than a person would put together keep the database busy.
MOST_CONDITIONS = 10
LONGEST_VALUE = 200

#: Operator → its words. ``set`` and ``unset`` take no value.
WORDS: Mapping[str, Any] = {
    "contains": _("contains"),
    "lacks": _("does not contain"),
    "starts": _("starts with"),
    "is": _("is"),
    "isnt": _("is not"),
    "gt": _("is greater than"),
    "lt": _("is less than"),
    "on": _("is in"),
    "before": _("is before"),
    "after": _("is after"),
    "last": _("is within the last days:"),
    "set": _("has a value"),
    "unset": _("has no value"),
}
WITHOUT_VALUE = frozenset({"set", "unset"})
_TEXT = ("contains", "lacks", "is", "isnt", "starts", "set", "unset")
_CHOICE = ("is", "isnt", "set", "unset")
_LINK = ("is", "isnt", "contains", "lacks", "set", "unset")
_TIME = ("on", "before", "after", "last", "set", "unset")
OPERATORS: Mapping[Kind, tuple[str, ...]] = {
    "text": _TEXT,
    "choice": _CHOICE,
    "code": _CHOICE,
    "number": ("is", "isnt", "gt", "lt", "set", "unset"),
    "flag": ("is",),
    "link": _LINK,
    "links": _LINK,
    "moment": _TIME,
    "day": _TIME,
}


@dataclass(frozen=True)
class Condition:
    """A field, an operator, and the value as it stands in an address."""

    field: str
    operator: str
    value: str = ""

    def allows(self, field: KnownField) -> bool:
        """Whether a field can be asked this at all."""
        return self.operator in OPERATORS[field.kind]

    def makes_sense(self, field: KnownField) -> bool:
        """Whether the value is one that the field can be compared with."""
        if self.operator in WITHOUT_VALUE:
            return True
        if self.operator == "last":
            return _days(self.value) is not None
        if self.operator in {"on", "before", "after"}:
            return read_period(self.value) is not None
        return bool(self.value) and (_is_text(self, field) or field.python_value(self.value) is not None)

    def where(self, field: KnownField) -> Q:
        """As a condition on rows; what makes no sense is true of none."""
        return _WHERE[self.operator](field, self.value) if self.makes_sense(field) else NOTHING

    def pair(self) -> tuple[str, str]:
        return f"{self.field}.{self.operator}", self.value


@dataclass(frozen=True)
class CustomFilter:
    """Conditions of which all must hold, or any."""

    match: Match
    conditions: tuple[Condition, ...]

    @classmethod
    def read(cls, text: str, fields: Mapping[str, KnownField]) -> Self | None:
        """From an address. What these fields cannot be asked is left out; None: nothing is left."""
        pairs = parse_qsl(text[:4000], keep_blank_values=True)
        read = [_condition(name, value) for name, value in pairs[: MOST_CONDITIONS + 1] if "." in name]
        asked = tuple(one for one in read if one.field in fields and one.allows(fields[one.field]))
        match: Match = "any" if pairs[:1] == [("any", "")] else "all"
        return cls(match, asked) if asked else None

    def __str__(self) -> str:
        pairs = urlencode([condition.pair() for condition in self.conditions])
        return f"{self.match}&{pairs}"

    def where(self, fields: Mapping[str, KnownField]) -> Q:
        conditions = [condition.where(fields[condition.field]) for condition in self.conditions]
        return reduce(or_ if self.match == "any" else and_, conditions)


def containing(field: KnownField, texts: Iterable[str]) -> Q:
    """That a field contains one of the texts: what *Search Title for: oven* finds."""
    return reduce(or_, (_WHERE["contains"](field, text) for text in texts), NOTHING)


def _condition(name: str, value: str) -> Condition:
    field, _dot, operator = name.rpartition(".")
    return Condition(field, operator, value.replace("\0", "").strip()[:LONGEST_VALUE])


def _is_text(condition: Condition, field: KnownField) -> bool:
    return condition.operator in {"contains", "lacks", "starts"} or field.kind == "text"


def _days(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else None


def _text_path(field: KnownField) -> str:
    return f"{field.path}__{field.name_path}" if field.kind in {"link", "links"} else field.path


def _contains(field: KnownField, value: str) -> Q:
    return field.once(Q((f"{_text_path(field)}__icontains", value)))


def _is(field: KnownField, value: str) -> Q:
    if field.kind == "text":
        return Q((f"{field.path}__iexact", value))
    if field.kind == "number":
        return Q((field.path, number_of(value)))
    return field.condition([value])


def _in_time(field: KnownField, name: str, day: date) -> Q:
    return Q((f"{field.path}__{name}", start_of(day, is_moment=field.kind == "moment")))


def _before(field: KnownField, value: str) -> Q:
    period = read_period(value)
    return _in_time(field, "lt", period.first) if period else NOTHING


def _after(field: KnownField, value: str) -> Q:
    period = read_period(value)
    return _in_time(field, "gte", period.after) if period else NOTHING


def _last(field: KnownField, value: str) -> Q:
    return _in_time(field, "gte", today() - timedelta(days=_days(value) or 0))


def _compared(name: str) -> Callable[[KnownField, str], Q]:
    return lambda field, value: Q((f"{field.path}__{name}", number_of(value)))


_WHERE: Mapping[str, Callable[[KnownField, str], Q]] = {
    "contains": _contains,
    "lacks": lambda field, value: ~_contains(field, value),
    "starts": lambda field, value: Q((f"{field.path}__istartswith", value)),
    "is": _is,
    "isnt": lambda field, value: ~_is(field, value),
    "gt": _compared("gt"),
    "lt": _compared("lt"),
    "on": lambda field, value: field.condition([value]),
    "before": _before,
    "after": _after,
    "last": _last,
    "set": lambda field, _value: ~field.once(field.empty_condition()),
    "unset": lambda field, _value: field.once(field.empty_condition()),
}
