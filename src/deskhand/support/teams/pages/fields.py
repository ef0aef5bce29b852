"""Form fields for tags and followers: a ``<select multiple>`` that ``<dh-tag-picker>`` makes comfortable."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIteratorValue

from deskhand.base.contacts.public import Contact
from deskhand.kit.keys import key_of
from deskhand.kit.prepared import prepared
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

    def _check_values(self, value: Any) -> list[Tag]:
        """The chosen tags by name. One prepared query.

        :raises ValidationError: there is no such tag.
        """
        keys = {str(one): key_of(str(one)) for one in value}
        known = [key for key in keys.values() if key]
        found = _tags(known) if known else []
        if missing := set(keys) - {str(tag.pk) for tag in found}:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": min(missing)}
            )
        return found


@prepared
def _tags(pks: list[int]) -> QuerySet[Tag]:
    return Tag.objects.filter(pk__in=pks)


class ContactsField(forms.ModelMultipleChoiceField[Contact]):
    """Contacts out of thousands: the page only holds those that are chosen, the picker searches for more."""

    def offer(self, contacts: QuerySet[Contact], chosen: Iterable[Contact]) -> None:
        """Allow these contacts, draw only the chosen ones."""
        self.queryset = contacts
        self.widget.choices = [(contact.pk, contact.name) for contact in chosen]
