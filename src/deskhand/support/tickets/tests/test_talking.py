from __future__ import annotations

import pytest

from deskhand.base.accounts.testing import make_agent
from deskhand.base.chatter.public import Follower, Message, MessagePosted, add_followers
from deskhand.base.contacts.testing import make_contact
from deskhand.kit import events
from deskhand.kit.clock import now
from deskhand.support.tickets.events import CustomerReplied
from deskhand.support.tickets.services.talking import note_on_ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_draft, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    facts: list[object] = []
    for fact in (CustomerReplied, MessagePosted):
        monkeypatch.setitem(events._inside, fact, [facts.append])
    return facts


def test_an_answer_goes_to_the_customer_and_the_followers_of_the_team(told):
    ticket, watcher = make_ticket(), make_contact()
    add_followers(ticket.team, [watcher.pk])
    agent = make_agent(ticket.company)
    told.clear()

    reply_to_ticket(ticket.pk, make_draft(author=agent.contact, from_internal=True), at=now())

    assert [fact.recipients for fact in told] == [(ticket.customer_id, watcher.pk)]


def test_whoever_answers_follows(told):
    ticket = make_ticket()
    agent = make_agent(ticket.company)

    reply_to_ticket(ticket.pk, make_draft(author=agent.contact, from_internal=True), at=now())

    assert Follower.objects.of(ticket).filter(contact=agent.contact).exists()


def test_a_customers_answer_is_told(told):
    ticket, at = make_ticket(), now()
    told.clear()

    reply_to_ticket(ticket.pk, make_draft(author=ticket.customer), at=at)

    assert CustomerReplied(ticket, at) in told


def test_a_note_is_mailed_to_nobody(told):
    ticket = make_ticket()
    agent = make_agent(ticket.company)
    told.clear()

    note = note_on_ticket(ticket.pk, make_draft("inside", author=agent.contact, from_internal=True), at=now())

    assert [fact.recipients for fact in told] == [()]
    assert not Message.objects.of(ticket).public().filter(pk=note.pk).exists()
