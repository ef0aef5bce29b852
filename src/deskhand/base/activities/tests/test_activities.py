from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deskhand.base.accounts.public import Role, User, set_roles
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_settings_admin, make_user
from deskhand.base.activities.events import ActivityAssigned
from deskhand.base.activities.models import Activity, ActivityType
from deskhand.base.activities.queries import due_count, next_badges, waiting_for
from deskhand.base.activities.services import CannotSeeRecord, DoneAlready, cancel_activity, finish_activity
from deskhand.base.activities.testing import make_activity
from deskhand.base.chatter.public import Message, add_followers, remove_follower
from deskhand.base.contacts.testing import make_contact
from deskhand.base.workforce.testing import make_calendar, make_employee
from deskhand.kit import events, records
from deskhand.kit.clock import now
from deskhand.support.teams.public import Team, Visibility
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import Ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def day(days: int):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def agent(team: Team) -> User:
    return make_agent(team.company, name="Amara Okafor")


@pytest.fixture
def ticket(team: Team) -> Ticket:
    return make_ticket(team=team)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def http(agent: User) -> Client:
    return signed_in(agent)


def new_url(ticket: Ticket) -> str:
    return reverse("activities:new", args=[records.content_type_id(ticket), ticket.pk])


def typed(assignee: User, **more: object) -> dict[str, object]:
    call = ActivityType.objects.get(name="Call")
    return {"kind": call.pk, "summary": "Call back", "due_on": day(2), "assignee": assignee.pk, **more}


def words(response) -> str:
    return response.content.decode()


# ---- scheduling -----------------------------------------------------------------------------------------------------


def test_types_fill_in_day_and_summary(http, ticket):
    call = ActivityType.objects.get(name="Call")

    shown = words(http.get(new_url(ticket), {"type": call.pk}))

    assert f'value="{day(call.default_days).isoformat()}"' in shown


def test_what_was_typed_stays_when_another_type_is_chosen(http, agent, ticket):
    meeting = ActivityType.objects.get(name="Meeting")

    shown = words(http.get(new_url(ticket), {"type": meeting.pk, "summary": "Look at it", "note": "Bring gloves"}))

    assert "Look at it" in shown
    assert "Bring gloves" in shown


def test_what_is_scheduled_stands_beside_the_ticket_on_the_board_and_in_the_list(http, agent, team, ticket):
    response = http.post(new_url(ticket), typed(agent), headers=HTMX)

    assert response.status_code == 204
    for page in (
        reverse("tickets:ticket", args=[ticket.pk]),
        reverse("tickets:board", args=[team.pk]),
        reverse("tickets:list"),
        reverse("activities:list"),
        reverse("activities:matrix", args=[records.content_type_id(ticket)]),
    ):
        assert "Call back" in words(http.get(page)), page


@pytest.mark.parametrize("kind", ["contact", "team", "employee", "calendar"])
def test_something_is_to_do_about_other_records_too(kind, team, agent):
    """FOUND-1: on every business record that is talked about."""
    set_roles(agent, dict.fromkeys(("helpdesk", "employees"), Role.ADMINISTRATOR))
    record = {
        "contact": lambda: make_contact(company=team.company),
        "team": lambda: team,
        "employee": lambda: make_employee(company=team.company),
        "calendar": lambda: make_calendar(team.company),
    }[kind]()
    http = signed_in(agent)

    response = http.post(new_url(record), typed(agent, summary="Look at it"), headers=HTMX)

    assert response.status_code == 204
    assert "Look at it" in words(http.get(records.type_of(record).url(record)))


def test_who_would_not_see_the_record_gets_nothing_to_do(http, ticket):
    stranger = make_agent()

    with pytest.raises(CannotSeeRecord):
        make_activity(ticket, stranger, due_on=day(0))

    assert not Activity.objects.exists()
    assert http.post(new_url(ticket), typed(stranger), headers=HTMX).status_code == 422
    assert not Activity.objects.exists()


