"""Form fields for tags and followers: a ``<select multiple>`` that ``<dh-tag-picker>`` makes comfortable."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIteratorValue

from deskhand.base.contacts.public import Contact
from deskhand.kit.ui.forms import FewChoices
from deskhand.kit.ui.widgets import LongSelect
from deskhand.support.teams.models import Tag


class _TagSelect(LongSelect, forms.SelectMultiple):
    """Tells the picker the hue of each tag."""

    def option_attributes(self, key: Any) -> str:
        if isinstance(key, ModelChoiceIteratorValue):
            return f' data-color="{key.instance.color}"'  # type: ignore[attr-defined]
        return ""


class TagsField(forms.ModelMultipleChoiceField[Tag]):
    """What a ticket is about. Draw it with ``teams/tag_picker.html``; without script it is a list to choose from."""

    widget = _TagSelect
    iterator = FewChoices

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Tag.objects.all(), **{"required": False} | kwargs)


class ContactsField(forms.ModelMultipleChoiceField[Contact]):
    """Contacts out of thousands: the page only holds those that are chosen, the picker searches for more."""

    def offer(self, contacts: QuerySet[Contact], chosen: Iterable[Contact]) -> None:
        """Allow these contacts, draw only the chosen ones."""
        self.queryset = contacts
        self.widget.choices = [(contact.pk, contact.name) for contact in chosen]
