from __future__ import annotations

import pytest

from deskhand.base.accounts.testing import make_agent
from deskhand.base.chatter.public import Draft, Follower, Message, MessageKind, Via
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.teams.public import Stage, Team
from deskhand.support.teams.testing import make_tag, make_team
from deskhand.support.tickets.models import StageStay, Ticket
from deskhand.support.tickets.services.assigning import NotAnAgent
from deskhand.support.tickets.services.creating import NewTicket, TeamWithoutStages, create_ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_a_new_ticket_is_in_the_first_stage_and_low_priority():
    team = make_team()

    ticket = make_ticket(team=team)

    assert ticket.stage.name == "New"
    assert ticket.priority == 0
    assert ticket.closed_at is None
    assert StageStay.objects.get(ticket=ticket).left_at is None


def test_numbers_count_per_company_and_are_shown_with_five_digits():
    nordlys, other = make_company(), make_company()
    first = make_ticket(team=make_team(company=nordlys))
    second = make_ticket(team=make_team(company=nordlys))
    elsewhere = make_ticket(team=make_team(company=other))

    assert (first.number, second.number, elsewhere.number) == (1, 2, 1)
    assert first.reference == "#00001"


def test_the_customer_follows_and_is_kept_as_text():
    customer = make_contact(name="Olena Shevchenko", email="olena@customer.example", phone="+380 44 123")

    ticket = make_ticket(customer=customer)

    assert Follower.objects.of(ticket).get().contact == customer
    assert (ticket.customer_name, ticket.customer_email) == ("Olena Shevchenko", "olena@customer.example")
    assert ticket.customer_phone == "+380 44 123"


def test_the_first_message_is_description_and_chatter():
    customer = make_contact()
    opening = Draft(html="<p>The oven stays dark</p>", author=customer, via=Via.MAIL, subject="Oven")

    ticket = make_ticket(customer=customer, opening=opening)

    assert ticket.description == "<p>The oven stays dark</p>"
    assert Message.objects.of(ticket).public().get().body_html == "<p>The oven stays dark</p>"


def test_whoever_makes_it_by_hand_and_whoever_gets_it_follow_it():
    team = make_team()
    maker, assignee = make_agent(team.company), make_agent(team.company)

    ticket = make_ticket(team=team, by=maker, assignee=assignee)

    assert {follower.contact for follower in Follower.objects.of(ticket)} >= {maker.contact, assignee.contact}
    assert ticket.first_assigned_at == ticket.created_at


def test_a_ticket_made_in_a_folded_stage_is_closed_at_once():
    team = make_team()

    ticket = make_ticket(team=team, stage=team.stages.folded().first())

    assert ticket.closed_at == ticket.first_closed_at == ticket.created_at


def test_tags_are_set():
    tag = make_tag(name="Firmware")

    assert list(make_ticket(tags=[tag]).tags.all()) == [tag]


def test_a_missing_subject_becomes_a_title():
    assert make_ticket(title="   ").title == "(no subject)"


def test_a_team_without_stages_takes_no_ticket():
    team = Team.objects.create(name="Empty", company=make_company())

    with pytest.raises(TeamWithoutStages):
        create_ticket(NewTicket(team=team, title="Hi"), by=None, at=now())

    assert not Ticket.objects.exists()
    assert not Stage.objects.exists()


def test_the_chatter_says_where_it_came_from():
    ticket = make_ticket(origin="Ticket created from a mail to care@nordlys.example")

    entry = Message.objects.of(ticket).get(kind=MessageKind.TRACK)
    assert entry.body_html == "Ticket created from a mail to care@nordlys.example"


def test_newest_first_within_a_priority_and_urgent_before_all():
    team = make_team()
    older, newer = make_ticket(team=team), make_ticket(team=team)
    urgent = make_ticket(team=team, priority=3)
    make_ticket(team=team)

    assert list(Ticket.objects.filter(team=team))[:1] == [urgent]
    assert list(Ticket.objects.filter(pk__in=[older.pk, newer.pk])) == [newer, older]


def test_a_new_ticket_is_not_given_to_somebody_who_could_not_see_it():
    team, outsider = make_team(), make_agent()

    with pytest.raises(NotAnAgent):
        create_ticket(NewTicket(team=team, title="Oven", assignee=outsider), by=None, at=now())

    assert not Ticket.objects.exists()
