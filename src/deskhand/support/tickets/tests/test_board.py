"""The board of a team, as the browser asks for it (TEAM-7, IN-11)."""

from __future__ import annotations

import pytest

from deskhand.base.chatter.public import Follower
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.teams.testing import make_tag, make_team
from deskhand.support.tickets.enums import CardState
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.moving import move_ticket
from deskhand.support.tickets.testing import make_ticket
from deskhand.support.tickets.tests.asking import page, words

pytestmark = pytest.mark.django_db


def test_the_board_shows_a_column_a_stage_and_a_card_a_ticket(http, team):
    make_ticket(team=team, title="Oven display stays dark", tags=[make_tag(name="Firmware")])

    shown = words(http.get(page("board", team.pk)))

    for expected in ("New", "In Progress", "On Hold", "Solved", "Oven display stays dark", "#00001", "Firmware"):
        assert expected in shown


@pytest.mark.parametrize("count", [1, 3])
def test_a_board_costs_the_same_for_one_and_three_tickets(http, agent, team, django_assert_num_queries, count):
    for _ in range(count):
        make_ticket(team=team, assignee=agent, tags=[make_tag()])
    http.get(page("board", team.pk))

    with django_assert_num_queries(BOARD_QUERIES):
        http.get(page("board", team.pk))


#: Session, user; team, stages, folded columns, counts, tickets, tags; badges: activities and those of other apps.
BOARD_QUERIES = 10


def test_a_column_shows_forty_cards_and_more_when_asked(http, team):
    for number in range(42):
        make_ticket(team=team, title=f"Ticket no. {number}.")

    first, more = http.get(page("board", team.pk)), http.get(page("board", team.pk), {"limit": 80})

    assert words(first).count("Ticket no.") >= 40
    assert "Ticket no. 0." not in words(first), "the oldest stands last"
    assert "limit=80" in words(first)
    assert "Ticket no. 0." in words(more)


@pytest.mark.parametrize("state", list(CardState))
def test_the_dot_of_a_card_sets_its_state(http, team, state):
    ticket = make_ticket(team=team)
    other = CardState.READY if state == CardState.IN_PROGRESS else CardState.IN_PROGRESS
    http.post(page("state", ticket.pk), {"state": other})

    http.post(page("state", ticket.pk), {"state": state})

    assert Ticket.objects.get().card_state == state


def test_folded_stages_are_narrow_until_they_are_opened(http, team):
    ticket = make_ticket(team=team, title="Spare key")
    solved = team.stages.get(name="Solved")
    move_ticket(ticket.pk, solved.pk, by=None, at=now())

    assert "Spare key" not in words(http.get(page("board", team.pk)))
    assert "Spare key" in words(http.get(page("board", team.pk), {"open": solved.pk}))


def test_the_board_is_searched_by_number_title_and_customer(http, team):
    oven = make_ticket(team=team, title="Oven", customer=make_contact(name="Olena"))
    make_ticket(team=team, title="Fridge", customer=make_contact(name="Jonas", email="jonas@firm.example"))

    for typed in ("oven", "Olena", oven.reference, f"#{oven.number}", str(oven.number)):
        shown = words(http.get(page("board", team.pk), {"q": typed}))
        assert "Oven" in shown
        assert "Fridge" not in shown


def test_quick_create_makes_a_ticket_in_its_column(http, agent, team):
    stage = team.stages.get(name="In Progress")

    response = http.post(
        page("quick-create", team.pk, stage.pk), {"title": "Türdichtung", "customer": "a.schmidt@customer.example"}
    )

    ticket = Ticket.objects.get()
    assert response.status_code == 200
    assert (ticket.title, ticket.stage, ticket.customer_email) == ("Türdichtung", stage, "a.schmidt@customer.example")
    assert Follower.objects.of(ticket).filter(contact=agent.contact).exists()


def test_quick_create_takes_the_contact_that_was_picked(http, team):
    olena, _ = (make_contact(name="Olena", email=f"olena{number}@firm.example") for number in range(2))
    picked = {"customer": "Olena", "customer_key": olena.pk, "customer_shown": "Olena"}

    http.post(page("quick-create", team.pk, team.stages.first().pk), {"title": "Oven"} | picked)

    assert Ticket.objects.get().customer == olena


def test_quick_create_refuses_a_contact_that_is_not_there(http, team):
    picked = {"customer": "Olena", "customer_key": 4711, "customer_shown": "Olena"}

    response = http.post(page("quick-create", team.pk, team.stages.first().pk), {"title": "Oven"} | picked)

    assert response.status_code == 422
    assert "not there any more" in words(response)
    assert not Ticket.objects.exists()


def test_quick_create_without_a_title_says_so_and_makes_nothing(http, team):
    response = http.post(page("quick-create", team.pk, team.stages.first().pk), {"title": " "})

    assert response.status_code == 422
    assert response["HX-Retarget"] == "this"  # the board behind the form stays
    assert "Enter a title." in words(response)
    assert not Ticket.objects.exists()


def test_a_dropped_card_changes_stage_and_answers_with_the_board(http, team):
    ticket, progress = make_ticket(team=team), team.stages.get(name="In Progress")

    response = http.post(
        page("stage", ticket.pk), {"stage": progress.pk, "after": "", "before": ""}, headers={"HX-Target": "board"}
    )

    assert response.status_code == 200
    assert "In Progress" in response.headers["HX-Trigger"]
    assert Ticket.objects.get().stage == progress


def test_a_stage_of_another_team_is_refused_in_words(http, team):
    ticket, other = make_ticket(team=team), make_team().stages.first()

    response = http.post(page("stage", ticket.pk), {"stage": other.pk}, headers={"HX-Request": "true"})

    assert response.status_code == 409
    assert Ticket.objects.get(pk=ticket.pk).stage == ticket.stage
