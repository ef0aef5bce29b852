"""What the intake adds to the ticket's pages, and what it costs them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from deskhand.base.accounts.testing import make_agent
from deskhand.base.contacts.testing import make_contact
from deskhand.base.mail.public import IncomingMail, OutgoingMail
from deskhand.base.mail.testing import deliver, make_mail
from deskhand.kit.clock import now
from deskhand.kit.work.models import WorkState
from deskhand.support.intake.models import TeamAlias
from deskhand.support.intake.queries import came_by_mail, mails_of, undelivered
from deskhand.support.intake.testing import make_acknowledging_alias
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import Ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_draft, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def alias() -> TeamAlias:
    return make_acknowledging_alias()


@pytest.fixture
def ticket(alias: TeamAlias) -> Ticket:
    deliver(make_mail(to=alias.address, subject="Display dark", text="It stays dark."), to=alias.address)
    return Ticket.objects.get()


@pytest.fixture
def page(client, alias, ticket):
    """The ticket's page as an agent sees it."""
    client.force_login(make_agent(alias.team.company))
    return client.get(reverse("tickets:ticket", args=[ticket.pk])).content.decode()


def test_the_ticket_page_leads_to_the_original_mail(page):
    original = IncomingMail.objects.get()

    assert "Original mail" in page
    assert reverse("mail:original", args=[original.pk]) in page


def test_the_ticket_page_has_a_tab_with_all_mails_and_their_number(page):
    assert 'id="tab-mails"' in page
    assert "<b>2</b>Mails" in page
    assert "makes tickets of" in page


def test_a_ticket_by_hand_shows_nothing_of_mails(client):
    agent = make_agent()
    ticket = make_ticket(team=make_team(company=agent.company), customer=make_contact(email=""))
    client.force_login(agent)

    page = client.get(reverse("tickets:ticket", args=[ticket.pk])).content.decode()

    assert "Original mail" not in page
    assert 'id="tab-mails"' not in page


def test_an_agent_opens_and_saves_the_original(client, alias, ticket):
    original = IncomingMail.objects.get()
    client.force_login(make_agent(alias.team.company))

    shown = client.get(reverse("mail:original", args=[original.pk])).content.decode()
    saved = client.get(reverse("mail:source", args=[original.pk]))

    assert "It stays dark." in shown
    assert saved.content == bytes(original.raw)


def test_an_agent_of_another_company_sees_no_mail_of_the_ticket(client, ticket):
    client.force_login(make_agent())

    for name in ("original", "source"):
        assert client.get(reverse(f"mail:{name}", args=[IncomingMail.objects.get().pk])).status_code == 404


def test_a_mail_that_did_not_arrive_is_marked_on_the_card_until_another_one_does(alias, ticket):
    assert undelivered([ticket.pk]) == set()

    OutgoingMail.objects.update(state=WorkState.FAILED)
    assert undelivered([ticket.pk]) == {ticket.pk}

    agent = make_agent(alias.team.company)
    reply_to_ticket(ticket.pk, make_draft(author=agent.contact, from_internal=True), at=now())
    assert undelivered([ticket.pk]) == set()


def test_a_mail_to_a_colleague_that_did_not_arrive_is_not_the_cards_business(alias, ticket):
    colleague = make_agent(alias.team.company)
    reply_to_ticket(ticket.pk, make_draft(author=ticket.customer), at=now(), recipients=[colleague.contact_id])

    OutgoingMail.objects.filter(to_contact=colleague.contact).update(state=WorkState.FAILED)

    assert undelivered([ticket.pk]) == set()


def test_tickets_that_came_by_mail_are_told_apart(ticket):
    by_hand = make_ticket()

    assert came_by_mail([ticket.pk, by_hand.pk]) == {ticket.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_panels_cost_the_same_for_one_and_three_tickets(alias, django_assert_num_queries, count):
    for _ in range(count):
        deliver(make_mail(to=alias.address), to=alias.address)
    tickets = list(Ticket.objects.all())

    with django_assert_num_queries(2):
        undelivered([ticket.pk for ticket in tickets])
        came_by_mail([ticket.pk for ticket in tickets])


def test_the_mails_of_a_ticket_are_asked_for_once(ticket, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert [mail.direction for mail in mails_of(ticket)] == ["out", "in"]
        mails_of(ticket)


def test_the_list_says_which_tickets_came_by_mail(client, alias, ticket):
    client.force_login(make_agent(alias.team.company))

    page = client.get(reverse("tickets:list")).content.decode()

    assert "Received by" in page
