"""Contacts out of a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from deskhand.base.companies.public import Company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.services import NewContact, change_contact, create_contact
from deskhand.kit.choices import countries
from deskhand.kit.screens.actions import Doing
from deskhand.kit.screens.importing import Importer, LabelledField, NamedField, Values, YesNoField


def _fields(user: Any) -> dict[str, forms.Field]:
    companies = Contact.objects.visible_to(user).active().companies()
    mine = Company.objects.filter(pk__in=user.company_ids)
    return {
        "name": forms.CharField(label=_("Name"), max_length=200),
        "is_company": YesNoField(label=_("Is a company"), required=False),
        "parent": NamedField(companies.named, label=_("Company"), required=False),
        "email": forms.EmailField(label=_("Email"), required=False),
        "phone": forms.CharField(label=_("Phone"), max_length=40, required=False),
        "job_title": forms.CharField(label=_("Job position"), max_length=120, required=False),
        "street": forms.CharField(label=_("Street"), max_length=200, required=False),
        "postal_code": forms.CharField(label=_("Postal code"), max_length=20, required=False),
        "city": forms.CharField(label=_("City"), max_length=120, required=False),
        "country": LabelledField(countries, label=_("Country"), required=False),
        "language": LabelledField(lambda: settings.LANGUAGES, label=_("Language"), required=False),
        "company": NamedField(lambda name: mine.filter(name__iexact=name), label=_("Used by"), required=False),
        "note": forms.CharField(label=_("Internal notes"), required=False),
    }


def _create(values: Values, doing: Doing) -> Contact:
    del doing
    return create_contact(NewContact(**values))


def _update(contact: Contact, values: Values, doing: Doing) -> Contact:
    return change_contact(contact.pk, values, by=doing.user.contact)


CONTACT_IMPORTER = Importer(
    fields=_fields,
    create=_create,
    update=_update,
    keys=("email", "name"),
    paths={"email": "email__iexact", "name": "name__iexact"},
    examples={"name": "Ada Example", "email": "ada@customer.example", "city": "Trondheim", "country": "NO"},
)
