"""A new contact: its page shows where to write."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.testing import make_agent
from deskhand.base.contacts.testing import make_contact

pytestmark = pytest.mark.django_db


def test_the_fields_of_a_new_record_have_borders_and_those_of_a_known_one_look_like_text(client: Client) -> None:
    client.force_login(make_agent())

    assert "dh-sheet dh-blank" in client.get(reverse("contacts:new")).content.decode()
    assert "dh-blank" not in client.get(reverse("contacts:contact", args=[make_contact().pk])).content.decode()
