"""Form fields as parts of a page: label, control, hint and error belong together, also for those who cannot see it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.html import escape
from django.utils.safestring import SafeString

from deskhand.kit.ui.icons import icon

_CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


def control(field: BoundField, **attributes: Any) -> SafeString:
    """The bare control, with our classes and the ids of its hint and error; ``attributes`` are added as they are.

    ``class_`` adds to the classes; an underscore in a name becomes a hyphen: ``data_save=""``.
    """
    given = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    own = field.field.widget.attrs.get("class", "")
    classes = [own, _class_of(field), "is-invalid" if field.errors else "", str(given.pop("class", ""))]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes)), **given})


def _class_of(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, _CHECKS):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def kind_of(field: BoundField) -> str:
    """How a field is laid out: ``hidden``, ``check`` (label behind), ``choices`` (a group), ``files`` or ``plain``."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "files" if isinstance(widget, forms.FileInput) else "plain"


def sheet_line(field: BoundField, label: str, **attributes: Any) -> SafeString:
    """A line of a record's sheet: label left, control right, hint and error below the control."""
    return SafeString(
        f'<div class="dh-f"><label for="{field.id_for_label}">{escape(label)}</label>'
        f'<div class="dh-f-value">{control(field, **attributes)}{_hint(field)}{error(field)}</div></div>'
    )


def error(field: BoundField) -> SafeString:
    """What is wrong with a field; nothing when all is well."""
    if not field.errors:
        return SafeString()
    sentences = escape(" ".join(map(str, field.errors)))
    sign = icon("alert-circle", "s")
    return SafeString(f'<div class="dh-error" id="{field.auto_id}_error">{sign}<span>{sentences}</span></div>')


def _hint(field: BoundField) -> str:
    return f'<div class="form-hint" id="{field.auto_id}_helptext">{field.help_text}</div>' if field.help_text else ""


def choices_of(field: BoundField) -> list[BoundWidget]:
    """The options of a group of radio buttons or checkboxes, each with our class; empty for other fields."""
    if kind_of(field) != "choices":
        return []
    options: list[BoundWidget] = list(field.subwidgets)
    for option in options:
        option.data["attrs"] = {**option.data["attrs"], "class": "form-check-input"}
    return options