def test_the_assignee_of_a_private_ticket_is_let_in(agent, team):
    private = make_ticket(team=make_team(company=team.company, visibility=Visibility.PRIVATE))

    make_activity(private, agent, due_on=day(0))

    assert Ticket.objects.visible_to(agent).filter(pk=private.pk).exists()


def test_a_day_is_needed(http, agent, ticket):
    response = http.post(new_url(ticket), typed(agent, due_on=""), headers=HTMX)

    assert response.status_code == 422
    assert "Say until when." in words(response)
    assert not Activity.objects.exists()


# ---- done, cancelled, edited ----------------------------------------------------------------------------------------


def test_done_with_feedback_stands_in_the_conversation(http, agent, ticket):
    activity = make_activity(ticket, agent, due_on=day(0))

    http.post(reverse("activities:completion", args=[activity.pk]), {"feedback": "He has <3 machines"}, headers=HTMX)

    activity.refresh_from_db()
    line = Message.objects.of(ticket).latest("pk")
    assert activity.done_at is not None
    assert line.body_html == "Call “Call back” done: He has &lt;3 machines"
    assert line.author == agent.contact


def test_done_and_schedule_next_asks_for_the_next_one(http, agent, ticket):
    activity = make_activity(ticket, agent, due_on=day(0))

    response = http.post(reverse("activities:completion", args=[activity.pk]), {"next": "1"}, headers=HTMX)

    assert "Schedule activity" in words(response)
    assert new_url(ticket) in words(response)


def test_what_is_done_is_not_done_twice(agent, ticket):
    activity = make_activity(ticket, agent, due_on=day(0))
    finish_activity(activity.pk, feedback="", by=agent, at=now())
    lines = Message.objects.count()

    with pytest.raises(DoneAlready):
        finish_activity(activity.pk, feedback="again", by=agent, at=now())
    with pytest.raises(DoneAlready):
        cancel_activity(activity.pk, by=agent, at=now())

    assert Message.objects.count() == lines
    assert Activity.objects.get().feedback == ""


def test_a_cancelled_activity_is_gone_and_the_conversation_says_so(http, agent, ticket):
    activity = make_activity(ticket, agent, due_on=day(0))

    http.delete(reverse("activities:activity", args=[activity.pk]))

    assert not Activity.objects.exists()
    assert "cancelled" in Message.objects.of(ticket).latest("pk").body_html


def test_editing_hands_it_over(http, agent, team, ticket, monkeypatch):
    told: list[ActivityAssigned] = []
    activity, jonas = make_activity(ticket, agent, due_on=day(0)), make_agent(team.company)
    monkeypatch.setitem(events._inside, ActivityAssigned, [told.append])

    http.post(reverse("activities:activity", args=[activity.pk]), typed(jonas, summary="Visit"), headers=HTMX)

    activity.refresh_from_db()
    assert (activity.assignee, activity.summary, activity.due_on) == (jonas, "Visit", day(2))
    assert [(fact.activity.assignee, fact.by) for fact in told] == [(jonas, agent)]


# ---- what waits -----------------------------------------------------------------------------------------------------


def test_the_clock_counts_what_is_late_or_due_today_of_records_one_sees(agent, team, ticket):
    private = make_ticket(team=make_team(company=team.company, visibility=Visibility.PRIVATE))
    for days in (-3, 0, 4):
        make_activity(ticket, agent, due_on=day(days))
    make_activity(private, agent, due_on=day(0))
    remove_follower(private, agent.contact_id)

    (tickets,) = waiting_for(agent.viewer)
    assert (tickets.overdue, tickets.today, tickets.planned) == (1, 1, 1)
    assert due_count(agent.viewer) == 2


