"""What is typed about a contact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import Company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.pages.fields import ContactField, ContactPicker
from deskhand.base.contacts.services import CHANGEABLE
from deskhand.kit.choices import Choices, countries
from deskhand.kit.ui.widgets import LongSelect


def _countries() -> Choices:
    return [("", ""), *countries()]


def _languages() -> Choices:
    return [("", str(_("Not known"))), *((code, str(name)) for code, name in settings.LANGUAGES)]


class ContactForm(forms.ModelForm[Contact]):
    """The sheet of a contact. A company has no job position and no company of its own."""

    parent = ContactField(label=_("Company"), required=False, widget=ContactPicker(companies_only=True))
    country = forms.ChoiceField(label=_("Country"), choices=_countries, required=False, widget=LongSelect)
    language = forms.ChoiceField(label=_("Language"), choices=_languages, required=False)

    class Meta:
        model = Contact
        fields = [
            "name", "is_company", "parent", "job_title", "email", "phone", "language", "street", "postal_code", "city",
            "country", "company", "note",
        ]  # fmt: skip
        widgets = {
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "note": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = _("Enter a name.")
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
