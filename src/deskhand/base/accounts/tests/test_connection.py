"""*Test connection* of a provider, against one that really answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.enums import UserKind
from deskhand.base.accounts.models import IdentityProvider
from deskhand.base.accounts.services import ProviderDetails, save_provider
from deskhand.base.accounts.services.trying import Finding, try_provider
from deskhand.base.accounts.testing import make_agent, make_settings_admin
from deskhand.base.accounts.tests.provider import CLIENT_ID, SECRET, Provider
from deskhand.base.companies.testing import make_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def there() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


def known(url: str, **changes: Any) -> IdentityProvider:
    details = {
        "key": "keycloak",
        "name": "Keycloak",
        "issuer": url,
        "client_id": CLIENT_ID,
        "secret": SECRET,
        "domains": [],
        "trusts_addresses": False,
        "makes_accounts": False,
        "company": make_company(),
        "kind": UserKind.INTERNAL,
    }
    return save_provider(None, ProviderDetails(**details | changes))  # type: ignore[arg-type]


def told(findings: list[Finding]) -> list[bool | None]:
    return [finding.is_ok for finding in findings]


def test_a_provider_that_knows_us_is_found_well(there: Provider) -> None:
    findings = try_provider(known(there.url))

    assert told(findings) == [True, True, True]
    assert "it has 1 signing key." in findings[1].sentence


def test_a_wrong_secret_is_told_from_a_wrong_code(there: Provider) -> None:
    findings = try_provider(known(there.url, secret="another"))

    assert told(findings) == [True, True, False]
    assert "secret" in findings[-1].sentence


def test_a_provider_by_another_name_is_not_asked_further(there: Provider) -> None:
    there.issuer = "https://somebody.example"

    findings = try_provider(known(there.url))

    assert told(findings) == [False]
    assert "https://somebody.example" in findings[0].sentence
    assert there.posted == []


def test_nobody_at_the_address_is_said(there: Provider) -> None:
    url = there.url
    there.__exit__()

    assert "Nobody answers at" in try_provider(known(url))[0].sentence
    there.__enter__()


@pytest.mark.parametrize(
    ("path", "words"), [("/userinfo", "calls itself"), ("/authorize/x", "does not answer with JSON")]
)
def test_what_is_no_description_is_said(there: Provider, path: str, words: str) -> None:
    findings = try_provider(known(f"{there.url}{path}"))

    assert told(findings) == [False]
    assert words in findings[0].sentence or "calls itself" in findings[0].sentence


def test_keys_that_are_none_are_said(there: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(there, "keys", lambda: {"keys": []})

    findings = try_provider(known(there.url))

    assert told(findings) == [True, False]
    assert "no key" in findings[-1].sentence


def test_the_pop_up_is_for_administrators_and_says_it_in_words(client: Client, there: Provider) -> None:
    provider = known(there.url)
    url = reverse("accounts:provider-connection", args=[provider.pk])

    client.force_login(make_agent())
    assert client.get(url).status_code == 403
    client.force_login(make_settings_admin())
    page = client.get(url).content.decode()

    assert "People can sign in by it." in page
    assert SECRET not in page
