"""What is typed about a contact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import Company
from deskhand.base.contacts.enums import AddressKind
from deskhand.base.contacts.models import Contact, ContactAddress
from deskhand.base.contacts.pages.fields import ContactField, ContactPicker, ContactTagsField
from deskhand.base.contacts.services import CHANGEABLE, AddressDetails
from deskhand.kit.choices import Choices, countries, language_name
from deskhand.kit.ui.widgets import LongSelect


def _countries() -> Choices:
    return [("", ""), *countries()]


def _languages(stored: str = "") -> Choices:
    """Those that Deskhand speaks, and the one that is stored: a page that does not offer it would take it away."""
    spoken = [(code, str(name)) for code, name in settings.LANGUAGES]
    more = [(stored, language_name(stored))] if stored and stored not in dict(spoken) else []
    return [("", str(_("Not known"))), *spoken, *more]


class ContactForm(forms.ModelForm[Contact]):
    """The sheet of a contact. A company has no job position and no company of its own."""

    parent = ContactField(label=_("Company"), required=False, widget=ContactPicker(companies_only=True))
    country = forms.ChoiceField(label=_("Country"), choices=_countries, required=False, widget=LongSelect)
    language = forms.ChoiceField(label=_("Language"), choices=_languages, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    tags = ContactTagsField(label=_("Tags"))

    class Meta:
        model = Contact
        fields = [
            "name", "is_company", "parent", "job_title", "email", "phone", "website", "language", "street",
            "postal_code", "city", "country", "company", "note",
        ]  # fmt: skip
        widgets = {
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "note": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = _("Enter a name.")
        if self.instance.pk:
            self.initial["tags"] = list(self.instance.tags.all())
        self.fields["language"].choices = _languages(self.instance.language)  # type: ignore[attr-defined]
        parent, company = self.fields["parent"], self.fields["company"]
        parent.queryset = Contact.objects.visible_to(user).companies()  # type: ignore[attr-defined]
        company.queryset = Company.objects.filter(pk__in=user.company_ids)  # type: ignore[attr-defined]
        company.empty_label = str(_("All companies"))  # type: ignore[attr-defined]
        company.help_text = _("Which of your companies sees this contact.")
        if self.instance.pk and self.instance.company_id and self.instance.company_id not in user.company_ids:
            del self.fields["company"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def details(self) -> dict[str, Any]:
        """The fields as the services take them."""
        return {name: self.cleaned_data[name] for name in CHANGEABLE if name in self.cleaned_data}


class AddressForm(forms.ModelForm[ContactAddress]):
    """Another address of a contact."""

    country = forms.ChoiceField(label=_("Country"), choices=_countries, required=False, widget=LongSelect)

    class Meta:
        model = ContactAddress
        fields = ["kind", "name", "street", "postal_code", "city", "country", "email", "phone"]

    def details(self) -> AddressDetails:
        return AddressDetails(**self.cleaned_data | {"kind": AddressKind(self.cleaned_data["kind"])})


class MergeForm(forms.Form):
    """Which contact stays, and which become part of it."""

    survivor = forms.ModelChoiceField(Contact.objects.none(), error_messages={"required": _("Choose who stays.")})
    merged = forms.ModelMultipleChoiceField(
        Contact.objects.none(), error_messages={"required": _("Choose at least one other contact.")}
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = Contact.objects.visible_to(user)  # type: ignore[attr-defined]

    def chosen(self) -> tuple[int, list[int]]:
        survivor = self.cleaned_data["survivor"].pk
        return survivor, [contact.pk for contact in self.cleaned_data["merged"] if contact.pk != survivor]


class MergeIntoForm(forms.Form):
    """Which contact becomes part of the one whose page it is."""

    merged = ContactField(label=_("Contact"), error_messages={"required": _("Choose a contact.")})

    def __init__(self, *args: Any, user: Any, survivor: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["merged"].queryset = (  # type: ignore[attr-defined]
            Contact.objects.visible_to(user).filter(merged_into=None).exclude(pk=survivor.pk)
        )
