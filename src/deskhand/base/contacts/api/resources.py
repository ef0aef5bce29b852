"""Contacts in the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.companies.public import Company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.pages.screens import CONTACTS
from deskhand.base.contacts.policies import can_change_contacts, can_delete_contacts
from deskhand.base.contacts.services import (
    NewContact,
    archive_contact,
    change_contact,
    create_contact,
    delete_contact,
    restore_contact,
)
from deskhand.kit.api.checks import Country, Email, named, one_of
from deskhand.kit.api.public import Answer, Body, Key, Line, Ref, Resource, Text, changes_of, ref, sent
from deskhand.kit.api.shapes import NO_NUL

Language = Annotated[
    str, Field(max_length=10, pattern=NO_NUL), one_of(lambda: [(code, "") for code, _name in settings.LANGUAGES])
]
Website = Annotated[str, Field(max_length=200, pattern=r"^(https?://[^\s\x00]+)?$")]


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
    note: str
    is_active: bool
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
    note: Text = ""


class Contacts(Resource[Contact]):
    key, title, one, screen = "contacts", _("Contacts"), _("Contact"), CONTACTS
    answer, new, changes = ContactAnswer, NewContactBody, changes_of(NewContactBody, "ContactChanges")
    joins = ("parent", "company")

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
        links = {"parent": ref(record.parent), "company": ref(record.company)}
        return {"id": record.pk} | {name: getattr(record, name) for name in _PLAIN} | links

    def create(self, user: Any, body: NewContactBody) -> Contact:
        return create_contact(NewContact(**_values(user, body.model_dump())))

    def change(self, user: Any, record: Contact, body: Any) -> None:
        change_contact(record.pk, _values(user, sent(body)))

    def archive(self, user: Any, record: Contact) -> None:
        del user
        archive_contact(record.pk)

    def restore(self, user: Any, record: Contact) -> None:
        del user
        restore_contact(record.pk)

    def delete(self, user: Any, record: Contact) -> None:
        del user
        delete_contact(record.pk)


_PLAIN = tuple(name for name in ContactAnswer.model_fields if name not in {"id", "parent", "company"})


def _values(user: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The fields as the services take them: records instead of ids."""
    if values.get("parent") is not None:
        values["parent"] = named(Contact.objects.visible_to(user), values["parent"], "parent")
    if values.get("company") is not None:
        values["company"] = named(Company.objects.filter(pk__in=user.company_ids), values["company"], "company")
    return values


CONTACTS_API = Contacts()
