"""Contacts in the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.companies.public import Company
from deskhand.base.contacts.enums import AddressKind
from deskhand.base.contacts.models import Contact, ContactAddress, ContactDistinction, ContactTag
from deskhand.base.contacts.pages.screens import CONTACTS
from deskhand.base.contacts.pages.tag_screens import CONTACT_TAGS
from deskhand.base.contacts.policies import can_change_contacts, can_delete_contacts, can_merge_contacts
from deskhand.base.contacts.services import (
    AddressDetails,
    NewContact,
    archive_contact,
    change_contact,
    change_tag,
    create_contact,
    create_tag,
    delete_address,
    delete_contact,
    delete_tag,
    merge_contacts,
    restore_contact,
    save_address,
    set_tags,
    suggest_again,
    tell_apart,
)
from deskhand.kit.api.checks import Country, Email, all_named, named, one_line, one_of
from deskhand.kit.api.public import Answer, Body, Key, Line, Part, Ref, Resource, Text, Verb, changes_of, ref, sent
from deskhand.kit.api.shapes import NO_NUL, in_path
from deskhand.kit.clock import now
from deskhand.kit.hues import Hue

Language = Annotated[
    str, Field(max_length=10, pattern=NO_NUL), one_of(lambda: [(code, "") for code, _name in settings.LANGUAGES])
]
Website = Annotated[str, Field(max_length=200, pattern=r"^(https?://[^\s\x00]+)?$")]


_Tag = Annotated[str, Field(pattern=r"^[^\x00,]*[^\x00,\s][^\x00,]*$", max_length=60)]


class ContactAnswer(Answer):
    id: int
    name: str
    is_company: bool
    parent: Ref | None = Field(description="The company that the person belongs to.")
    company: Ref | None = Field(description="Which company of the desk sees the contact; null: all of them.")
    email: str
    phone: str
    job_title: str
    street: str
    postal_code: str
    city: str
    country: str = Field(description="ISO 3166, two letters; empty: not known.")
    language: str
    website: str
    tags: list[str]
    note: str
    is_active: bool
    merged_into: Ref | None = Field(description="The contact that all of this one was moved to.")
    created_at: datetime


class NewContactBody(Body):
    name: Annotated[str, Field(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=200)]
    is_company: bool = False
    parent: Key | None = Field(None, description="Id of a contact that is a company.")
    company: Key | None = Field(None, description="Id of a company of yours; null: all companies see the contact.")
    email: Email = ""
    phone: Annotated[str, Field(pattern=NO_NUL, max_length=40)] = ""
    job_title: Annotated[str, Field(pattern=NO_NUL, max_length=120)] = ""
    street: Line = ""
    postal_code: Annotated[str, Field(pattern=NO_NUL, max_length=20)] = ""
    city: Annotated[str, Field(pattern=NO_NUL, max_length=120)] = ""
    country: Country = ""
    language: Language = ""
    website: Website = ""
    tags: list[_Tag] = Field([], max_length=50, description="Words; new ones are made.")
    note: Text = ""


class Contacts(Resource[Contact]):
    key, title, one, screen = "contacts", _("Contacts"), _("Contact"), CONTACTS
    answer, new, changes = ContactAnswer, NewContactBody, changes_of(NewContactBody, "ContactChanges")
    joins = ("parent", "company", "merged_into")
    prefetches = ("tags",)

    def rows(self, user: Any) -> QuerySet[Contact]:
        return Contact.objects.visible_to(user)

    def may_change(self, user: Any, record: Contact) -> bool:
        del record
        return can_change_contacts(user)

    def may_delete(self, user: Any, record: Contact) -> bool:
        del record
        return can_delete_contacts(user)

    def shown(self, record: Contact, user: Any) -> Mapping[str, Any]:
        del user
        links = {
            "parent": ref(record.parent),
            "company": ref(record.company),
            "tags": [tag.name for tag in record.tags.all()],
            "merged_into": ref(record.merged_into),
        }
        return {"id": record.pk} | {name: getattr(record, name) for name in _PLAIN} | links

    def create(self, user: Any, body: NewContactBody) -> Contact:
        values = _values(user, body.model_dump())
        tags = values.pop("tags")
        made = create_contact(NewContact(**values))
        set_tags(made, tags)
        return made

    def change(self, user: Any, record: Contact, body: Any) -> None:
        values = _values(user, sent(body))
        tags = values.pop("tags", None)
        change_contact(record.pk, values, by=user.contact, tags=tags)

    def archive(self, user: Any, record: Contact) -> None:
        archive_contact(record.pk, by=user.contact)

    def restore(self, user: Any, record: Contact) -> None:
        restore_contact(record.pk, by=user.contact)

    def delete(self, user: Any, record: Contact) -> None:
        del user
        delete_contact(record.pk)


_LINKS = frozenset({"id", "parent", "company", "tags", "merged_into"})
_PLAIN = tuple(name for name in ContactAnswer.model_fields if name not in _LINKS)


def _values(user: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The fields as the services take them: records instead of ids, words in one line."""
    if "tags" in values:
        values["tags"] = [one_line(name) for name in values["tags"]]
    if values.get("parent") is not None:
        values["parent"] = named(Contact.objects.visible_to(user), values["parent"], "parent")
    if values.get("company") is not None:
        values["company"] = named(Company.objects.filter(pk__in=user.company_ids), values["company"], "company")
    return values


