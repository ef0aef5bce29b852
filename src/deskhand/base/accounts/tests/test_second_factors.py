from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.enums import AuditKind, SecondFactor
from deskhand.base.accounts.models import AuditEntry, User
from deskhand.base.accounts.services import (
    NoSecondFactor,
    UserDetails,
    change_user,
    require_second_factor,
    reset_second_factor,
    second_factor_of,
)
from deskhand.base.accounts.testing import (
    PASSWORD,
    make_agent,
    make_authenticator_app,
    make_passkey,
    make_portal_user,
    make_settings_admin,
)
from deskhand.base.companies.testing import make_company
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db
SET_UP = "/account/two-factor/"


def code(secret: str) -> str:
    """What the app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def signed_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


# ---- an app ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_by_the_code_that_it_shows_and_brings_recovery_codes() -> None:
    user = make_agent()
    client = signed_in(user)
    page = client.get(reverse("mfa_activate_totp"))

    done = client.post(reverse("mfa_activate_totp"), {"code": code(page.context["form"].secret)}, follow=True)

    assert "data:image/svg+xml;base64," in page.content.decode()
    assert done.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(done.context["unused_codes"]) == 10
    assert [sent.subject for sent in mail.outbox] == ["Your authenticator app is set up"]
    assert AuditEntry.objects.filter(user=user, kind=AuditKind.FACTOR_ADDED, detail="totp").exists()


def test_a_wrong_code_sets_up_nothing() -> None:
    user = make_agent()
    client = signed_in(user)
    client.get(reverse("mfa_activate_totp"))

    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "This code is not right" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_the_key_of_an_app_is_sealed_in_the_database() -> None:
    secret = make_authenticator_app(make_agent())

    assert secret not in str(Authenticator.objects.values().get())


def test_the_password_alone_lets_nobody_in_then() -> None:
    user = make_agent()
    secret = make_authenticator_app(user)
    client = signed_in(user)

    before = client.get("/settings/preferences/")
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    after = client.get("/settings/preferences/")

    assert before.status_code == 302
    assert after.status_code == 200
    assert AuditEntry.objects.get(user=user, kind=AuditKind.SIGNED_IN).detail == "password, totp"


def test_passkeys_are_not_offered_to_those_who_have_none() -> None:
    user = make_agent()
    make_authenticator_app(user)

    assert "Use a passkey" not in signed_in(user).get(reverse("mfa_authenticate")).content.decode()


def test_wrong_codes_are_counted_and_written_down() -> None:
    user = make_agent()
    secret = make_authenticator_app(user)
    client = signed_in(user)

    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code(secret)})

    assert "wrong too often" in answer.content.decode()
    assert AuditEntry.objects.filter(user=user, kind=AuditKind.SIGN_IN_FAILED, detail="totp").count() == 5


def test_a_recovery_code_works_once() -> None:
    user = make_agent()
    client = signed_in(user)
    page = client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code(page.context["form"].secret)})
    spare = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]

    first, second = signed_in(user), signed_in(user)
    first.post(reverse("mfa_authenticate"), {"code": spare})
    second.post(reverse("mfa_authenticate"), {"code": spare})

    assert first.get("/settings/preferences/").status_code == 200
    assert second.get("/settings/preferences/").status_code == 302


def test_who_has_been_here_for_a_while_shows_again_who_they_are(client: Client) -> None:
    client.force_login(make_agent())  # nobody knows when and how

    answer = client.get(reverse("mfa_activate_totp"))

    assert answer["Location"].startswith(reverse("account_reauthenticate"))


# ---- asked for ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "agent_owes", "customer_owes"),
    [
        (SecondFactor.OPTIONAL, False, False),
        (SecondFactor.INTERNAL, True, False),
        (SecondFactor.EVERYBODY, True, True),
    ],
)
def test_a_company_asks_it_of_whom_it_wants(of: SecondFactor, agent_owes: bool, customer_owes: bool) -> None:
    company = make_company()
    agent, customer, stranger = make_agent(company), make_portal_user(company), make_agent()

    require_second_factor(company, of)

    people = User.objects.in_bulk([agent.pk, customer.pk, stranger.pk])
    assert people[agent.pk].owes_second_factor == agent_owes
    assert people[customer.pk].owes_second_factor == customer_owes
    assert not people[stranger.pk].owes_second_factor
    assert second_factor_of(company) == of


@pytest.mark.django_db(transaction=True)
def test_who_owes_one_sees_no_other_page_until_it_is_set_up() -> None:
    user = make_agent()
    client = signed_in(user)
    require_second_factor(user.company, SecondFactor.INTERNAL)

    refused = client.get("/settings/preferences/")
    by_script = client.get("/settings/preferences/", headers={"HX-Request": "true"})
    page = client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code(page.context["form"].secret)})

    assert refused["Location"] == SET_UP
    assert by_script["HX-Redirect"] == SET_UP
    assert client.get("/settings/preferences/").status_code == 200


def test_who_has_one_already_owes_nothing() -> None:
    user = make_agent()
    make_authenticator_app(user)

    require_second_factor(user.company, SecondFactor.EVERYBODY)

    assert not User.objects.get(pk=user.pk).owes_second_factor


def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = make_agent()
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})

    require_second_factor(user.company, SecondFactor.EVERYBODY)

    assert User.objects.get(pk=user.pk).owes_second_factor


def test_whoever_comes_into_such_a_company_later_owes_one_too() -> None:
    company = make_company()
    require_second_factor(company, SecondFactor.INTERNAL)
    mover = make_agent()

    newcomer = make_agent(company)
    details = UserDetails(
        email=mover.email, name=mover.name, kind=mover.kind, company=company, companies=[company],
        roles={}, language="en", time_zone="UTC",
    )  # fmt: skip
    change_user(mover.pk, details)

    assert User.objects.get(pk=newcomer.pk).owes_second_factor
    assert User.objects.get(pk=mover.pk).owes_second_factor


def test_it_is_owed_no_more_when_nobody_asks_for_it() -> None:
    user = make_agent()
    require_second_factor(user.company, SecondFactor.INTERNAL)

    require_second_factor(user.company, SecondFactor.OPTIONAL)

    assert not User.objects.get(pk=user.pk).owes_second_factor


def test_the_last_one_stays_where_it_is_asked_for() -> None:
    user = make_agent()
    secret = make_authenticator_app(user)
    require_second_factor(user.company, SecondFactor.INTERNAL)
    client = signed_in(user)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})

    answer = client.post(reverse("mfa_deactivate_totp"))

    assert "Set up another way first" in answer.content.decode()
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_the_last_passkey_stays_where_it_is_asked_for() -> None:
    user = make_agent()
    secret, passkey = make_authenticator_app(user), make_passkey(user)
    client = signed_in(user)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    Authenticator.objects.exclude(pk=passkey.pk).delete()
    require_second_factor(user.company, SecondFactor.INTERNAL)
    page = reverse("mfa_remove_webauthn", args=[passkey.pk])

    assert "Set up another way first" in client.post(page).content.decode()
    assert Authenticator.objects.filter(pk=passkey.pk).exists()

    require_second_factor(user.company, SecondFactor.OPTIONAL)
    client.post(page)
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()


def test_administrators_ask_for_it_in_the_settings(client: Client) -> None:
    admin = make_settings_admin(make_company(name="Nordlys"))
    client.force_login(admin)
    typed: dict[str, Any] = {
        "company-name": "Nordlys",
        "company-currency": "NOK",
        "company-time_zone": "Europe/Oslo",
        "email-alias_domain": "nordlys.example",
        "sign-in-second_factor": "internal",
    }

    client.post("/settings/", typed)

    assert second_factor_of(admin.company) == SecondFactor.INTERNAL
    assert client.get("/settings/")["Location"] == SET_UP


# ---- lost -----------------------------------------------------------------------------------------------------------


def test_an_administrator_resets_it_and_everybody_concerned_knows() -> None:
    user, admin = make_agent(), make_settings_admin(name="Amara")
    secret = make_authenticator_app(user)
    make_passkey(user)
    client = signed_in(user)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})

    reset_second_factor(user.pk, by=admin, at=now())

    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/settings/preferences/").status_code == 302
    assert "Amara has taken away" in mail.outbox[-1].body
    assert AuditEntry.objects.get(user=user, kind=AuditKind.FACTORS_RESET).by == admin


def test_nothing_is_reset_where_there_is_nothing() -> None:
    user, admin = make_agent(), make_settings_admin()

    with pytest.raises(NoSecondFactor):
        reset_second_factor(user.pk, by=admin, at=now())

    assert mail.outbox == []
