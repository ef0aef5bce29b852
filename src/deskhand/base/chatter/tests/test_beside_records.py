"""Every business record has a conversation: contacts, users, teams (FOUND-1)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_admin, make_agent, make_settings_admin
from deskhand.base.chatter.public import Follower, Message
from deskhand.base.contacts.testing import make_contact
from deskhand.kit import records
from deskhand.kit.live.topics import may_be_present, may_watch
from deskhand.support.teams.testing import make_team

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def notes_of(record: object) -> str:
    return reverse("chatter:notes", args=[records.content_type_id(record), record.pk])


def test_a_note_stands_beside_a_contact():
    agent = make_agent()
    contact, http = make_contact(company=agent.company), signed_in(agent)

    http.post(notes_of(contact), {"body": "Prefers to be called"}, headers=HTMX)

    page = http.get(reverse("contacts:contact", args=[contact.pk])).content.decode()
    assert "Prefers to be called" in page
    assert "Send message" not in page
    assert 'data-live="contact.' in page


def test_a_contact_of_another_company_has_no_conversation_for_them():
    contact = make_contact(company=make_agent().company)
    stranger = make_agent()

    assert signed_in(stranger).post(notes_of(contact), {"body": "x"}).status_code == 404
    assert not may_watch(stranger, f"contact.{contact.pk}")
    assert not Message.objects.exists()


def test_what_is_noted_about_a_user_is_for_administrators():
    agent = make_agent()
    admin = make_settings_admin(agent.company)

    assert signed_in(admin).post(notes_of(agent), {"body": "Starts in May"}, headers=HTMX).status_code == 200
    assert signed_in(agent).post(notes_of(agent), {"body": "x"}).status_code == 404
    page = signed_in(admin).get(reverse("accounts:user", args=[agent.pk])).content.decode()
    assert "Starts in May" in page
    assert not may_be_present(agent, f"user.{agent.pk}")
    assert Message.objects.count() == 1


def test_a_team_has_a_conversation_that_administrators_write_in():
    team = make_team()
    admin, agent = make_admin(team.company), make_agent(team.company)

    assert signed_in(admin).post(notes_of(team), {"body": "New address"}, headers=HTMX).status_code == 200
    assert signed_in(agent).post(notes_of(team), {"body": "x"}).status_code == 403
    page = signed_in(admin).get(reverse("teams:team", args=[team.pk])).content.decode()
    assert "New address" in page
    assert Message.objects.count() == 1


def test_somebody_follows_a_contact_by_mail_address():
    agent = make_agent()
    contact = make_contact(company=None)
    address = reverse("chatter:followers", args=[records.content_type_id(contact), contact.pk])

    signed_in(agent).post(address, {"email": agent.email}, headers=HTMX)

    assert Follower.objects.of(contact).get().contact == agent.contact