CONTACTS_API = Contacts()


# ---- further addresses ----------------------------------------------------------------------------------------------


class AddressAnswer(Answer):
    id: int
    kind: Literal["invoice", "delivery", "other"]
    name: str
    street: str
    postal_code: str
    city: str
    country: str
    email: str
    phone: str


class NewAddressBody(Body):
    kind: Literal["invoice", "delivery", "other"] = "invoice"
    name: Line = ""
    street: Line = ""
    postal_code: Annotated[str, Field(pattern=NO_NUL, max_length=20)] = ""
    city: Annotated[str, Field(pattern=NO_NUL, max_length=120)] = ""
    country: Country = ""
    email: Email = ""
    phone: Annotated[str, Field(pattern=NO_NUL, max_length=40)] = ""


def address_shown(address: ContactAddress) -> Mapping[str, Any]:
    return {name: getattr(address, name) for name in AddressAnswer.model_fields}


def _addresses(record: Contact, user: Any) -> QuerySet[ContactAddress]:
    """Where else the contact is: invoices, deliveries, a second house."""
    del user
    return record.addresses.all()


def _add_address(record: Contact, user: Any, sent: NewAddressBody) -> ContactAddress:
    """Give the contact another address."""
    del user
    return save_address(record, _address_details(sent.model_dump()))


def _change_address(record: Contact, user: Any, address: int, sent: Any) -> ContactAddress:
    """Change the fields that are sent; all others stay as they are."""
    del user
    known = get_object_or_404(record.addresses, pk=address)
    before = {name: getattr(known, name) for name in NewAddressBody.model_fields}
    changes = sent.model_dump(include=sent.model_fields_set)
    return save_address(record, _address_details(before | changes), pk=known.pk)


def _remove_address(record: Contact, user: Any, address: int) -> None:
    """Take an address away."""
    del user
    delete_address(record, get_object_or_404(record.addresses, pk=address).pk)


def _address_details(values: dict[str, Any]) -> AddressDetails:
    return AddressDetails(**values | {"kind": AddressKind(values["kind"])})


_one_address = {"address": in_path(Key)}
CONTACTS_API.part(
    Part("addresses", "addresses", _("List addresses"), _addresses, address_shown, AddressAnswer, ("kind", "pk"))
)
CONTACTS_API.verb(
    Verb("POST", "addresses", "add-address", _("Add an address"), _add_address, body=NewAddressBody, status=201,
         answer=AddressAnswer, shown=address_shown)
)  # fmt: skip
CONTACTS_API.verb(
    Verb("PATCH", "addresses/{address}", "change-address", _("Change an address"), _change_address,
         body=changes_of(NewAddressBody, "AddressChanges"), takes=_one_address, answer=AddressAnswer,
         shown=address_shown)
)  # fmt: skip
CONTACTS_API.verb(
    Verb("DELETE", "addresses/{address}", "remove-address", _("Remove an address"), _remove_address, status=204,
         takes=_one_address)
)  # fmt: skip


# ---- duplicates -----------------------------------------------------------------------------------------------------


