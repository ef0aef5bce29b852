"""API keys: made once, shown once, recognised by a hash."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from deskhand.base.accounts.public import AuditKind
from deskhand.base.accounts.testing import make_agent, make_settings_admin, told
from deskhand.base.keys.models import ApiKey
from deskhand.base.keys.services import (
    AlreadyOver,
    NoScopes,
    UnknownScope,
    key_of_secret,
    make_key,
    revoke_key,
)
from deskhand.base.keys.testing import make_api_key, make_secret
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db


def test_of_a_key_only_a_hash_is_kept() -> None:
    secret = make_secret(make_agent())

    (row,) = ApiKey.objects.values()
    assert secret.startswith(row["prefix"] + "_")
    assert len(secret) > 50
    assert secret not in str(row)
    assert len(row["secret_hash"]) == 64


def test_a_key_is_found_by_its_secret_and_by_nothing_like_it() -> None:
    secret = make_secret(make_agent())

    assert key_of_secret(secret, at=now()) == ApiKey.objects.get()
    for wrong in (secret[:-1], secret + "x", secret.upper(), "", "dhk_", ApiKey.objects.get().prefix, "dhk_\0_x"):
        assert key_of_secret(wrong, at=now()) is None


def test_the_use_of_a_key_is_noted_once_a_minute(django_assert_num_queries: Any) -> None:
    secret, at = make_secret(make_agent()), now()

    with django_assert_num_queries(2):
        key_of_secret(secret, at=at)
    with django_assert_num_queries(1):
        key_of_secret(secret, at=at + timedelta(seconds=59))

    assert ApiKey.objects.get().last_used_at == at


@pytest.mark.parametrize(
    ("scopes", "hours", "refusal"),
    [([], None, NoScopes), (["tickets:wrong"], None, UnknownScope), (["tickets:read"], -1, AlreadyOver)],
)
def test_a_key_that_makes_no_sense_is_not_made(scopes: list[str], hours: int | None, refusal: type[Exception]) -> None:
    expires_at = None if hours is None else now() + timedelta(hours=hours)

    with pytest.raises(refusal):
        make_key(make_agent(), name="x", scopes=scopes, expires_at=expires_at, at=now())

    assert not ApiKey.objects.exists()


def test_a_revoked_key_stays_revoked() -> None:
    user, at = make_agent(), now()
    secret = make_secret(user)
    key = ApiKey.objects.get()

    revoke_key(key.pk, by=user, at=at)
    revoke_key(key.pk, by=user, at=at + timedelta(hours=1))

    assert ApiKey.objects.get().revoked_at == at
    assert key_of_secret(secret, at=now()) is None


def test_who_made_and_who_revoked_a_key_is_written_down_without_its_secret() -> None:
    user, admin = make_agent(), make_settings_admin()
    key = make_api_key(user)

    for _again in range(2):
        revoke_key(key.pk, by=admin, at=now())

    named = f"Test ({key.prefix})"
    assert told(AuditKind.KEY_MADE) == [(user.pk, None, named)]
    assert told(AuditKind.KEY_REVOKED) == [(user.pk, admin.pk, named)]


def test_a_key_is_made_on_the_page_and_its_secret_shown_this_once(client: Client) -> None:
    user = make_agent()
    client.force_login(user)

    made = client.post(
        "/settings/preferences/keys/", {"name": "Shop", "lifetime": "30", "scopes": ["tickets:read", "tickets:closure"]}
    )
    again = client.get("/settings/preferences/keys/")

    key = ApiKey.objects.get()
    assert (key.user, key.scopes) == (user, ["tickets:closure", "tickets:read"])
    assert made.context["made"].secret in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert key.prefix in again.content.decode()
    assert made.context["made"].secret not in again.content.decode()


def test_the_page_says_what_is_missing(client: Client) -> None:
    client.force_login(make_agent())

    refused = client.post("/settings/preferences/keys/", {"name": "Shop", "lifetime": "30"})

    assert refused.status_code == 422
    assert "Tick at least one thing" in refused.content.decode()
    assert not ApiKey.objects.exists()


def test_administrators_see_and_revoke_the_keys_of_all(client: Client, django_assert_num_queries: Any) -> None:
    admin = make_settings_admin()
    client.force_login(admin)
    counts = []
    for _ in range(2):
        make_api_key(make_agent(admin.company))
        client.get("/settings/keys/")
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            page = client.get("/settings/keys/")
        counts.append(len(asked))
    key = ApiKey.objects.first()
    assert key
    client.post(f"/settings/keys/{key.pk}/revocation/")

    assert counts[0] == counts[1]
    assert key.prefix in page.content.decode()
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert client.get("/settings/keys/?filter=over").content.decode().count(key.prefix) == 1


@pytest.mark.parametrize("page", ["/settings/preferences/keys/", "/settings/keys/{pk}/"])
def test_whoever_revokes_a_key_is_asked_first(client: Client, page: str) -> None:
    admin = make_settings_admin()
    make_api_key(admin)
    client.force_login(admin)

    content = client.get(page.format(pk=ApiKey.objects.get().pk)).content.decode()

    assert re.search(r'action="/settings/keys/\d+/revocation/" data-confirm="Revoke “', content)


def test_preferences_lead_to_ones_own_keys(client: Client) -> None:
    user = make_agent()
    make_api_key(user)
    make_api_key(make_agent(user.company))
    client.force_login(user)

    page = client.get("/settings/preferences/").content.decode()

    assert "/settings/preferences/keys/" in page
    assert "My API Keys (1)" in page
