"""Form fields for tags and followers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from deskhand.base.contacts.public import Contact
from deskhand.kit.prepared import prepared
from deskhand.kit.tags import fields
from deskhand.support.teams.models import Tag


@prepared
def _tags(pks: list[int]) -> QuerySet[Tag]:
    return Tag.objects.filter(pk__in=pks)


class TagsField(fields.TagsField):
    """What a ticket is about. ``only_known``: none is made on the way."""

    def __init__(self, *, only_known: bool = False, **options: Any) -> None:
        picker = fields.TagPicker(url_name="teams:tag-options", only_known=only_known)
        super().__init__(Tag.objects.all(), chosen=_tags, widget=picker, **options)


class ContactsField(forms.ModelMultipleChoiceField[Contact]):
    """Contacts out of thousands: the page only holds those that are chosen, the picker searches for more."""

    def offer(self, contacts: QuerySet[Contact], chosen: Iterable[Contact]) -> None:
        """Allow these contacts, draw only the chosen ones."""
        self.queryset = contacts
        self.widget.choices = [(contact.pk, contact.name) for contact in chosen]
