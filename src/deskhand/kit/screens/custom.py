"""The pop-up in which a custom filter is put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from deskhand.kit.screens.conditions import (
    LONGEST_VALUE,
    MOST_CONDITIONS,
    OPERATORS,
    WITHOUT_VALUE,
    WORDS,
    Condition,
    CustomFilter,
)
from deskhand.kit.screens.fields import MOST_OFFERED, KnownField

#: The values of a field that are offered to choose from, so many at most.
Offer = Callable[[KnownField, int], list[tuple[str, str]]]
Control = Literal["none", "text", "number", "date", "select"]


@dataclass(frozen=True)
class ConditionForm:
    """One line: field, operator, value."""

    condition: Condition
    fields: Mapping[str, KnownField]
    offer: Offer
    error: str = ""

    @classmethod
    def of(cls, data: QueryDict, fields: Mapping[str, KnownField], offer: Offer) -> Self:
        """The line whose field or operator was just chosen; what does not fit to it any more is left out."""
        return cls(
            _fitting(data.get("field", ""), data.get("operator", ""), data.get("value", ""), fields), fields, offer
        )

    @property
    def field(self) -> KnownField:
        return self.fields[self.condition.field]

    @property
    def field_choices(self) -> list[tuple[str, str, bool]]:
        named = sorted(self.fields.values(), key=lambda field: field.label.casefold())
        return [(field.key, field.label, field.key == self.condition.field) for field in named]

    @property
    def operator_choices(self) -> list[tuple[str, str, bool]]:
        return [(one, str(WORDS[one]), one == self.condition.operator) for one in OPERATORS[self.field.kind]]

    @property
    def control(self) -> Control:
        """What the value is typed into, or chosen with."""
        operator, kind = self.condition.operator, self.field.kind
        if operator in WITHOUT_VALUE:
            return "none"
        if operator in {"on", "before", "after"}:
            return "date"
        if operator == "last" or kind == "number":
            return "number"
        is_chosen = kind in {"choice", "code", "flag"} or (kind in {"link", "links"} and operator in {"is", "isnt"})
        return "select" if is_chosen else "text"

    @property
    def value_choices(self) -> list[tuple[str, str, bool]]:
        """One query for links and codes."""
        if self.control != "select":
            return []
        chosen = self.condition.value
        return [(value, name, value == chosen) for value, name in self.offer(self.field, MOST_OFFERED)]


class CustomFilterForm:
    """Some lines, and whether all of them must hold or any."""

    def __init__(self, data: QueryDict, fields: Mapping[str, KnownField], offer: Offer) -> None:
        self.match: Literal["all", "any"] = "any" if data.get("match") == "any" else "all"
        typed = zip(data.getlist("field"), data.getlist("operator"), data.getlist("value"), strict=False)
        lines = [_fitting(*line, fields) for line in list(typed)[:MOST_CONDITIONS]]
        self._fields = fields
        self.conditions: Sequence[ConditionForm] = [
            ConditionForm(line, fields, offer, error="" if line.makes_sense(fields[line.field]) else _mistake(line))
            for line in lines
        ]

    @classmethod
    def empty(cls, fields: Mapping[str, KnownField], offer: Offer) -> Self:
        form = cls(QueryDict(), fields, offer)
        form.conditions = [ConditionForm(_fitting("", "", "", fields), fields, offer)]
        return form

    def custom_filter(self) -> CustomFilter | None:
        """The filter; None: a line needs another value, and says so."""
        if not self.conditions or any(line.error for line in self.conditions):
            return None
        return CustomFilter(self.match, tuple(line.condition for line in self.conditions))


def _fitting(field: str, operator: str, value: str, fields: Mapping[str, KnownField]) -> Condition:
    field = field if field in fields else min(fields.values(), key=lambda known: known.label.casefold()).key
    operators = OPERATORS[fields[field].kind]
    operator = operator if operator in operators else operators[0]
    value = "" if operator in WITHOUT_VALUE else value.replace("\0", "").strip()[:LONGEST_VALUE]
    return Condition(field, operator, value)


def _mistake(line: Condition) -> str:
    if line.operator in {"on", "before", "after"}:
        return _("Choose a day.")
    return _("Enter a number.") if line.operator in {"last", "gt", "lt"} else _("Enter what to look for.")
