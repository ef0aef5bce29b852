from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from deskhand.base.accounts.enums import AuditKind
from deskhand.base.accounts.models import AuditEntry, User, UserSession
from deskhand.base.accounts.services import forget_expired_sessions
from deskhand.base.accounts.testing import PASSWORD, make_agent, make_portal_user
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
PREFERENCES = "/settings/preferences/"


def signed_in(user: User, agent: str = FIREFOX, address: str = "192.0.2.7") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def test_everybody_sees_where_they_are_signed_in() -> None:
    user = make_agent()
    signed_in(user, PHONE, "192.0.2.8")
    signed_in(make_agent(), address="192.0.2.99")

    page = signed_in(user).get(PREFERENCES).content.decode()

    assert "Firefox on Windows" in page
    assert "Safari on iPhone" in page
    assert "192.0.2.8" in page
    assert "192.0.2.99" not in page
    assert page.count("This device") == 1


def test_no_page_holds_a_key_that_lets_somebody_in() -> None:
    user = make_agent()
    signed_in(user, PHONE)

    page = signed_in(user).get(PREFERENCES).content.decode()

    assert not [key for key in UserSession.objects.values_list("session_key", flat=True) if key in page]


def test_one_session_is_ended_from_another() -> None:
    user = make_agent()
    lost, here = signed_in(user, PHONE), signed_in(user)
    handle = UserSession.objects.get(session_key=lost.session.session_key).handle

    here.post(reverse("accounts:session-end", args=[handle]))

    assert lost.get(PREFERENCES).status_code == 302
    assert here.get(PREFERENCES).status_code == 200
    assert AuditEntry.objects.filter(user=user, kind=AuditKind.SESSIONS_ENDED, by=user).exists()


def test_nobody_ends_the_session_of_somebody_else() -> None:
    other, client = signed_in(make_agent()), signed_in(make_agent())
    handle = UserSession.objects.get(session_key=other.session.session_key).handle

    answer = client.post(reverse("accounts:session-end", args=[handle]))

    assert answer.status_code == 404
    assert other.get(PREFERENCES).status_code == 200


def test_all_others_are_ended_at_once() -> None:
    user = make_portal_user()
    others, here = [signed_in(user, PHONE), signed_in(user)], signed_in(user)

    here.post(reverse("accounts:other-sessions-end"))

    assert [other.get(PREFERENCES).status_code for other in others] == [302, 302]
    assert here.get(PREFERENCES).status_code == 200


def test_a_changed_password_ends_the_others() -> None:
    user = make_agent()
    other, here = signed_in(user, PHONE), signed_in(user)

    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "green kettle on top", "password2": "green kettle on top"},
    )

    assert other.get(PREFERENCES).status_code == 302


def test_a_session_is_written_once_in_five_minutes(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = signed_in(make_agent())
    started = UserSession.objects.get().seen_at

    with time_machine.travel(started + timedelta(minutes=4), tick=False), django_assert_num_queries(2):
        client.get("/settings/nothing/")
    assert UserSession.objects.get().seen_at == started
    with time_machine.travel(started + timedelta(minutes=6), tick=False):
        client.get("/settings/nothing/")
    assert UserSession.objects.get().seen_at == started + timedelta(minutes=6)


def test_where_it_came_from_outlives_a_new_key() -> None:
    user = make_agent()
    client = signed_in(user)
    session = client.session
    session.cycle_key()

    row = UserSession.objects.get(user=user)
    assert (row.device, row.address, row.session_key) == (FIREFOX, "192.0.2.7", session.session_key)


def test_what_is_too_old_is_forgotten_and_nothing_else() -> None:
    signed_in(make_agent())
    signed_in(make_agent())
    kept = UserSession.objects.order_by("pk").first()
    assert kept
    UserSession.objects.exclude(pk=kept.pk).update(expire_date=now() - timedelta(minutes=1))

    assert forget_expired_sessions(at=now()) == 1
    assert UserSession.objects.get() == kept


def test_who_signs_in_and_who_fails_to_is_written_down() -> None:
    user = make_agent()
    client = signed_in(user)
    Client(REMOTE_ADDR="192.0.2.66").post(reverse("account_login"), {"login": user.email, "password": "wrong"})

    noted = AuditEntry.objects.filter(user=user, kind__startswith="sign").order_by("pk")
    assert list(noted.values_list("kind", "address", "detail")) == [
        (AuditKind.SIGNED_IN, "192.0.2.7", "password"),
        (AuditKind.SIGN_IN_FAILED, "192.0.2.66", "password"),
    ]
    assert client.get(PREFERENCES).status_code == 200