def test_the_badge_is_of_what_is_due_first(agent, ticket):
    make_activity(ticket, agent, due_on=day(5), summary="Later")
    make_activity(ticket, agent, due_on=day(-2), summary="Late")

    badge = next_badges(Ticket, [ticket.pk])[ticket.pk]

    assert (badge.label, badge.tone, badge.title) == ("2 days late", "bad", "Call: Late")


def test_counts_are_for_those_who_work_here(http, agent, team, ticket):
    make_activity(ticket, agent, due_on=day(0))

    assert http.get(reverse("tool-counts")).json()["activities"] == 1
    assert signed_in(make_portal_user(team.company)).get(reverse("tool-counts")).json() == {}


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_and_three(http, agent, team, django_assert_num_queries, count):
    for _ in range(count):
        make_activity(make_ticket(team=team), agent, due_on=day(0))
    kind = records.content_type_id(Ticket)
    pages = {
        reverse("activities:list"): 9,
        reverse("activities:matrix", args=[kind]): 6,
        reverse("activities:menu"): 3,
        reverse("tool-counts"): 4,
    }
    for page, queries in pages.items():
        http.get(page)
        with django_assert_num_queries(queries):
            http.get(page)


# ---- types ----------------------------------------------------------------------------------------------------------


def test_types_are_set_up_by_administrators_of_the_settings(team, agent):
    url = reverse("activities:new-type")
    new = {"name": "Visit", "icon": "map-pin", "default_days": "7", "position": "60"}

    assert signed_in(agent).post(url, new).status_code == 403
    assert signed_in(make_settings_admin(team.company)).post(url, new).status_code == 302
    assert ActivityType.objects.get(name="Visit").default_days == 7


# ---- rights ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["portal follower", "other company", "no role", "uninvited"])
def test_activities_open_only_to_who_sees_the_record(who):
    team = make_team(visibility=Visibility.PRIVATE if who == "uninvited" else Visibility.PUBLIC)
    ticket, agent = make_ticket(team=team), make_agent(team.company)
    activity = make_activity(ticket, agent, due_on=day(0), summary="Hush")
    visitor = {
        "portal follower": lambda: make_portal_user(team.company),
        "other company": make_agent,
        "no role": lambda: make_user(company=team.company, role=Role.NONE),
        "uninvited": lambda: make_agent(team.company),
    }[who]()
    if who == "portal follower":
        add_followers(ticket, [visitor.contact_id])
    client = signed_in(visitor)

    one = reverse("activities:activity", args=[activity.pk])
    answers = [
        client.get(new_url(ticket)),
        client.post(new_url(ticket), typed(agent)),
        client.get(one),
        client.post(one, typed(agent)),
        client.delete(one),
        client.post(reverse("activities:completion", args=[activity.pk])),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert Activity.objects.open().count() == 1
    for page in ("activities:list", "activities:menu"):
        assert "Hush" not in words(client.get(reverse(page)))
    assert "Hush" not in words(client.get(reverse("activities:matrix", args=[records.content_type_id(ticket)])))


def test_who_has_nothing_to_do_is_told_so_and_not_that_nothing_was_found(http):
    told = words(http.get(reverse("activities:list")))

    assert "No activity is planned for you" in told
    assert "<h2>Nothing found" not in told
    assert "<h2>Nothing found" in words(http.get(reverse("activities:list"), {"filter": ["mine", "overdue"]}))


def test_ones_own_activities_stand_in_the_personal_menu_for_administrators_of_the_settings_too(http, ticket):
    matrix = reverse("activities:matrix", args=[records.content_type_id(ticket)])

    for client in (http, signed_in(make_settings_admin())):
        for page in (reverse("activities:list"), matrix, reverse("notifications:list")):
            shown = words(client.get(page))
            assert '<nav class="dh-menu desk-only" aria-label="Personal">' in shown, page
            assert f'href="{reverse("accounts:preferences")}"' in shown
    assert 'aria-label="Settings"' in words(signed_in(make_settings_admin()).get(reverse("activities:types")))
