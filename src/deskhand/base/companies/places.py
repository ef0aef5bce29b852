"""What the general settings leave open for others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from deskhand.base.companies.models import Company
from deskhand.kit.panels import Place

if TYPE_CHECKING:
    from django.utils.safestring import SafeString
    from django_stubs_ext import StrPromise

    from deskhand.base.accounts.public import User


class SettingsForm(forms.Form):
    """The fields of one section. All sections of the page are checked together and saved in one transaction."""

    def __init__(self, *args: Any, company: Company, user: User, **kwargs: Any) -> None:
        self.company = company
        self.user = user
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """What must not happen inside a transaction, such as storing a file. Called once all sections are right."""

    def save(self) -> None:
        """Call the service that changes what the section is about."""
        raise NotImplementedError


@dataclass(frozen=True)
class SettingsSection:
    """A section of the general settings. ``key`` is its anchor and the prefix of its fields.

    ``template`` gets ``form``, ``company`` and ``section`` and draws what stands below the heading.
    """

    key: str
    title: str | StrPromise
    form: type[SettingsForm]
    template: str


SETTINGS_SECTIONS: Place[SettingsSection] = Place("settings.sections")
#: What is to be known about a company's alias domain, such as the addresses it makes: each gets the company and the
#: domain as it is typed at present, and answers HTML.
ALIAS_DOMAIN_NOTES: Place[Callable[[Company, str], SafeString]] = Place("settings.alias_domain_notes")
