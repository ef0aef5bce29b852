"""Form controls as strings, and choices without the records behind them.

Django draws every control by a template and every option by one more; on a page with a few selects that is the largest
part of its cost. What is drawn is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import ModelChoiceIterator
from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from deskhand.kit.keys import key_of

Widget = Mapping[str, Any]


class QuickRenderer(DjangoTemplates):
    """Draws the common controls of Django by :data:`_DRAWN`, all others by their templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        draw = _DRAWN.get(template_name)
        if draw is None:
            return SafeString(super().render(template_name, context, request))
        return SafeString(draw(context["widget"]))


class PreparedChoiceField(forms.ModelChoiceField[Any]):
    """One of some records that have a ``name``, by two prepared queries (:mod:`deskhand.kit.prepared`).

    ``named`` lists ids and names of those that may be chosen, ``chosen`` finds one of them by its id. The form says for
    whom: :meth:`offer`.
    """

    def __init__(self, *, named: Callable[..., list[Any]], chosen: Callable[..., list[Any]], **options: Any) -> None:
        super().__init__(queryset=None, **options)
        self._named, self._chosen = named, chosen
        self._whom: tuple[Any, ...] = ()

    def offer(self, *whom: Any) -> None:
        """What ``named`` is asked with, and ``chosen`` before the id."""
        self._whom = whom
        self.choices = cache(self._choices_to_draw)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        key = key_of(str(getattr(value, "pk", value)))
        found = self._chosen(*self._whom, key) if key else []
        if not found:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return found[0]

    def _choices_to_draw(self) -> list[tuple[Any, str]]:
        empty = [] if self.empty_label is None else [("", str(self.empty_label))]
        return empty + self._named(*self._whom)


class FewChoices(ModelChoiceIterator[Any]):
    """The choices of a field that draws more of its records than their names: one query, no cursor in the database."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        for record in self.queryset.all():
            yield self.choice(record)


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_spoken(widget["value"])}"'
    name, more = drawn_attributes({"name": widget["name"]}), drawn_attributes(widget["attrs"])
    return f'<input type="{widget["type"]}"{name}{value}{more}>'


def _textarea(widget: Widget) -> str:
    value = "" if widget["value"] is None else _spoken(widget["value"])
    return f"<textarea{drawn_attributes({'name': widget['name'], **widget['attrs']})}>\n{value}</textarea>"


def _select(widget: Widget) -> str:
    parts = [_group(name, options) for name, options, _index in widget["optgroups"]]
    return f"<select{drawn_attributes({'name': widget['name'], **widget['attrs']})}>{''.join(parts)}</select>"


def _group(name: str | None, options: list[Widget]) -> str:
    drawn = "".join([_option(option) for option in options])
    return f'<optgroup label="{conditional_escape(name)}">{drawn}</optgroup>' if name else drawn


#: What Django says where nothing is chosen, and what is said here, as in the cells of lists.
_DASHES, _NONE = BLANK_CHOICE_DASH[0][1], "–"


def _option(option: Widget) -> str:
    value = _spoken(option["value"])
    label = _NONE if option["label"] == _DASHES else conditional_escape(option["label"])
    return f'<option value="{value}"{drawn_attributes(option["attrs"])}>{label}</option>'


def drawn_attributes(attrs: Mapping[str, Any]) -> str:
    """Attributes as they stand in a tag. ``True`` is an attribute without a value, ``False`` none at all."""
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
