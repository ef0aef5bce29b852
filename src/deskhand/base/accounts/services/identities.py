"""People who sign in by a provider (OpenID Connect): whom it may let in, and as whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import UserKind
from deskhand.base.accounts.models import IdentityProvider, User
from deskhand.base.accounts.services.users import NewUser, create_user
from deskhand.base.companies.public import Company
from deskhand.kit.errors import DomainError
from deskhand.kit.sealing import seal
from deskhand.kit.transactions import in_transaction


class AddressNotShown(DomainError):
    code = "address_not_shown"
    message = _("The provider did not tell your mail address, or it has not checked it. Sign in with your password.")
    status = 403


class DomainNotLetIn(DomainError):
    code = "domain_not_let_in"
    message = _("People with addresses of this domain do not sign in this way. Sign in with your password.")
    status = 403


class NobodyKnown(DomainError):
    code = "nobody_known"
    message = _("Nobody has an account with your address here. Ask an administrator to invite you.")
    status = 403


class ProviderKeyTaken(DomainError):
    code = "provider_key_taken"
    message = _("Another provider has this key. Choose another one.")
    field = "key"


class SecretMissing(DomainError):
    code = "secret_missing"
    message = _("Enter the secret that the provider gave this client.")
    field = "secret"
    status = 422


class SecretWantedAgain(DomainError):
    code = "secret_wanted_again"
    message = _("Enter the secret again: the one that is kept is not told to another provider.")
    field = "secret"
    status = 422


@dataclass(frozen=True)
class Identity:
    """Who a provider says somebody is. ``is_checked``: it has seen that the address is theirs."""

    address: str
    name: str
    is_checked: bool


@dataclass(frozen=True)
class ProviderDetails:
    """What an administrator decides about a provider. ``secret`` empty: the one before stays."""

    key: str
    name: str
    issuer: str
    client_id: str
    secret: str
    domains: Sequence[str]
    trusts_addresses: bool
    makes_accounts: bool
    company: Company
    kind: UserKind


@in_transaction
def save_provider(provider_id: int | None, details: ProviderDetails) -> IdentityProvider:
    """Make a provider (``provider_id`` None), or change it.

    :raises ProviderKeyTaken: another provider has the key.
    :raises SecretMissing: a new provider without a secret.
    :raises SecretWantedAgain: another issuer shall be told the secret that is kept.
    """
    provider = IdentityProvider.objects.select_for_update().get(pk=provider_id) if provider_id else IdentityProvider()
    if IdentityProvider.objects.filter(key=details.key).exclude(pk=provider_id or 0).exists():
        raise ProviderKeyTaken
    if not details.secret and not provider.sealed_secret:
        raise SecretMissing
    if not details.secret and provider.issuer != details.issuer:
        raise SecretWantedAgain  # who may change a provider must not read its secret by one of their own
    for name, value in vars(details).items():
        if name != "secret":
            setattr(provider, name, value)
    if details.secret:
        provider.sealed_secret = seal(details.secret)
    provider.save()
    return provider


@in_transaction
def set_provider_active(provider_id: int, *, is_active: bool) -> None:
    """Offer a provider on the sign-in page, or no longer. Who is signed in stays so."""
    IdentityProvider.objects.filter(pk=provider_id).update(is_active=is_active)


@in_transaction
def user_for(provider: IdentityProvider, identity: Identity) -> User:
    """Whom somebody signs in as the first time, by their address; made where the provider may.

    :raises AddressNotShown: the address says nothing about who it is.
    :raises DomainNotLetIn: the provider is not asked about this domain.
    :raises NobodyKnown: nobody signs in with the address, and the provider makes no accounts.
    """
    refuse_stranger(provider, identity)
    if not identity.address or not (identity.is_checked or provider.trusts_addresses):
        raise AddressNotShown
    known = User.objects.filter(email=identity.address).first()
    if known:
        return known
    if not provider.makes_accounts:
        raise NobodyKnown
    return create_user(
        NewUser(
            email=identity.address,
            name=identity.name or identity.address.partition("@")[0],
            company=provider.company,
            kind=UserKind(provider.kind),
        )
    )


def refuse_stranger(provider: IdentityProvider, identity: Identity) -> None:
    """Says no to an address of a domain that the provider is not asked about, each time somebody comes.

    :raises DomainNotLetIn: so it is.
    """
    if provider.domains and identity.address.rpartition("@")[2] not in provider.domains:
        raise DomainNotLetIn
