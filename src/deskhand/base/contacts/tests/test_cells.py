"""Cells of the list, edited in place by the service that the record's page calls."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.testing import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client: Client) -> User:
    user = make_agent()
    client.force_login(user)
    return user


def post(client: Client, contact: Contact, column: str, value: str) -> Any:
    return client.post(f"/contacts/{contact.pk}/cell/?column={column}&filter=people", {"value": value})


def test_a_cell_has_the_control_of_the_sheet(client: Client, agent: User) -> None:
    contact = make_contact(name="Ada", email="ada@lovelace.example")

    page = client.get(f"/contacts/{contact.pk}/cell/?column=email").content.decode()

    assert 'type="email"' in page
    assert 'value="ada@lovelace.example"' in page
    assert 'aria-label="Email of Ada"' in page


def test_what_was_typed_is_saved_and_the_row_comes_back(client: Client, agent: User) -> None:
    contact = make_contact(name="Ada", phone="1")

    row = post(client, contact, "phone", "+44 20 7946 0018").content.decode()

    contact.refresh_from_db()
    assert contact.phone == "+44 20 7946 0018"
    assert "+44 20 7946 0018" in row
    assert f'href="/contacts/{contact.pk}/?filter=people"' in row
    assert f'name="pk" value="{contact.pk}"' in row


def test_what_is_wrong_is_said_beside_the_control_and_nothing_changes(client: Client, agent: User) -> None:
    contact = make_contact(name="Ada", email="ada@lovelace.example")

    response = post(client, contact, "email", "ada at home")

    assert response.status_code == 422
    assert "Enter a valid email address." in response.content.decode()
    assert 'value="ada at home"' in response.content.decode()
    contact.refresh_from_db()
    assert contact.email == "ada@lovelace.example"


def test_columns_that_are_not_edited_in_place_have_no_control(client: Client, agent: User) -> None:
    contact = make_contact(name="Ada")

    assert post(client, contact, "created_at", "2020-01-01").status_code == 404
    assert post(client, contact, "note", "x").status_code == 404


def test_contacts_that_one_does_not_see_are_not_there(client: Client, agent: User) -> None:
    assert post(client, make_contact(company=make_company()), "email", "x@y.example").status_code == 404
