"""Form controls where Django's own are too slow or not enough."""

from __future__ import annotations

from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A select with hundreds of options: one string instead of a template for each. Groups of options: not here."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        del renderer
        chosen = {str(choice) for choice in self.format_value(value)}
        options = "".join([_option(str(key), str(label), is_chosen=str(key) in chosen) for key, label in self.choices])
        attributes = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return SafeString(f"<select{attributes}>{options}</select>")


def _option(key: str, label: str, *, is_chosen: bool) -> str:
    return f'<option value="{escape(key)}"{" selected" if is_chosen else ""}>{escape(label)}</option>'
