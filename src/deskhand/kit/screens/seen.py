"""Two people edit one record: what the page showed comes back with what was typed, so that nothing is overwritten
silently. No column is needed: each field that was shown is remembered as a few characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2s
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

#: The hidden field that carries what the page showed.
SEEN = "seen"


def seen_in(form: Any) -> str:
    """What an unbound form shows of a record, field by field: ``name:1a2b3c4d …``."""
    return " ".join(f"{field.name}:{_digest(field.value())}" for field in _compared(form))


def changed_since(seen: str, form: Any) -> list[str]:
    """The fields of the stored record's form that show something else now than they did. Not seen: not compared."""
    then = _then(seen)
    return [
        field.name for field in _compared(form) if field.name in then and then[field.name] != _digest(field.value())
    ]


def tell_what_changed(form: Any, stored: Any, names: Sequence[str], *, seen: str) -> None:
    """Somebody else was faster: what they wrote stands beside each field; to save again replaces it.

    Where the person typed nothing themselves, it stands in the field: to save again keeps it.
    """
    told = [name for name in names if name in form.fields]
    typed = [name for name in told if not _take_over(form[name], stored[name], seen)]
    form.full_clean()
    labels = ", ".join(str(stored[name].label) for name in told)
    sentence = (
        _(
            "Somebody else changed this meanwhile: %(fields)s. What they wrote stands beside it. "
            "Save again to replace it by what you typed, or discard yours."
        )
        if typed
        else _(
            "Somebody else changed this meanwhile: %(fields)s. What they wrote stands there now. "
            "Save again to keep both."
        )
    )
    form.add_error(None, sentence % {"fields": labels})
    for name in told:
        form.add_error(name, _("Meanwhile: %(value)s") % {"value": in_words(stored[name]) or "–"})


def _then(seen: str) -> dict[str, str]:
    return dict(part.split(":", 1) for part in seen.split() if ":" in part)


def _take_over(typed: BoundField, stored: BoundField, seen: str) -> bool:
    """Whether what is stored now stands in a field whose page is as it was; not where a widget reads in its own way."""
    write = _WRITERS.get(type(typed.field.widget).value_from_datadict)
    if write is None or _digest(typed.value()) != _then(seen).get(typed.name):
        return False
    data = cast(QueryDict, typed.form.data).copy()
    write(data, typed.html_name, _texts(stored.value()))
    typed.form.data = data
    return True


def _write(data: QueryDict, name: str, values: list[str]) -> None:
    data.setlist(name, values or [""])


def _write_flag(data: QueryDict, name: str, values: list[str]) -> None:
    data.setlist(name, ["on"] if values == ["True"] else [])


def _write_chosen(data: QueryDict, name: str, values: list[str]) -> None:
    data.setlist(name, values)


#: How the widgets of forms read what was typed → how it is written there.
_WRITERS: dict[Any, Callable[[QueryDict, str, list[str]], None]] = {
    forms.Widget.value_from_datadict: _write,
    forms.CheckboxInput.value_from_datadict: _write_flag,
    forms.Select.value_from_datadict: _write_chosen,
    forms.SelectMultiple.value_from_datadict: _write_chosen,
}


def in_words(field: BoundField) -> str:
    """What is stored in a field, as its page says it."""
    value = field.value()
    chosen = {str(one) for one in _flat(value)}
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return "" if value is None else str(value)
    return ", ".join(str(label) for key, label in choices if str(key) in chosen and str(key))


def _compared(form: Any) -> Iterator[BoundField]:
    """Files are not: what is uploaded replaces, whatever was there."""
    return (field for field in form if not isinstance(field.field, forms.FileField))


def _digest(value: Any) -> str:
    text = "\0".join(sorted(_texts(value))).replace("\r\n", "\n")  # browsers send the ends of lines in their own way
    return blake2s(text.encode(), digest_size=4).hexdigest()


def _texts(value: Any) -> list[str]:
    return [str(getattr(one, "pk", one)) for one in _flat(value) if one not in (None, "")]


def _flat(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set) or hasattr(value, "iterator") else [value]
