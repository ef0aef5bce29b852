"""A form field for tags: a ``<select multiple>`` that ``<dh-tag-picker>`` makes comfortable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIteratorValue
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from deskhand.kit.addresses import page_address
from deskhand.kit.keys import key_of
from deskhand.kit.ui.forms import FewChoices
from deskhand.kit.ui.widgets import LongSelect


class Word(str):
    """A tag that somebody typed without script: it may be new."""

    __slots__ = ()


class TagPicker(LongSelect, forms.SelectMultiple):
    """Chips of those that are chosen, more by typing, new ones on the way; without script a list to choose from.

    ``url_name``: the page that answers what :mod:`deskhand.kit.tags.offering` has. ``only_known``: none is made.
    ``takes_words``: without script new tags are typed beside the list, with commas between them.
    """

    def __init__(self, *, url_name: str, only_known: bool = False, takes_words: bool = False) -> None:
        super().__init__()
        self.url_name, self.only_known, self.takes_words = url_name, only_known, takes_words

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        return format_html(
            '<dh-tag-picker data-url="{}" data-placeholder="{}"{} data-remove="{}" data-none="{}">{}{}</dh-tag-picker>',
            page_address(self.url_name),
            gettext("Choose a tag…") if self.only_known else gettext("Add a tag…"),
            "" if self.only_known else format_html(' data-create="{}"', gettext("Create “%s”")),
            gettext("Remove %s"),
            gettext("Nothing found"),
            super().render(name, value, attrs, renderer),
            self._words(name, value) if self.takes_words else "",
        )

    def _words(self, name: str, value: Any) -> SafeString:
        typed = ", ".join(word for word in value or () if isinstance(word, Word))
        return format_html(
            '<noscript><input class="form-control mt-1" name="{}_words" value="{}" aria-label="{hint}"'
            ' placeholder="{hint}"></noscript>',
            name,
            typed,
            hint=gettext("New tags, with commas between them"),
        )

    def option_attributes(self, key: Any) -> str:
        """The hue, for the chip."""
        if isinstance(key, ModelChoiceIteratorValue):
            return f' data-color="{key.instance.color}"'  # type: ignore[attr-defined]
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = super().value_from_datadict(data, files, name)
        if not self.takes_words or not data.get(f"{name}_words"):
            return chosen
        typed = (" ".join(word.split()) for word in str(data[f"{name}_words"]).split(","))
        return [*chosen, *(Word(word) for word in typed if word)]


class TagsField(forms.ModelMultipleChoiceField[Any]):
    """Tags out of ``queryset``, drawn by a :class:`TagPicker`. ``chosen`` finds some of them by their keys."""

    iterator = FewChoices

    def __init__(self, queryset: QuerySet[Any], *, chosen: Callable[[list[int]], list[Any]], **options: Any) -> None:
        super().__init__(queryset=queryset, **{"required": False} | options)
        self._chosen = chosen

    def _check_values(self, value: Any) -> list[Any]:
        """The chosen tags. One prepared query.

        :raises ValidationError: there is no such tag.
        """
        keys = {str(one): key_of(str(one)) for one in value}
        known = [key for key in keys.values() if key]
        found = self._chosen(known) if known else []
        if missing := set(keys) - {str(tag.pk) for tag in found}:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": min(missing)}
            )
        return found
