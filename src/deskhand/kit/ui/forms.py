"""Form controls as strings, and choices without the records behind them.

Django draws every control by a template and every option by one more; on a page with a few selects that is the largest
part of its cost. What is drawn is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms.models import ModelChoiceIterator
from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class QuickRenderer(DjangoTemplates):
    """Draws the common controls of Django by :data:`_DRAWN`, all others by their templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        draw = _DRAWN.get(template_name)
        if draw is None:
            return SafeString(super().render(template_name, context, request))
        return SafeString(draw(context["widget"]))


class NamedChoices(ModelChoiceIterator[Any]):
    """The choices of a field by key and ``name``: one query for two columns, no records.

    For fields whose records have a ``name`` that is what they are called: ``field.iterator = NamedChoices`` before the
    queryset is set.
    """

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        yield from self.queryset.values_list("pk", "name")


class FewChoices(ModelChoiceIterator[Any]):
    """The choices of a field that draws more of its records than their names: one query, no cursor in the database."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        for record in self.queryset.all():
            yield self.choice(record)


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_spoken(widget["value"])}"'
    return (
        f'<input type="{widget["type"]}"{_attributes({"name": widget["name"]})}{value}{_attributes(widget["attrs"])}>'
    )


def _textarea(widget: Widget) -> str:
    value = "" if widget["value"] is None else _spoken(widget["value"])
    return f"<textarea{_attributes({'name': widget['name'], **widget['attrs']})}>\n{value}</textarea>"


def _select(widget: Widget) -> str:
    parts = [_group(name, options) for name, options, _index in widget["optgroups"]]
    return f"<select{_attributes({'name': widget['name'], **widget['attrs']})}>{''.join(parts)}</select>"


def _group(name: str | None, options: list[Widget]) -> str:
    drawn = "".join([_option(option) for option in options])
    return f'<optgroup label="{conditional_escape(name)}">{drawn}</optgroup>' if name else drawn


def _option(option: Widget) -> str:
    value, label = _spoken(option["value"]), conditional_escape(option["label"])
    return f'<option value="{value}"{_attributes(option["attrs"])}>{label}</option>'


def _attributes(attrs: Mapping[str, Any]) -> str:
    """``True`` is an attribute without a value, ``False`` none at all."""
    return "".join(
        [
            f" {name}" if value is True else f' {name}="{_spoken(value)}"'
            for name, value in attrs.items()
            if value is not False
        ]
    )


def _spoken(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


_INPUTS = (
    "checkbox",
    "date",
    "datetime",
    "email",
    "hidden",
    "number",
    "password",
    "search",
    "tel",
    "text",
    "time",
    "url",
)
_DRAWN: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
