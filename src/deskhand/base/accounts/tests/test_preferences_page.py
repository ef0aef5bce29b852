from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.enums import Theme
from deskhand.base.accounts.models import User
from deskhand.base.accounts.testing import make_agent, make_portal_user

pytestmark = pytest.mark.django_db

CHOSEN = {
    "name": "Amara N. Okafor",
    "language": "en",
    "time_zone": "Europe/Oslo",
    "theme": "dark",
    "signature": "Amara, Customer Care",
}


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    response = client.get(reverse("accounts:preferences"))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_people_change_their_own_preferences_and_the_contact_gets_the_name(client: Client) -> None:
    user = make_agent(name="Amara Okafor")

    response = signed_in(client, user).post(reverse("accounts:preferences"), CHOSEN)

    user.refresh_from_db()
    assert response.status_code == 302
    assert {field: getattr(user, field) for field in CHOSEN} == CHOSEN
    assert user.contact.name == "Amara N. Okafor"


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_changed(client: Client) -> None:
    user = make_agent(name="Amara Okafor")

    response = signed_in(client, user).post(
        reverse("accounts:preferences"), CHOSEN | {"name": "", "time_zone": "Mars/Olympus"}
    )

    user.refresh_from_db()
    assert response.status_code == 422
    assert "2 things to put right" in response.content.decode()
    assert "Amara, Customer Care" in response.content.decode(), "what was typed is kept"
    assert (user.name, user.time_zone) == ("Amara Okafor", "UTC")


def test_every_page_is_rendered_in_the_theme_that_was_chosen(client: Client) -> None:
    signed_in(client, make_agent())

    response = client.post(reverse("accounts:theme"), {"theme": "dark"}, headers={"Referer": "http://testserver/x/"})
    page = client.get(reverse("accounts:preferences")).content.decode()

    assert response["Location"] == "http://testserver/x/"
    assert 'data-bs-theme="dark"' in page


@pytest.mark.parametrize("theme", ["", "pink"])
def test_a_theme_that_does_not_exist_changes_nothing(client: Client, theme: str) -> None:
    user = make_agent()

    signed_in(client, user).post(reverse("accounts:theme"), {"theme": theme})

    user.refresh_from_db()
    assert user.theme == Theme.AUTO


def test_the_switch_does_not_lead_to_another_site(client: Client) -> None:
    response = signed_in(client, make_agent()).post(
        reverse("accounts:theme"), {"theme": "dark"}, headers={"Referer": "https://elsewhere.example/"}
    )

    assert response["Location"] == "/"


def test_portal_users_have_the_page_in_the_look_of_customer_pages(client: Client) -> None:
    page = signed_in(client, make_portal_user()).get(reverse("accounts:preferences")).content.decode()

    assert 'class="dh-customer"' in page
    assert "Signature" not in page


def test_a_signature_that_people_do_not_see_is_not_lost(client: Client) -> None:
    user = make_portal_user()
    User.objects.filter(pk=user.pk).update(signature="Kind regards")
    chosen = {name: value for name, value in CHOSEN.items() if name != "signature"}

    signed_in(client, user).post(reverse("accounts:preferences"), chosen)

    user.refresh_from_db()
    assert (user.name, user.signature) == ("Amara N. Okafor", "Kind regards")
