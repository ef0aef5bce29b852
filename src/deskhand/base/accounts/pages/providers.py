"""What an administrator types about a provider that people sign in by (OpenID Connect)."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import UserKind
from deskhand.base.accounts.models import IdentityProvider
from deskhand.base.accounts.services import ProviderDetails
from deskhand.base.companies.public import Company

_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


class ProviderForm(forms.Form):
    """The sheet of a provider. The secret is taken, never shown."""

    name = forms.CharField(label=_("Name"), max_length=60, error_messages={"required": _("Enter a name.")})
    key = forms.SlugField(
        label=_("Key"),
        max_length=40,
        help_text=_("Stands in the redirect address: small letters, digits and hyphens."),
    )
    issuer = forms.URLField(
        label=_("Issuer"),
        max_length=300,
        assume_scheme="https",
        help_text=_("Where the provider is found, such as https://login.nordlys.example/realms/staff."),
    )
    client_id = forms.CharField(label=_("Client ID"), max_length=191)
    secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    domains = forms.CharField(
        label=_("Mail domains"),
        required=False,
        help_text=_("Only people with addresses of these domains are let in, several with commas. Empty: all."),
    )
    trusts_addresses = forms.BooleanField(
        label=_("Trust addresses"),
        required=False,
        help_text=_("Also those that the provider does not call checked. Only where nobody types their own address."),
    )
    makes_accounts = forms.BooleanField(
        label=_("Make accounts"),
        required=False,
        help_text=_("People whom nobody knows yet get an account, without any role. Otherwise they are turned away."),
    )
    company = forms.ModelChoiceField(
        Company.objects.all(), label=_("Company"), empty_label=None, help_text=_("Of the accounts it makes.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=UserKind.choices, help_text=_("Of the accounts it makes."))

    def __init__(
        self, data: Any = None, files: Any = None, *, instance: IdentityProvider | None, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, files, initial=(_known(instance) if instance else {}) | initial)
        if instance:
            self.fields["secret"].help_text = gettext("It is kept sealed and never shown. Empty: it stays as it is.")

    def clean_issuer(self) -> str:
        issuer = str(self.cleaned_data["issuer"]).removesuffix("/.well-known/openid-configuration").rstrip("/")
        if not issuer.startswith("https://") and not settings.DEBUG and not _is_here(issuer):
            raise ValidationError(gettext("The address must start with https://."))
        return issuer

    def clean_key(self) -> str:
        return str(self.cleaned_data["key"]).lower()

    def clean_domains(self) -> list[str]:
        domains = [
            word.lower().removeprefix("@") for word in re.split(r"[\s,;]+", self.cleaned_data["domains"]) if word
        ]
        for domain in domains:
            if not _DOMAIN.fullmatch(domain):
                raise ValidationError(
                    gettext("%(domain)s is no domain. Enter one such as nordlys.example.") % {"domain": domain}
                )
        return domains

    def details(self) -> ProviderDetails:
        data = self.cleaned_data | {"kind": UserKind(self.cleaned_data["kind"])}
        return ProviderDetails(**data)


def _known(provider: IdentityProvider) -> dict[str, Any]:
    names = ("name", "key", "issuer", "client_id", "trusts_addresses", "makes_accounts", "company", "kind")
    return {name: getattr(provider, name) for name in names} | {"domains": ", ".join(provider.domains)}


def _is_here(issuer: str) -> bool:
    """A provider on this machine, to try things out."""
    return re.match(r"http://(localhost|127\.0\.0\.1)(:|/|$)", issuer) is not None
