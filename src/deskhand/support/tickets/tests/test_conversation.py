"""What is written on the page of a ticket, and who follows it (FOUND-1, TEAM-6)."""

from __future__ import annotations

import pytest

from deskhand.base.chatter.public import Follower, Message
from deskhand.support.tickets.testing import make_ticket
from deskhand.support.tickets.tests.asking import page, words

pytestmark = pytest.mark.django_db


def test_a_message_goes_to_those_who_are_ticked_and_to_cc(http, team):
    ticket = make_ticket(team=team)

    response = http.post(
        page("messages", ticket.pk),
        {"body": "Bonjour", "to": ticket.customer_id, "cc": "partner@customer.example"},
        headers={"HX-Request": "true"},
    )

    message = Message.objects.of(ticket).public().get()
    assert response.status_code == 200
    assert message.body_html == "<p>Bonjour</p>"
    assert message.from_internal
    assert set(message.outgoing_mails.values_list("to_address", flat=True)) == {
        ticket.customer.email,
        "partner@customer.example",
    }


def test_a_wrong_address_in_cc_is_named_and_nothing_is_sent(http, team):
    ticket = make_ticket(team=team)

    response = http.post(
        page("messages", ticket.pk), {"body": "Bonjour", "cc": "nobody"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 422
    assert "“nobody” is not a mail address" in words(response)
    assert "Bonjour" in words(response)
    assert not Message.objects.of(ticket).public().exists()


def test_an_agents_own_address_in_cc_reaches_nobody_and_is_refused(http, agent, team):
    ticket = make_ticket(team=team)
    typed = {"body": "Bonjour", "cc": agent.contact.email.upper()}

    response = http.post(page("messages", ticket.pk), typed, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert "Nobody would get this message." in words(response)
    assert not Message.objects.of(ticket).public().exists()


def test_a_message_to_nobody_is_refused_and_keeps_what_was_typed(http, team):
    ticket = make_ticket(team=team)

    response = http.post(page("messages", ticket.pk), {"body": "Bonjour", "cc": " "}, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert "Nobody would get this message. Tick who shall get it" in words(response)
    assert "Bonjour" in words(response)
    assert response.context["message_form"].chosen() == [(ticket.customer, False)]
    assert not Message.objects.of(ticket).public().exists()


def test_an_empty_note_is_refused(http, team):
    ticket = make_ticket(team=team)

    response = http.post(page("notes", ticket.pk), {"body": ""}, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert "Write something or attach a file first." in words(response)


def test_followers_come_and_go(http, team):
    ticket = make_ticket(team=team)

    http.post(page("followers", ticket.pk), {"email": "new@customer.example"})
    added = Follower.objects.of(ticket).get(contact__email="new@customer.example")
    http.delete(page("follower", ticket.pk, added.contact_id), headers={"HX-Request": "true"})

    assert not Follower.objects.of(ticket).filter(contact__email="new@customer.example").exists()
