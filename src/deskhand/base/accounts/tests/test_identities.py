"""Signing in by a provider (FOUND-2), against one that really answers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from deskhand.base.accounts.enums import AuditKind, UserKind
from deskhand.base.accounts.models import AuditEntry, IdentityProvider, Invitation, User
from deskhand.base.accounts.testing import (
    make_agent,
    make_authenticator_app,
    make_invitation_token,
    make_provider,
    make_settings_admin,
)
from deskhand.base.accounts.tests.provider import CLIENT_ID, SECRET, Provider
from deskhand.base.companies.testing import make_company

pytestmark = pytest.mark.django_db
IDA = {"sub": "ida-1", "email": "Ida@Nordlys.example", "email_verified": True, "name": "Ida Lind"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(claims=dict(IDA)) as running:
        yield running


def known(provider: Provider, **details: Any) -> IdentityProvider:
    return make_provider(key="staff", issuer=provider.url, client_id=CLIENT_ID, secret=SECRET, **details)


def sign_in(client: Client) -> Any:
    """Press the button, follow to the provider, and come back as a browser does."""
    page = client.post(reverse("openid_connect_login", args=["staff"]))
    there = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
    assert there, page.content.decode()
    back = requests.get(html.unescape(there[1]), allow_redirects=False, timeout=5).headers["Location"]
    address = urlsplit(back)
    return client.get(f"{address.path}?{address.query}")


def who(client: Client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


# ---- who is let in --------------------------------------------------------------------------------------------------


def test_a_user_with_the_same_address_is_signed_in_and_recognized_from_then_on(
    client: Client, provider: Provider
) -> None:
    ida = make_agent(email="ida@nordlys.example")
    known(provider)

    sign_in(client)
    assert who(client) == ida

    provider.claims["email"] = "ida.lind@nordlys.example"  # the provider knows her by her subject now
    again = Client()
    sign_in(again)
    assert who(again) == ida
    assert AuditEntry.objects.filter(user=ida, kind=AuditKind.SIGNED_IN).first().detail == "staff"  # type: ignore[union-attr]


def test_people_nobody_knows_are_turned_away(client: Client, provider: Provider) -> None:
    known(provider)

    answer = sign_in(client)

    assert answer.status_code == 403
    assert "Nobody has an account with your address here" in answer.content.decode()
    assert not User.objects.exists()


def test_people_nobody_knows_get_an_account_without_any_role_where_that_is_wanted(
    client: Client, provider: Provider
) -> None:
    company = make_company()
    known(provider, makes_accounts=True, company=company)

    sign_in(client)

    made = User.objects.get()
    assert who(client) == made
    assert (made.email, made.name, made.company, made.roles) == ("ida@nordlys.example", "Ida Lind", company, {})
    assert not made.has_usable_password()


def test_accounts_it_makes_are_of_the_kind_that_is_wanted(client: Client, provider: Provider) -> None:
    known(provider, makes_accounts=True, kind=UserKind.PORTAL)

    sign_in(client)

    assert User.objects.get().kind == UserKind.PORTAL


@pytest.mark.parametrize("verified", [False, None, "false"])
def test_an_address_that_the_provider_has_not_checked_is_nobodys(
    client: Client, provider: Provider, verified: Any
) -> None:
    make_agent(email="ida@nordlys.example")
    known(provider, makes_accounts=True)
    provider.claims["email_verified"] = verified

    answer = sign_in(client)

    assert answer.status_code == 403
    assert who(client) is None
    assert not SocialAccount.objects.exists()


def test_unless_the_provider_is_trusted_with_addresses(client: Client, provider: Provider) -> None:
    ida = make_agent(email="ida@nordlys.example")
    known(provider, trusts_addresses=True)
    del provider.claims["email_verified"]

    sign_in(client)

    assert who(client) == ida


@pytest.mark.parametrize("is_known", [False, True])
def test_other_domains_are_turned_away_whoever_it_is(client: Client, provider: Provider, is_known: bool) -> None:
    ida = make_agent(email="ida@nordlys.example")
    row = known(provider, makes_accounts=True, domains=["elsewhere.example"])
    if is_known:
        SocialAccount.objects.create(user=ida, provider="staff", uid="ida-1")

    answer = sign_in(client)

    assert (answer.status_code, who(client)) == (403, None)
    IdentityProvider.objects.filter(pk=row.pk).update(domains=["nordlys.example"])
    sign_in(client)
    assert who(client) == ida


def test_who_was_archived_stays_out(client: Client, provider: Provider) -> None:
    ida = make_agent(email="ida@nordlys.example")
    User.objects.filter(pk=ida.pk).update(is_active=False)
    known(provider)

    answer = sign_in(client)

    assert answer["Location"] == reverse("account_inactive")
    assert who(client) is None


def test_a_second_factor_is_asked_for_all_the_same(client: Client, provider: Provider) -> None:
    ida = make_agent(email="ida@nordlys.example")
    make_authenticator_app(ida)
    known(provider)

    answer = sign_in(client)

    assert answer["Location"] == reverse("mfa_authenticate")
    assert who(client) is None


def test_who_comes_in_this_way_needs_the_invitation_no_more(client: Client, provider: Provider) -> None:
    token = make_invitation_token(email="ida@nordlys.example")
    known(provider)

    sign_in(client)

    assert Invitation.objects.get().accepted_at
    assert Client().get(reverse("account_invitation", args=[token])).status_code == 404


# ---- a provider that is not what it says ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lie",
    [
        {"signs_with_foreign_key": True},
        {"audience": "another client"},
        {"token_subject": "somebody-else"},
    ],
)
def test_what_does_not_fit_together_lets_nobody_in(client: Client, provider: Provider, lie: dict[str, Any]) -> None:
    make_agent(email="ida@nordlys.example")
    known(provider)
    for name, value in lie.items():
        setattr(provider, name, value)

    answer = sign_in(client)

    assert (answer.status_code, who(client)) == (401, None)


def test_a_provider_that_calls_itself_by_another_name_is_not_gone_to(client: Client, provider: Provider) -> None:
    known(provider)
    provider.issuer = "https://elsewhere.example"

    answer = client.post(reverse("openid_connect_login", args=["staff"]))

    assert answer.status_code == 401
    assert "You are not signed in" in answer.content.decode()


def test_a_provider_that_is_away_is_a_sentence(client: Client, provider: Provider) -> None:
    known(provider)
    provider.__exit__()

    assert client.post(reverse("openid_connect_login", args=["staff"])).status_code == 401
    provider.__enter__()


def test_a_wrong_secret_is_a_sentence_and_stands_in_no_log(
    client: Client, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    make_provider(key="staff", issuer=provider.url, client_id=CLIENT_ID, secret="the wrong secret")

    answer = sign_in(client)

    assert answer.status_code == 401
    assert provider.posted[0]["client_secret"] == "the wrong secret"
    assert "Staff account" in caplog.text
    assert "the wrong secret" not in caplog.text


def test_who_changes_their_mind_comes_back_to_the_sign_in(client: Client, provider: Provider) -> None:
    known(provider)
    provider.refuses = True

    answer = sign_in(client)

    assert answer["Location"] == reverse("socialaccount_login_cancelled")


def test_an_answer_nobody_asked_for_signs_nobody_in(client: Client, provider: Provider) -> None:
    known(provider)
    back = reverse("openid_connect_callback", args=["staff"])

    answer = client.get(back, {"code": "x", "state": "invented"})

    assert (answer.status_code, who(client)) == (401, None)


def test_nothing_can_be_connected_to_whoever_is_signed_in(client: Client, provider: Provider) -> None:
    other, ida = make_agent(), make_agent(email="ida@nordlys.example")
    known(provider)
    client.force_login(other)

    page = client.post(reverse("openid_connect_login", args=["staff"]) + "?process=connect")
    there = re.search(r'url=([^"]+)"', page.content.decode())
    assert there
    back = requests.get(html.unescape(there[1]), allow_redirects=False, timeout=5).headers["Location"]
    client.get(urlsplit(back).path + "?" + urlsplit(back).query)

    assert who(client) == ida
    assert SocialAccount.objects.get().user == ida


# ---- settings -------------------------------------------------------------------------------------------------------


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Staff account",
        "key": "staff",
        "issuer": "https://login.nordlys.example/",
        "client_id": "deskhand",
        "secret": "shh",
        "domains": "Nordlys.example, @aurora.example",
        "company": make_company().pk,
        "kind": "internal",
    } | fields


def test_a_provider_is_set_up_and_its_button_stands_on_the_sign_in_page(client: Client) -> None:
    client.force_login(make_settings_admin())

    client.post(reverse("accounts:new-provider"), typed())

    made = IdentityProvider.objects.get()
    assert made.issuer == "https://login.nordlys.example"
    assert made.domains == ["nordlys.example", "aurora.example"]
    assert "Sign in with Staff account" in Client().get(reverse("account_login")).content.decode()
    assert "/account/provider/staff/back/" in client.get(reverse("accounts:provider", args=[made.pk])).content.decode()


def test_the_secret_that_is_kept_is_not_told_to_another_issuer(client: Client) -> None:
    client.force_login(make_settings_admin())
    client.post(reverse("accounts:new-provider"), typed(secret="very secret"))
    made = IdentityProvider.objects.get()
    elsewhere = typed(secret="", issuer="https://login.elsewhere.example")

    refused = client.post(reverse("accounts:provider", args=[made.pk]), elsewhere)

    assert "Enter the secret again" in refused.content.decode()
    assert IdentityProvider.objects.get().issuer == made.issuer
    client.post(reverse("accounts:provider", args=[made.pk]), elsewhere | {"secret": "another"})
    assert IdentityProvider.objects.get().issuer == "https://login.elsewhere.example"


def test_the_secret_is_sealed_not_shown_and_kept_when_none_is_typed(client: Client) -> None:
    client.force_login(make_settings_admin())
    client.post(reverse("accounts:new-provider"), typed(secret="very secret"))
    made = IdentityProvider.objects.get()

    page = client.get(reverse("accounts:provider", args=[made.pk])).content.decode()
    client.post(reverse("accounts:provider", args=[made.pk]), typed(secret="", name="Renamed"))

    kept = IdentityProvider.objects.get()
    assert "very secret" not in page + made.sealed_secret
    assert (kept.name, kept.sealed_secret) == ("Renamed", made.sealed_secret)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("issuer", "http://login.nordlys.example"),
        ("issuer", "nonsense"),
        ("domains", "not a domain!"),
        ("key", "no spaces here"),
        ("secret", ""),
        ("company", ""),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(client: Client, field: str, value: str) -> None:
    client.force_login(make_settings_admin())

    answer = client.post(reverse("accounts:new-provider"), typed(**{field: value}))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not IdentityProvider.objects.exists()


def test_two_providers_have_two_keys(client: Client) -> None:
    client.force_login(make_settings_admin())
    make_provider(key="staff")

    answer = client.post(reverse("accounts:new-provider"), typed())

    assert list(answer.context["form"].errors) == ["key"]
    assert IdentityProvider.objects.count() == 1


def test_an_archived_provider_lets_nobody_in(client: Client, provider: Provider) -> None:
    client.force_login(make_settings_admin())
    row = known(provider)
    client.post(reverse("accounts:provider-archival", args=[row.pk]))

    stranger = Client()

    assert "Staff account" not in stranger.get(reverse("account_login")).content.decode()
    assert stranger.post(reverse("openid_connect_login", args=["staff"])).status_code == 404


def test_the_list_costs_the_same_for_one_row_and_for_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make_settings_admin())
    make_provider()
    client.get(reverse("accounts:providers"))
    with django_assert_num_queries(6) as one:
        client.get(reverse("accounts:providers"))
    make_provider()
    make_provider()

    with django_assert_num_queries(len(one)):
        client.get(reverse("accounts:providers"))


def test_no_token_of_a_provider_is_kept(client: Client, provider: Provider) -> None:
    make_agent(email="ida@nordlys.example")
    known(provider)

    sign_in(client)

    assert not SocialToken.objects.exists()
