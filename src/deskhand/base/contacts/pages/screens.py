"""The list of contacts and the page of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.pages.forms import ContactForm
from deskhand.base.contacts.pages.importing import CONTACT_IMPORTER
from deskhand.base.contacts.places import (
    CONTACT_BADGES,
    CONTACT_COLUMNS,
    CONTACT_HEADER_BUTTONS,
    CONTACT_MASS_ACTIONS,
    CONTACT_SMART_BUTTONS,
)
from deskhand.base.contacts.policies import can_change_contacts, can_delete_contacts, can_merge_contacts
from deskhand.base.contacts.querysets import ContactQuerySet
from deskhand.base.contacts.services import (
    NewContact,
    archive_contact,
    change_contact,
    create_contact,
    delete_contact,
    restore_contact,
    set_tags,
)
from deskhand.kit.choices import country_name, language_name
from deskhand.kit.screens import CellEdit, Column, EmptyState, Field, Filter, Group, RecordScreen, Sheet
from deskhand.kit.screens.actions import MassAction
from deskhand.kit.shell import everybody
from deskhand.kit.ui.shapes import MenuItem

#: More people than these stand in the list of contacts.
_PEOPLE_SHOWN = 20
_MERGES_SHOWN = 10


def _tags_in_words(contact: Contact) -> str:
    return ", ".join(tag.name for tag in contact.tags.all())


def _edited(name: str) -> CellEdit:
    """A cell with the field of the sheet."""
    return CellEdit(
        field=lambda request, record: ContactForm(instance=record, user=request.user).fields[name],
        value=lambda record: getattr(record, name),
        save=lambda record, value, doing: change_contact(record.pk, {name: value}, by=doing.user.contact),
    )


def _join(pk: int, parent: Contact | None, by: Any) -> None:
    change_contact(pk, {"parent": parent}, by=by.contact)


def _move(pk: int, country: str | None, by: Any) -> None:
    change_contact(pk, {"country": country or ""}, by=by.contact)


class Contacts(RecordScreen[Contact]):
    model = Contact
    title = _("Contacts")
    app_key = "contacts"
    list_url, new_url, record_url = "contacts:list", "contacts:new", "contacts:contact"
    columns = [
        Column("name", kind="person", is_primary=True, card="title"),
        Column("parent__name", _("Company"), width="m", card="start"),
        Column("email", width="l", card="start-2", edit=_edited("email")),
        Column("phone", width="m", card="end-2", edit=_edited("phone")),
        Column("job_title", is_shown=False, width="m"),
        Column("street", is_shown=False, width="m"),
        Column("postal_code", is_shown=False, width="s"),
        Column("city", width="s", edit=_edited("city")),
        Column(
            "country",
            width="s",
            value=lambda contact: country_name(contact.country),
            sort=["country"],
            card="end",
            edit=_edited("country"),
        ),
        Column("tags", kind="tags", value=lambda contact: contact.tags.all(), width="m", export=_tags_in_words),
        Column("created_at", kind="ago", align="end", width="s"),
    ]
    filters = [
        Filter("people", _("People"), Q(is_company=False), section="kind"),
        Filter("companies", _("Companies"), Q(is_company=True), section="kind"),
        Filter("without-address", _("Without a mail address"), Q(email=""), section="missing"),
    ]
    export_columns = [
        Column("website"),
        Column("is_company"),
        Column("job_title"),
        Column("street"),
        Column("postal_code"),
        Column("language"),
        Column("note"),
        Column("company__name", _("Used by")),
    ]
    export_joins = ["company"]
    groups = [
        Group("parent", _("Company"), empty=_("Without a company"), writes=_join),
        Group("country", _("Country"), labels=country_name, empty=_("Without a country"), writes=_move),
        Group("city", _("City"), empty=_("Without a city")),
        Group("created", _("Creation Date"), path="created_at", by="month"),
    ]
    fields = [Field("name"), Field("is_company", _("Is a company")), Field("language", labels=language_name)]
    order = ["name", "pk"]
    joins = ["parent"]
    prefetches = ["tags"]
    archived = Q(is_active=False)
    empty = EmptyState(
        "address-book",
        _("No contacts yet"),
        _("Whoever writes to your team becomes a contact. You can also add people and companies by hand."),
    )
    form = ContactForm
    sheet = Sheet(
        left=["is_company", "parent", "job_title", "email", "phone", "website", "language"],
        right=["street", "postal_code", "city", "country", "tags", "company"],
        below=["note"],
    )
    record_template = "contacts/contact.html"
    importer = CONTACT_IMPORTER
    header_buttons = CONTACT_HEADER_BUTTONS
    smart_buttons = CONTACT_SMART_BUTTONS

    def mass_actions(self) -> Sequence[MassAction]:
        return [*super().mass_actions(), *CONTACT_MASS_ACTIONS]

    def rows(self, request: HttpRequest) -> QuerySet[Contact]:
        return Contact.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return everybody(user)

    def may_create(self, user: Any) -> bool:
        return can_change_contacts(user)

    def may_delete(self, user: Any, record: Contact) -> bool:
        del record
        return can_delete_contacts(user)

    def may_delete_some(self, user: Any) -> bool:
        return can_delete_contacts(user)

    def matching(self, rows: QuerySet[Contact], words: str) -> QuerySet[Contact]:
        return cast(ContactQuerySet, rows).matching(words)

    def form_options(self, request: HttpRequest, record: Contact | None) -> dict[str, Any]:
        return {"instance": record, "user": request.user}

    def columns_for(self, request: HttpRequest) -> Sequence[Column]:
        return [*self.columns[:-1], *CONTACT_COLUMNS, self.columns[-1]]

    def create(self, request: HttpRequest, form: ContactForm) -> Contact:
        with transaction.atomic():
            contact = create_contact(NewContact(**form.details()))
            set_tags(contact, form.cleaned_data["tags"])
        return contact

    def change(self, request: HttpRequest, record: Contact, form: ContactForm) -> None:
        tags = form.cleaned_data["tags"]
        change_contact(record.pk, form.details(), by=_contact_of(request), tags=tags)

    def menu(self, request: HttpRequest, record: Contact) -> Sequence[MenuItem]:
        if record.merged_into_id or not can_merge_contacts(request.user):
            return ()
        url = reverse("contacts:merge-into", args=[record.pk])
        return [MenuItem(_("Merge another contact into this one…"), url, icon="arrows-join", opens_popup=True)]

    def archive(self, request: HttpRequest, record: Contact) -> None:
        archive_contact(record.pk, by=_contact_of(request))

    def restore(self, request: HttpRequest, record: Contact) -> None:
        restore_contact(record.pk, by=_contact_of(request))

    def delete(self, request: HttpRequest, record: Contact) -> None:
        delete_contact(record.pk)

    def record_context(self, request: HttpRequest, record: Contact) -> dict[str, Any]:
        visible = Contact.objects.visible_to(request.user)
        people = visible.active().filter(parent=record).order_by("name", "pk")
        return {
            "badges": [badge for ask in CONTACT_BADGES if (badge := ask(record))],
            "same_address": list(visible.sharing_address(record).order_by("name", "pk")[:3]),
            "people": list(people[:_PEOPLE_SHOWN]) if record.is_company else [],
            "addresses": list(record.addresses.all()),
            "merges": list(record.merges.select_related("merged_by")[:_MERGES_SHOWN]),
            "people_url": f"{reverse('contacts:list')}?in=parent.{record.pk}",
            "add_person_url": f"{reverse('contacts:new')}?parent={record.pk}",
        }


def _contact_of(request: HttpRequest) -> Contact:
    contact: Contact = request.user.contact  # type: ignore[union-attr]
    return contact


CONTACTS = Contacts()
