"""Form controls where Django's own are too slow or not enough."""

from __future__ import annotations

from html import escape
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from deskhand.kit.ui.forms import drawn_attributes


class LongSelect(forms.Select):
    """A select with many options: one string instead of a dictionary for each. Groups of options: not here."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        del renderer
        chosen = {str(choice) for choice in self.format_value(value)}
        options = "".join([self.option(key, str(label), is_chosen=str(key) in chosen) for key, label in self.choices])
        multiple = {"multiple": True} if self.allow_multiple_selected else {}
        attributes = drawn_attributes({"name": name, **self.build_attrs(self.attrs, attrs), **multiple})
        return SafeString(f"<select{attributes}>{options}</select>")

    def option(self, key: Any, label: str, *, is_chosen: bool) -> str:
        """One option; ``key`` is what the choices have, in a field of records with the record."""
        more = self.option_attributes(key)
        return f'<option value="{escape(str(key))}"{" selected" if is_chosen else ""}{more}>{escape(label)}</option>'

    def option_attributes(self, key: Any) -> str:
        """What else an option says; escaped."""
        del key
        return ""