class MergeBody(Body):
    contacts: list[Key] = Field(min_length=1, max_length=100, description="Become part of this one, and are archived.")


def _merge(record: Contact, user: Any, sent: MergeBody) -> Contact:
    """Make several contacts this one: all that points to the others points to it from then on."""
    others = all_named(Contact.objects.visible_to(user).exclude(pk=record.pk), sent.contacts, "contacts")
    return merge_contacts(record.pk, [contact.pk for contact in others], by=user.contact, at=now())


CONTACTS_API.verb(
    Verb("POST", "merges", "merge", _("Merge"), _merge, body=MergeBody,
         may=lambda user, _record: can_merge_contacts(user))
)  # fmt: skip


class DistinctContact(Answer):
    id: int
    name: str


def _distinct(record: Contact, user: Any) -> QuerySet[Contact]:
    """Contacts that look like this one and are others: nobody is suggested to merge them."""
    pairs = ContactDistinction.objects.of(record).values_list("one", "other")
    return Contact.objects.visible_to(user).filter(pk__in={pk for pair in pairs for pk in pair} - {record.pk})


def _tell_apart(record: Contact, user: Any, other_contact: int) -> None:
    """Remember that the two are different contacts: they are not suggested as duplicates any more."""
    found = get_object_or_404(Contact.objects.visible_to(user).exclude(pk=record.pk), pk=other_contact)
    tell_apart([record.pk, found.pk], by=user.contact, at=now())


def _suggest_again(record: Contact, user: Any, other_contact: int) -> None:
    """Forget that the two are different contacts."""
    found = get_object_or_404(_distinct(record, user), pk=other_contact)
    suggest_again([record.pk, found.pk], by=user.contact, at=now())


_other = {"other_contact": in_path(Key)}
CONTACTS_API.part(
    Part("distinctions", "distinctions", _("List contacts that are no duplicates"), _distinct,
         lambda contact: {"id": contact.pk, "name": contact.name}, DistinctContact, ("pk",))
)  # fmt: skip
CONTACTS_API.verb(
    Verb("PUT", "distinctions/{other_contact}", "tell-apart", _("Tell apart"), _tell_apart, status=204, takes=_other,
         may=lambda user, _record: can_merge_contacts(user))
)  # fmt: skip
CONTACTS_API.verb(
    Verb("DELETE", "distinctions/{other_contact}", "suggest-again", _("Suggest again"), _suggest_again, status=204,
         takes=_other, may=lambda user, _record: can_merge_contacts(user))
)  # fmt: skip


# ---- tags -----------------------------------------------------------------------------------------------------------


class ContactTagAnswer(Answer):
    id: int
    name: str
    color: int = Field(description="One of the seven hues, 0 to 6.")


class NewContactTagBody(Body):
    name: _Tag
    color: Annotated[int, Field(ge=0, le=6)] | None = Field(None, description="Null: the word says its hue.")


class ContactTagsApi(Resource[ContactTag]):
    """The words that contacts are sorted by; giving a contact a new word makes one, too."""

    key, title, one, screen = "contact-tags", _("Contact tags"), _("Contact tag"), CONTACT_TAGS
    answer, new, changes = ContactTagAnswer, NewContactTagBody, changes_of(NewContactTagBody, "ContactTagChanges")

    def rows(self, user: Any) -> QuerySet[ContactTag]:
        del user
        return ContactTag.objects.all()

    def may_read(self, user: Any) -> bool:
        """Whoever keeps contacts reads their tags."""
        return can_change_contacts(user)

    def shown(self, record: ContactTag, user: Any) -> Mapping[str, Any]:
        del user
        return {"id": record.pk, "name": record.name, "color": record.color}

    def create(self, user: Any, body: NewContactTagBody) -> ContactTag:
        del user
        return create_tag(one_line(body.name), color=None if body.color is None else Hue(body.color))

    def change(self, user: Any, record: ContactTag, body: Any) -> None:
        del user
        values: dict[str, Any] = {"name": record.name, "color": record.color} | sent(body)
        color = Hue(record.color if values["color"] is None else values["color"])
        change_tag(record.pk, name=one_line(values["name"]), color=color)

    def delete(self, user: Any, record: ContactTag) -> None:
        del user
        delete_tag(record.pk)


CONTACT_TAGS_API = ContactTagsApi()
