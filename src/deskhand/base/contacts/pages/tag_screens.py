"""*Contacts → Configuration → Tags*: what contacts are sorted by, renamed, recoloured and deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.models import Contact, ContactTag
from deskhand.base.contacts.policies import can_configure_tags
from deskhand.base.contacts.services import change_tag, create_tag, delete_tag
from deskhand.kit.hues import Hue
from deskhand.kit.screens import Column, EmptyState, Group, RecordScreen, Sheet
from deskhand.kit.ui.parts import tag


class ContactTagForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60, error_messages={"required": _("Enter a name.")})
    color = forms.TypedChoiceField(
        label=_("Color"), choices=Hue.choices, coerce=lambda value: Hue(int(value)), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, instance: ContactTag | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {"name": instance.name, "color": instance.color} if instance else {"color": Hue.GREY}
        self.initial = {**own, **self.initial}
        hues: Any = self.fields["color"]
        hues.choices = [(hue.value, tag(ContactTag(name=str(hue.label), color=hue))) for hue in Hue]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if "," in name:
            raise forms.ValidationError(_("Commas stand between tags. Leave them out of the name."))
        return name


def _recolor(pk: int, color: Hue | None, by: Any) -> None:
    del by
    change_tag(pk, name=ContactTag.objects.get(pk=pk).name, color=Hue(color or Hue.GREY))


def _uses(tag_ids: Sequence[int]) -> Mapping[int, int]:
    """At how many contacts each is, those of other companies included: they would lose it, too. One query."""
    found = Contact.objects.filter(tags__in=tag_ids).order_by().values_list("tags").annotate(count=Count("pk"))
    return dict(found)


class ContactTags(RecordScreen[ContactTag]):
    model = ContactTag
    title = _("Contact tags")
    app_key = "contacts"
    list_url, new_url, record_url = "contacts:tags", "contacts:tag-new", "contacts:tag"
    columns = [
        Column("name", is_primary=True, card="title"),
        Column("shown", _("On contacts"), kind="tags", value=lambda one: [one], card="start"),
        Column("uses", _("Contacts"), load=_uses, align="end", width="s", card="end"),
        Column("color", card="none", is_shown=False),
    ]
    search = ["name"]
    groups = [Group("color", _("Color"), writes=_recolor)]
    order = ["name", "pk"]
    empty = EmptyState(
        "tags", _("No tag yet"), _("Tags sort contacts, such as Dealer or VIP. Give some with a contact.")
    )
    form = ContactTagForm
    sheet = Sheet(left=["color"])

    def rows(self, request: HttpRequest) -> QuerySet[ContactTag]:
        return ContactTag.objects.all()

    def may_open(self, user: Any) -> bool:
        return can_configure_tags(user)

    def form_options(self, request: HttpRequest, record: ContactTag | None) -> dict[str, Any]:
        return {"instance": record}

    def create(self, request: HttpRequest, form: ContactTagForm) -> ContactTag:
        return create_tag(form.cleaned_data["name"], color=form.cleaned_data["color"])

    def change(self, request: HttpRequest, record: ContactTag, form: ContactTagForm) -> None:
        change_tag(record.pk, name=form.cleaned_data["name"], color=form.cleaned_data["color"])

    def may_delete(self, user: Any, record: ContactTag) -> bool:
        return can_configure_tags(user)

    def may_delete_some(self, user: Any) -> bool:
        return can_configure_tags(user)

    def delete(self, request: HttpRequest, record: ContactTag) -> None:
        delete_tag(record.pk)


CONTACT_TAGS = ContactTags()
