from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from deskhand.base.accounts.testing import make_agent, make_portal_user, make_user
from deskhand.base.chatter.public import Draft, add_followers
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.teams.public import Visibility
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import archive_ticket, note_on_ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def agent(team, client):
    user = make_agent(company=team.company)
    client.force_login(user)
    return user


def page(client, typed, **query):
    return unescape(client.get(reverse("home:search"), {"q": typed, **query}).content.decode())


def palette(client, typed=""):
    return unescape(client.get(reverse("home:palette"), {"q": typed}).content.decode())


def test_a_ticket_is_found_by_what_was_said_and_shows_where(client, agent, team):
    ticket = make_ticket(team=team, title="Oven display")
    reply_to_ticket(ticket.pk, Draft("<p>The left <b>hinge</b> squeaks.</p>", author=None), at=now())

    shown = page(client, "hing")

    assert "Oven display" in shown
    assert "The left <mark>hinge</mark> squeaks." in shown
    assert reverse("tickets:ticket", args=[ticket.pk]) in shown


def test_notes_are_found_by_colleagues(client, agent, team):
    ticket = make_ticket(team=team, title="Oven display")
    note_on_ticket(ticket.pk, Draft("<p>He is a goodwill case.</p>", author=agent.contact), at=now())

    assert "<mark>goodwill</mark>" in page(client, "goodwill")


@pytest.mark.parametrize("typed", ["{number}", "#{number}", "#0000{number}"])
def test_the_ticket_of_that_number_comes_first(client, agent, team, typed):
    ticket = make_ticket(team=team, title="The one with this number")
    make_ticket(team=team, title=f"About {ticket.number}")

    shown = page(client, typed.format(number=ticket.number))

    assert "The one with this number" in shown
    others = shown.find(f"About {ticket.number}")
    assert others == -1 or shown.index("The one with this number") < others


def test_archived_tickets_are_found(client, agent, team):
    ticket = make_ticket(team=team, title="Oven display")
    archive_ticket(ticket.pk, by=agent, at=now())

    assert "Oven display" in page(client, "oven")


def test_nobody_finds_what_they_may_not_see(client, team):
    private = make_team(company=team.company, visibility=Visibility.PRIVATE)
    make_ticket(team=private, title="Secret oven")
    hidden = make_ticket(team=private, title="Other")
    note_on_ticket(hidden.pk, Draft("<p>secret oven</p>", author=None), at=now())
    guest, stranger = make_agent(company=team.company), make_agent(company=make_company(name="Elsewhere"))
    idle = make_user(company=team.company)
    add_followers(hidden, [guest.contact_id])

    shown = {}
    for name, user in {"guest": guest, "stranger": stranger, "idle": idle}.items():
        client.force_login(user)
        shown[name] = page(client, "secret oven") + palette(client, "secret oven")

    assert "Other" in shown["guest"]
    assert "Secret oven" not in shown["guest"]
    for name in ("stranger", "idle"):
        assert "Nothing found" in shown[name]
        assert "tickets/" + str(hidden.pk) not in shown[name]


def test_contacts_are_found_by_name_company_and_address(client, agent, team):
    works = make_contact(name="Fjordkraft AS", is_company=True, company=team.company)
    make_contact(name="Erik Solberg", email="erik@fjordkraft.example", parent=works, company=team.company)
    make_contact(name="Erik Elsewhere", company=make_company(name="Elsewhere"))

    shown = page(client, "erik")

    assert "Fjordkraft AS · erik@fjordkraft.example" in shown
    assert "Erik Elsewhere" not in shown


@pytest.mark.parametrize("tickets", [1, 3])
def test_a_page_costs_the_same_for_one_hit_and_many(client, agent, team, tickets, django_assert_num_queries):
    for number in range(tickets):
        reply_to_ticket(make_ticket(team=team).pk, Draft(f"<p>hinge {number}</p>", author=None), at=now())
    page(client, "hinge")

    with django_assert_num_queries(9):  # session and person, five for tickets, two for contacts
        assert page(client, "hinge").count("<mark>") == tickets


def test_one_kind_has_pages(client, agent, team):
    for number in range(23):
        make_ticket(team=team, title=f"Oven {number:02}")

    few, first, second = (
        page(client, "oven"),
        page(client, "oven", **{"in": "tickets"}),
        page(client, "oven", **{"in": "tickets", "page": 2}),
    )

    assert ("Oven 22" in few, "Oven 17" in few, "See all" in few) == (True, False, True)
    assert ("Oven 03" in first, "Oven 02" in first, "1-20" in first) == (True, False, True)
    assert ("Oven 02" in second, "Oven 00" in second, "21-23" in second) == (True, True, True)


@pytest.mark.parametrize("query", [{"page": "0"}, {"page": "x"}, {"page": "99999999999999999999"}, {"in": "nothing"}])
def test_odd_questions_get_a_page(client, agent, query):
    assert client.get(reverse("home:search"), {"q": "oven", "in": "tickets"} | query).status_code == 200


def test_the_palette_offers_pages_and_actions_that_one_may_open(client, agent):
    empty, typed = palette(client), palette(client, "tick my")

    assert "All Tickets" in empty
    assert "New ticket" in palette(client, "new")
    assert "My Tickets" in typed
    assert "All Tickets" not in typed
    assert "Helpdesk Teams" not in palette(client, "teams")  # an administrator's


def test_the_palette_leads_to_what_is_ones_own(client, agent):
    shown = palette(client, "my")

    for title in ("My Activities", "My Preferences"):
        assert title in shown
    assert "Notifications" in palette(client, "notif")


def test_the_palette_leads_to_records_and_to_the_search(client, agent, team):
    ticket = make_ticket(team=team, title="Oven display")

    shown = palette(client, "oven")

    assert reverse("tickets:ticket", args=[ticket.pk]) in shown
    assert reverse("home:search") + "?q=oven" in shown


def test_customers_have_no_search(client):
    client.force_login(make_portal_user())

    for name in ("search", "palette", "shortcuts"):
        assert client.get(reverse(f"home:{name}")).status_code == 403
