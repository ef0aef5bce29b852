"""The pages of tickets, as the browser asks for them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import Role
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user, make_user
from deskhand.base.chatter.public import Follower, Message, add_followers
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.teams.public import Visibility
from deskhand.support.teams.testing import make_tag, make_team
from deskhand.support.tickets.enums import Priority
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.moving import move_ticket
from deskhand.support.tickets.testing import make_ticket
from deskhand.support.tickets.tests.asking import page, words

pytestmark = pytest.mark.django_db


# ---- record ---------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_ticket_and_its_conversation(http, team):
    ticket = make_ticket(team=team, title="Oven", opening=None, description="<p>It stays dark</p>")

    shown = words(http.get(page("ticket", ticket.pk)))

    for expected in ("Oven", "It stays dark", ticket.customer_name, "Send message", "Log note", "Ticket created"):
        assert expected in shown


def test_the_sheet_leads_to_the_customer_and_to_their_company(http, team):
    firm = make_contact(name="Brauhaus GmbH", is_company=True)
    customer = make_contact(name="Ada Lind", parent=firm)
    ticket = make_ticket(team=team, customer=customer)

    shown = http.get(page("ticket", ticket.pk)).content.decode()

    assert 'value="Ada Lind"' in shown
    assert f'href="{reverse("contacts:contact", args=[customer.pk])}">Open contact' in shown
    assert f'href="{reverse("contacts:contact", args=[firm.pk])}"><bdi>Brauhaus GmbH' in shown


@pytest.mark.parametrize("count", [1, 3])
def test_a_ticket_costs_the_same_for_one_and_three_messages(http, agent, team, django_assert_num_queries, count):
    ticket = make_ticket(team=team, assignee=agent, tags=[make_tag()])
    for number in range(count):
        http.post(page("messages", ticket.pk), {"body": f"Hello {number}", "to": ticket.customer_id})
    http.get(page("ticket", ticket.pk))

    with django_assert_num_queries(TICKET_QUERIES):
        http.get(page("ticket", ticket.pk))


#: One of them asks what the reader began to write here, one for activities.
TICKET_QUERIES = 17


def test_saving_changes_the_fields_and_records_them(http, team):
    ticket = make_ticket(team=team, title="Oven")

    response = http.post(
        page("ticket", ticket.pk),
        {
            "title": "Oven stays\n dark",
            "team": team.pk,
            "priority": "0",
            "customer": ticket.customer_id,
            "version": "1",
        },
    )

    assert response.status_code == 302
    assert Ticket.objects.get().title == "Oven stays dark"


def test_a_missing_title_is_said_beside_the_field_and_what_was_typed_stays(http, team):
    ticket = make_ticket(team=team, title="Oven")

    response = http.post(
        page("ticket", ticket.pk),
        {"title": "", "team": team.pk, "priority": "0", "customer_phone": "+47 55", "version": "1"},
    )

    assert response.status_code == 422
    assert "Enter a title" in words(response)
    assert "+47 55" in words(response)
    assert Ticket.objects.get().title == "Oven"


def test_an_edit_on_an_old_page_is_refused(http, team):
    ticket = make_ticket(team=team, title="Oven")
    typed = {"team": team.pk, "priority": "0", "customer": ticket.customer_id, "version": "1"}
    http.post(page("ticket", ticket.pk), typed | {"title": "Fridge"})

    response = http.post(page("ticket", ticket.pk), typed | {"title": "Kettle"})

    assert response.status_code == 422
    assert "Somebody else changed this ticket" in words(response)
    assert Ticket.objects.get().title == "Fridge"


def test_a_new_ticket_by_hand(http, team):
    customer = make_contact(company=team.company)

    response = http.post(
        page("new"),
        {"title": "Phone call", "team": team.pk, "priority": "2", "customer": customer.pk, "description": "<p>Hi</p>"},
    )

    ticket = Ticket.objects.get()
    assert response.headers["Location"] == page("ticket", ticket.pk)
    assert (ticket.title, ticket.priority, ticket.customer) == ("Phone call", 2, customer)


@pytest.mark.parametrize(("priority", "status"), [("3", 204), ("4", 400), ("x", 400)])
def test_stars_are_zero_to_three(http, team, priority, status):
    ticket = make_ticket(team=team)

    response = http.post(page("priority", ticket.pk), {"priority": priority}, headers={"HX-Request": "true"})

    assert response.status_code == status
    assert Ticket.objects.get().priority == (3 if status == 204 else 0)


def test_the_full_form_keeps_what_was_typed_in_quick_create(http, team):
    response = http.get(page("new"), {"team": team.pk, "title": "Oven & co", "customer": "Nobody Known"})

    html = response.content.decode()
    assert "Oven &amp; co" in html
    assert 'value="Nobody Known"' in html


def test_what_is_no_address_is_said_beside_the_field_and_kept(http, team):
    ticket = make_ticket(team=team)

    response = http.post(page("ticket", ticket.pk), {"title": "Oven", "team": team.pk, "customer_email": "olena"})

    assert response.status_code == 422
    assert "Write it like name@customer.example." in words(response)
    assert 'value="olena"' in response.content.decode()


def test_archive_and_restore(http, team):
    ticket = make_ticket(team=team)

    http.post(page("archival", ticket.pk))
    assert Ticket.objects.get().is_archived

    http.post(page("archival", ticket.pk) + "?restore")
    assert not Ticket.objects.get().is_archived


@pytest.mark.parametrize(("sort", "first"), [("priority", "Low"), ("-priority", "Urgent"), ("", "Urgent")])
def test_priority_sorts_upwards_from_low(http, team, sort, first):
    for priority in (0, 3, 1):
        make_ticket(team=team, priority=priority, title=f"{Priority(priority).label} ticket")

    shown = words(http.get(reverse("tickets:list"), {"sort": sort}))

    assert shown.index(f"{first} ticket") < shown.index("Medium ticket")


def test_the_list_groups_stages_as_in_the_pipeline_and_the_urgent_first(http, team):
    last, first = team.stages.order_by("-position")[0], team.stages.order_by("position")[0]
    make_ticket(team=team, stage=last, priority=3)
    make_ticket(team=team, stage=first, priority=0)

    stages = http.get(reverse("tickets:list"), {"group": "stage"}).context["listing"]
    stars = http.get(reverse("tickets:list"), {"group": "priority"}).context["listing"]

    assert [section.label for section in stages.sections] == [first.name, last.name]
    assert [section.label for section in stars.sections] == ["Urgent", "Low"]


def test_groups_inside_groups_add_up_what_their_tickets_have(http, team):
    """FOUND-4: counts and sums at every level."""
    other = make_team(company=team.company)
    for place, reopened, priority in ((team, 2, 0), (team, 3, 3), (team, 4, 3), (other, 1, 0)):
        ticket = make_ticket(team=place, priority=priority)
        Ticket.objects.filter(pk=ticket.pk).update(reopen_count=reopened)
    query = {"group": ["team", "priority"], "col": ["reopen_count"], "open": str(team.pk)}

    sections = http.get(page("list"), query).context["listing"].sections

    told = [
        (one.depth, one.label, one.count, [re.sub("<[^>]*>", "", cell) for cell in one.totals if "data-total" in cell])
        for one in sections
    ]
    assert told == [
        (1, team.name, 3, ["9"]),
        (2, "Urgent", 2, ["7"]),
        (2, "Low", 1, ["2"]),
        (1, other.name, 1, ["1"]),
    ]


# ---- list -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_for_one_and_three_tickets(http, agent, team, django_assert_num_queries, count):
    for _ in range(count):
        make_ticket(team=team, assignee=agent)
    http.get(page("list"))

    with django_assert_num_queries(LIST_QUERIES):
        http.get(page("list"))


LIST_QUERIES = 8


def test_my_tickets_are_mine_and_open(http, agent, team):
    make_ticket(team=team, title="Mine", assignee=agent)
    make_ticket(team=team, title="Nobody's")

    shown = words(http.get(page("list"), {"filter": ["mine", "open"]}))

    assert "Mine" in shown
    assert "Nobody" not in shown


# ---- rights ---------------------------------------------------------------------------------------------------------

DOORS = [
    ("get", "ticket"),
    ("post", "ticket"),
    ("post", "stage"),
    ("post", "priority"),
    ("post", "state"),
    ("post", "archival"),
    ("post", "copies"),
    ("get", "messages"),
    ("post", "messages"),
    ("post", "notes"),
    ("post", "followers"),
]


@pytest.mark.parametrize(("method", "door"), DOORS)
@pytest.mark.parametrize(
    ("who", "status"),
    [("other company", 404), ("uninvited", 404), ("portal follower", 403), ("no role", 403), ("stranger", 302)],
)
def test_every_door_is_closed_to_those_without_the_right(method, door, who, status):
    team = make_team(visibility=Visibility.PRIVATE if who == "uninvited" else Visibility.PUBLIC)
    ticket, client = make_ticket(team=team), Client()
    before = (Ticket.objects.values().get(), Message.objects.count(), Follower.objects.count())
    visitor = {
        "other company": make_agent,
        "uninvited": lambda: make_agent(team.company),
        "portal follower": lambda: make_portal_user(team.company),
        "no role": lambda: make_user(company=team.company, role=Role.NONE),
        "stranger": lambda: None,
    }[who]()
    if who == "portal follower":
        add_followers(ticket, [visitor.contact_id])
        before = (before[0], before[1], Follower.objects.count())
    if visitor:
        client.force_login(visitor)

    response = getattr(client, method)(
        page(door, ticket.pk), {"body": "x", "priority": "3", "state": "ready", "title": "x"}
    )

    assert response.status_code == status
    assert (Ticket.objects.values().get(), Message.objects.count(), Follower.objects.count()) == before


@pytest.mark.parametrize(("who", "status"), [("other company", 404), ("portal", 403), ("stranger", 302)])
def test_boards_are_closed_to_those_without_the_right(team, who, status):
    client = Client()
    visitor = {"other company": make_agent, "portal": lambda: make_portal_user(team.company), "stranger": lambda: None}[
        who
    ]()
    if visitor:
        client.force_login(visitor)

    assert client.get(page("board", team.pk)).status_code == status


def test_only_administrators_find_the_ways_to_configure(http, team):
    admin = Client()
    admin.force_login(make_admin(team.company))
    settings = f'href="{reverse("teams:team", args=[team.pk])}"'

    assert settings in words(admin.get(page("board", team.pk)))
    assert settings not in words(http.get(page("board", team.pk)))


# ---- cells of the list ----------------------------------------------------------------------------------------------


def test_stage_and_assignee_are_changed_in_the_list(client: Client) -> None:
    agent = make_agent()
    client.force_login(agent)
    ticket = make_ticket(team=make_team(company=agent.company))
    stage = ticket.team.stages.last()
    assert stage

    row = client.post(f"/helpdesk/tickets/{ticket.pk}/cell/?column=stage__name", {"value": stage.pk})
    client.post(f"/helpdesk/tickets/{ticket.pk}/cell/?column=assignee__name", {"value": agent.pk})

    ticket.refresh_from_db()
    assert (ticket.stage, ticket.assignee) == (stage, agent)
    assert stage.name in row.content.decode()


def test_a_refusal_stands_beside_the_cell(client: Client) -> None:
    agent = make_agent()
    client.force_login(agent)
    ticket = make_ticket(team=make_team(company=agent.company))
    Ticket.objects.update(is_archived=True)
    stage = ticket.team.stages.last()
    assert stage

    response = client.post(f"/helpdesk/tickets/{ticket.pk}/cell/?column=stage__name", {"value": stage.pk})

    assert response.status_code == 422
    assert "This ticket is archived. Restore it first." in response.content.decode()


# ---- the list's other views -----------------------------------------------------------------------------------------


def test_who_comes_from_a_list_leafs_through_it(http, agent, team):
    first, second = make_ticket(team=team, title="Oven"), make_ticket(team=team, title="Oven door")
    query = "q=oven&sort=number"

    page_of_first = http.get(f"{page('ticket', first.pk)}?{query}").content.decode()

    assert "1 / 2" in page_of_first
    assert f"{page('ticket', second.pk)}?q=oven&amp;sort=number" in page_of_first


def test_who_comes_from_a_list_that_nothing_was_chosen_in_leafs_through_it(http, agent, team):
    first, second = make_ticket(team=team, title="Second"), make_ticket(team=team, title="First")
    before = f"http://testserver{page('list')}"

    beside = http.get(page("ticket", first.pk), headers={"referer": before}).context["neighbours"]

    assert (beside.place, beside.total) == (2, 2)
    assert beside.previous_url == f"{page('ticket', second.pk)}?filter=open"


def test_who_comes_from_a_board_leafs_through_it_stage_by_stage(http, agent, team):
    moved, first, last = make_ticket(team=team), make_ticket(team=team), make_ticket(team=team)
    make_ticket(team=make_team(company=team.company))
    move_ticket(moved.pk, team.stages.all()[1].pk, by=agent, at=now())
    board = f"http://testserver{page('board', team.pk)}"

    beside = http.get(page("ticket", first.pk), headers={"referer": board}).context["neighbours"]
    on = http.get(beside.next_url).context["neighbours"]

    assert (beside.place, beside.total) == (2, 3)
    assert beside.previous_url.startswith(page("ticket", last.pk))
    assert beside.next_url.startswith(page("ticket", moved.pk))
    assert (on.place, on.total) == (3, 3)


def test_a_searched_board_is_leafed_through_as_far_as_it_was_found(http, agent, team):
    oven, _other = make_ticket(team=team, title="Oven"), make_ticket(team=team, title="Fridge")
    board = f"http://testserver{page('board', team.pk)}?q=oven"

    beside = http.get(page("ticket", oven.pk), headers={"referer": board}).context["neighbours"]

    assert (beside.place, beside.total) == (1, 1)


@pytest.mark.parametrize("before", ["", "http://testserver/search/?q=oven", "http://testserver/nowhere/"])
def test_who_comes_from_elsewhere_is_shown_no_neighbours(http, agent, team, before):
    ticket, _other = make_ticket(team=team), make_ticket(team=team)

    assert http.get(page("ticket", ticket.pk), headers={"referer": before}).context["neighbours"] is None


@pytest.mark.parametrize(("group", "value"), [("priority", "3"), ("assignee", "{agent}"), ("stage", "{stage}")])
def test_a_card_of_any_kanban_is_moved_by_the_service_of_its_group(http, agent, team, group, value):
    ticket = make_ticket(team=team)
    stage = team.stages.active().last()
    value = value.format(agent=agent.pk, stage=stage.pk)
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/helpdesk/tickets/?group={group}&view=kanban"}

    answer = http.post("/lists/tickets.list/cards/", {"card": ticket.pk, "stage": value}, headers=headers)

    assert answer.status_code == 200
    ticket.refresh_from_db()
    assert str(getattr(ticket, f"{group}_id" if group != "priority" else group)) == value


def test_a_ticket_is_not_given_to_somebody_of_another_company(http, agent, team):
    ticket = make_ticket(team=team)
    stranger = make_agent(make_company())
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/helpdesk/tickets/?group=assignee&view=kanban"}

    http.post("/lists/tickets.list/cards/", {"card": ticket.pk, "stage": stranger.pk}, headers=headers)

    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_the_board_is_grouped_otherwise_in_the_kanban_of_all(http, agent, team):
    shown = http.get(page("board", team.pk)).content.decode()

    assert f"/helpdesk/tickets/?in=team.{team.pk}&amp;group=assignee&amp;view=kanban" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_a_kanban_of_tickets_costs_the_same_for_one_and_three(http, agent, team, django_assert_num_queries, count):
    for _ in range(count):
        make_ticket(team=team)
    address = f"{page('list')}?group=stage&view=kanban"
    http.get(address)

    with django_assert_num_queries(10, exact=False):
        http.get(address)
