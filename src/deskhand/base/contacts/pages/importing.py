"""Contacts out of a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from deskhand.base.companies.public import Company
from deskhand.base.contacts.models import Contact, ContactTag
from deskhand.base.contacts.services import NewContact, change_contact, create_contact, set_tags
from deskhand.kit.choices import countries, country_names, language_names
from deskhand.kit.screens.actions import Doing
from deskhand.kit.screens.importing import Importer, LabelledField, NamedField, Values, WordsField, YesNoField

_LONGEST_TAG: int = ContactTag._meta.get_field("name").max_length or 0  # noqa: SLF001


def _fields(user: Any) -> dict[str, forms.Field]:
    companies = Contact.objects.visible_to(user).active().companies()
    mine = Company.objects.filter(pk__in=user.company_ids)
    return {
        "name": forms.CharField(label=_("Name"), max_length=200),
        "is_company": YesNoField(label=_("Is a company"), required=False),
        "parent": NamedField(
            companies.named,
            label=_("Company"),
            required=False,
            unknown=_("There is no company “%(name)s” yet. Give it a row of its own, with yes at “Is a company”."),
        ),
        "email": forms.EmailField(label=_("Email"), required=False),
        "phone": forms.CharField(label=_("Phone"), max_length=40, required=False),
        "job_title": forms.CharField(label=_("Job position"), max_length=120, required=False),
        "street": forms.CharField(label=_("Street"), max_length=200, required=False),
        "postal_code": forms.CharField(label=_("Postal code"), max_length=20, required=False),
        "city": forms.CharField(label=_("City"), max_length=120, required=False),
        "country": LabelledField(countries, also=country_names, label=_("Country"), required=False),
        "language": LabelledField(lambda: settings.LANGUAGES, also=language_names, label=_("Language"), required=False),
        "website": forms.URLField(label=_("Website"), assume_scheme="https", required=False),
        "tags": WordsField(
            label=_("Tags"),
            longest=_LONGEST_TAG,
            too_long=_("A tag has up to 60 letters. Put commas between tags."),
            required=False,
        ),
        "company": NamedField(lambda name: mine.filter(name__iexact=name), label=_("Used by"), required=False),
        "note": forms.CharField(label=_("Internal notes"), required=False),
    }


def _create(values: Values, doing: Doing) -> Contact:
    del doing
    contact = create_contact(NewContact(**{name: value for name, value in values.items() if name != "tags"}))
    if values.get("tags"):
        set_tags(contact, values["tags"])
    return contact


def _update(contact: Contact, values: Values, doing: Doing) -> Contact:
    return change_contact(contact.pk, values, by=doing.user.contact, tags=values.get("tags"))


def _name_of_company(values: Values) -> str:
    return str(values.get("name", "")) if values.get("is_company") else ""


CONTACT_IMPORTER = Importer(
    fields=_fields,
    create=_create,
    update=_update,
    keys=("email", "name"),
    paths={"email": "email__iexact", "name": "name__iexact"},
    answers={"parent": _name_of_company},
    examples={"name": "Ada Example", "email": "ada@customer.example", "city": "Trondheim", "country": "NO"},
)
