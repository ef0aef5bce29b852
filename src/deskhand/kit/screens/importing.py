"""How a screen takes rows of a file: its fields, by what records are recognised, and the services that write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from deskhand.kit.screens.actions import Doing

#: More choices than these are not listed in a sentence.
_MOST_NAMED = 12

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Importer:
    """``fields``: for a user, the fields that a file may fill, each with a label; ``required`` holds for new records.

    ``create`` and ``update`` each make one service call; ``update`` gets only what the file has a column for.
    ``keys``: the fields by which a record may be recognised, ``paths`` where their values lie, if not in the attributes
    of these names.
    ``examples``: a row of the template.
    """

    fields: Callable[[Any], Mapping[str, forms.Field]]
    create: Callable[[Values, Doing], Any]
    update: Callable[[Any, Values, Doing], Any]
    keys: Sequence[str] = ()
    paths: Mapping[str, str] | None = None
    examples: Mapping[str, str] | None = None

    def path_of(self, key: str) -> str:
        return (self.paths or {}).get(key, key)


class NamedField(forms.Field):
    """A record, by its name as a person writes it. Each name is looked for once."""

    def __init__(self, find: Callable[[str], QuerySet[Any]], **options: Any) -> None:
        super().__init__(**options)
        self._find = find
        self._found: dict[str, Any] = {}

    def to_python(self, value: Any) -> Any:
        name = str(value or "").strip()
        if not name:
            return None
        if name.casefold() not in self._found:
            self._found[name.casefold()] = self._one(name)
        return self._found[name.casefold()]

    def _one(self, name: str) -> Any:
        found = list(self._find(name)[:2])
        if not found:
            raise ValidationError(_("There is no “%(name)s”.") % {"name": name})
        if len(found) > 1:
            raise ValidationError(_("There is more than one “%(name)s”.") % {"name": name})
        return found[0]


class ManyNamedField(NamedField):
    """Several records, by their names with commas between them."""

    def to_python(self, value: Any) -> list[Any]:
        names = [name for part in str(value or "").split(",") if (name := part.strip())]
        return [super(ManyNamedField, self).to_python(name) for name in names]

    def validate(self, value: Any) -> None:
        """Nothing is allowed."""


class LabelledField(forms.Field):
    """One of some choices, by the label as it is exported, or by its code."""

    def __init__(self, choices: Callable[[], Sequence[tuple[Any, Any]]], **options: Any) -> None:
        super().__init__(**options)
        self._choices = choices

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip().casefold()
        if not text:
            return self.initial if self.initial is not None else ""
        for code, label in self._choices():
            if text in {str(code).casefold(), str(label).casefold()}:
                return code
        labels = [str(label) for _code, label in self._choices()]
        if len(labels) > _MOST_NAMED:
            raise ValidationError(_("“%(text)s” is not known here.") % {"text": value})
        raise ValidationError(_("“%(text)s” is none of: %(names)s.") % {"text": value, "names": ", ".join(labels)})


class YesNoField(forms.Field):
    """*Yes* or *no*, in the reader's language or in English; nothing is no."""

    def to_python(self, value: Any) -> bool:
        text = str(value or "").strip().casefold()
        if text in {"yes", "true", "1", "x", _("Yes").casefold()}:
            return True
        if text in {"", "no", "false", "0", _("No").casefold()}:
            return False
        raise ValidationError(_("Write yes or no."))

    def validate(self, value: Any) -> None:
        """No is an answer."""
