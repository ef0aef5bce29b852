"""How a screen takes rows of a file: its fields, by what records are recognised, and the services that write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
    ``answers``: for a field that names a record, by which name a row of the same file is that record ("": by none). So
    a file may hold firms and their people, in any order.
    """

    fields: Callable[[Any], Mapping[str, forms.Field]]
    create: Callable[[Values, Doing], Any]
    update: Callable[[Any, Values, Doing], Any]
    keys: Sequence[str] = ()
    paths: Mapping[str, str] | None = None
    examples: Mapping[str, str] | None = None
    answers: Mapping[str, Callable[[Values], str]] = field(default_factory=dict)

    def path_of(self, key: str) -> str:
        return (self.paths or {}).get(key, key)


class NamedField(forms.Field):
    """A record, by its name as a person writes it. Each name is looked for once. ``unknown``: what to say instead."""

    def __init__(self, find: Callable[[str], QuerySet[Any]], *, unknown: str = "", **options: Any) -> None:
        super().__init__(**options)
        self._find, self._unknown = find, unknown
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
            raise ValidationError((self._unknown or _("There is no “%(name)s”.")) % {"name": name})
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


class WordsField(forms.Field):
    """Words with commas between them. ``too_long``: what to say when one has more than ``longest`` characters."""

    def __init__(self, *, longest: int, too_long: str, **options: Any) -> None:
        super().__init__(**options)
        self._longest, self._too_long = longest, too_long

    def to_python(self, value: Any) -> list[str]:
        words = [word for part in str(value or "").split(",") if (word := " ".join(part.split()))]
        if any(len(word) > self._longest for word in words):
            raise ValidationError(self._too_long)
        return words


class LabelledField(forms.Field):
    """One of some choices, by the label as it is exported, or by its code. ``also``: other names of a code."""

    def __init__(
        self,
        choices: Callable[[], Sequence[tuple[Any, Any]]],
        *,
        also: Callable[[str], Iterable[str]] = lambda _code: (),
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._choices, self._also = choices, also

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip().casefold()
        if not text:
            return self.initial if self.initial is not None else ""
        for code, label in self._choices():
            if text in {name.casefold() for name in (str(code), str(label), *self._also(str(code)))}:
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
