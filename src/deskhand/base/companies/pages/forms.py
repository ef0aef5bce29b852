"""What is typed about a company, on its own page and in the general settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.models import Company
from deskhand.base.companies.pages.domains import AliasDomainField, notes_of
from deskhand.base.companies.places import SettingsForm
from deskhand.base.companies.services.companies import CHANGEABLE, change_company
from deskhand.base.companies.services.logos import check_logo, set_logo, store_logo
from deskhand.kit.choices import currencies, time_zones
from deskhand.kit.errors import DomainError
from deskhand.kit.pictures import PICTURE_TYPES
from deskhand.kit.ui.widgets import LongSelect

_ENTER_NAME = _("Enter a name.")


class LogoField(forms.FileField):
    """One picture, by its bytes, whatever its name says."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Logo"),
            required=False,
            widget=forms.FileInput(attrs={"accept": ",".join(sorted(PICTURE_TYPES))}),
            help_text=_("Shown on customer pages. PNG, JPEG, GIF or WebP, up to 1 MB; 56 pixels high is enough."),
            **options,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload:
            try:
                check_logo(upload)
            except DomainError as refusal:
                raise ValidationError(str(refusal), code=refusal.code) from refusal
        return upload


def currency_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Currency"), choices=currencies, widget=LongSelect)


def time_zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"), choices=time_zones, widget=LongSelect, help_text=_("Of working hours and reports.")
    )


def website_field() -> forms.URLField:
    return forms.URLField(label=_("Website"), required=False, assume_scheme="https")


class CompanyForm(forms.ModelForm[Company]):
    """All that a company's own page shows."""

    logo_file = LogoField()
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    currency = currency_field()
    time_zone = time_zone_field()
    website = website_field()
    alias_domain = AliasDomainField()

    class Meta:
        model = Company
        fields = ["name", "short_name", "email", "phone", "website", "alias_domain", "currency", "time_zone"]

    def __init__(self, *args: Any, like: Company | None = None, **kwargs: Any) -> None:
        """``like``: what a new company has in common with another, unless told otherwise."""
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = _ENTER_NAME
        if like is not None and not self.instance.pk:
            for name in ("currency", "time_zone"):
                self.initial.setdefault(name, getattr(like, name))
        if not self.instance.logo:
            del self.fields["remove_logo"]

    def details(self) -> dict[str, Any]:
        """The fields as the services take them."""
        return {name: self.cleaned_data[name] for name in CHANGEABLE}


class CompanySection(SettingsForm):
    """*Company*: what the present company is called, looks like and counts in."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _ENTER_NAME})
    short_name = forms.CharField(
        label=_("Name for customers"),
        max_length=60,
        required=False,
        help_text=_("Shown on customer pages; empty = the name."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    website = website_field()
    currency = currency_field()
    time_zone = time_zone_field()
    logo = LogoField()
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)

    _FIELDS = ("name", "short_name", "phone", "website", "currency", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(self.company, name) for name in self._FIELDS}
        self._stored = ""
        if not self.company.logo:
            del self.fields["remove_logo"]

    def prepare(self) -> None:
        if upload := self.cleaned_data.get("logo"):
            self._stored = store_logo(upload)

    def save(self) -> None:
        change_company(self.company.pk, {name: self.cleaned_data[name] for name in self._FIELDS})
        if self._stored or self.cleaned_data.get("remove_logo"):
            set_logo(self.company.pk, self._stored)


class EmailSection(SettingsForm):
    """*Email*: where mails to the company go (IN-2)."""

    email = forms.EmailField(label=_("Email"), required=False, help_text=_("The company's own address, for people."))
    alias_domain = AliasDomainField()

    _FIELDS = ("email", "alias_domain")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(self.company, name) for name in self._FIELDS}

    @property
    def notes(self) -> str:
        """What is to be known about the domain that stands there."""
        typed = self.cleaned_data.get("alias_domain", "") if self.is_bound else self.initial["alias_domain"]
        return notes_of(self.company, typed)

    def save(self) -> None:
        change_company(self.company.pk, {name: self.cleaned_data[name] for name in self._FIELDS})
