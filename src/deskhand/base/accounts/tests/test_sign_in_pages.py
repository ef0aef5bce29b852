from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.testing import PASSWORD, make_agent

pytestmark = pytest.mark.django_db


def test_people_sign_in_with_address_and_password(client: Client) -> None:
    user = make_agent(email="amara@nordlys.example")

    client.post(reverse("account_login"), {"login": "amara@nordlys.example", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_is_refused_without_saying_whether_the_address_exists(client: Client) -> None:
    make_agent(email="amara@nordlys.example")

    answers = [
        client.post(reverse("account_login"), {"login": address, "password": "wrong"}).content.decode()
        for address in ("amara@nordlys.example", "nobody@nordlys.example")
    ]

    told = [re.findall(r'role="alert".*?</div>\s*</div>', answer, re.DOTALL) for answer in answers]
    assert told[0]
    assert told[0] == told[1]
    assert "_auth_user_id" not in client.session


def test_nobody_makes_an_account_for_themselves(client: Client) -> None:
    tried = [
        client.get(f"/account/{page}/")
        for page in ("signup", "email", "confirm-email", "social/signup", "social/connections")
    ]

    assert [answer.status_code for answer in tried] == [404] * 5


def test_no_mail_goes_to_strangers_who_forgot_a_password_they_never_had(client: Client) -> None:
    answer = client.post(reverse("account_reset_password"), {"email": "stranger@elsewhere.example"})

    assert answer.status_code == 302
    assert mail.outbox == []


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(client: Client) -> None:
    user = make_agent(email="amara@nordlys.example")

    client.post(reverse("account_reset_password"), {"email": "amara@nordlys.example"})
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert link is not None
    form = client.get(link[1], follow=True)
    done = client.post(
        form.redirect_chain[-1][0], {"password1": "green kettle on top", "password2": "green kettle on top"}
    )

    user.refresh_from_db()
    assert mail.outbox[0].subject == "Choose a new password"
    assert done.status_code == 302
    assert user.check_password("green kettle on top")
    assert EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()  # the link came there


def test_a_link_that_was_altered_changes_nothing(client: Client) -> None:
    user = make_agent()

    page = client.get(reverse("account_reset_password_from_key", args=["1", "set-passwort"]))

    assert "This link does not work any more" in page.content.decode()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"],
)
def test_the_pages_before_the_sign_in_look_like_customer_pages(client: Client, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert 'class="dh-customer"' in response.content.decode()


@pytest.mark.parametrize("name", ["account_logout", "account_change_password"])
def test_the_pages_after_it_do_too(client: Client, name: str) -> None:
    client.force_login(make_agent())

    assert 'class="dh-customer"' in client.get(reverse(name)).content.decode()
