"""The head of customers' pages: what it offers depends on who reads."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.testing import make_agent, make_portal_user

pytestmark = pytest.mark.django_db


def head_of(client: Client, page: str) -> str:
    html = client.get(reverse(page)).content.decode()
    return html[html.index('<header class="dh-site">') : html.index("</header>")]


def test_customers_find_their_tickets_and_their_account(client: Client) -> None:
    client.force_login(make_portal_user())

    head = head_of(client, "account_change_password")

    assert reverse("portal:tickets") in head
    assert "My Account" in head
    assert "Back to the desk" not in head


def test_colleagues_find_the_way_back_to_their_work(client: Client) -> None:
    client.force_login(make_agent())

    head = head_of(client, "account_change_password")

    assert "Back to the desk" in head
    assert "My Account" not in head
    assert reverse("portal:tickets") not in head


def test_strangers_may_sign_in(client: Client) -> None:
    head = head_of(client, "account_reset_password")

    assert reverse("account_login") in head
    assert "Back to the desk" not in head
