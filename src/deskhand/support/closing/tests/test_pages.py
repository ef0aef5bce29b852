"""The button on the ticket, and the options on the team's page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import Role
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user, make_user
from deskhand.base.chatter.public import add_followers
from deskhand.support.closing.enums import OnReply
from deskhand.support.closing.models import ClosingRules
from deskhand.support.closing.pages.forms import ReplyRuleForm
from deskhand.support.closing.panels import _closure
from deskhand.support.closing.queries import rules_of
from deskhand.support.teams.public import Visibility
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import Ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket() -> Ticket:
    return make_ticket()


@pytest.fixture
def http(ticket: Ticket) -> Client:
    client = Client()
    client.force_login(make_agent(ticket.company))
    return client


def closure(ticket: Ticket) -> str:
    return reverse("closing:closure", args=[ticket.pk])


def test_close_and_reopen_from_the_ticket(http, ticket):
    agent = make_agent(ticket.company)
    assert _closure(ticket, agent).label == "Close"

    assert http.post(closure(ticket)).url == reverse("tickets:ticket", args=[ticket.pk])
    ticket.refresh_from_db()
    assert ticket.is_closed
    assert _closure(ticket, agent).label == "Reopen"

    http.post(closure(ticket), {"reopen": "yes"})
    ticket.refresh_from_db()
    assert not ticket.is_closed


def test_delete_reopens_too(http, ticket):
    http.post(closure(ticket), headers={"HX-Request": "true"})

    response = http.delete(closure(ticket), headers={"HX-Request": "true"})

    assert (response.status_code, response["HX-Refresh"]) == (204, "true")
    assert not Ticket.objects.get().is_closed


def test_closing_twice_says_so(http, ticket):
    http.post(closure(ticket))

    response = http.post(closure(ticket))

    assert response.status_code == 409
    assert "This ticket is already closed." in response.content.decode()


def test_an_archived_ticket_has_no_such_button(ticket):
    ticket.is_archived = True

    assert _closure(ticket, make_agent(ticket.company)) is None


def test_only_those_who_work_on_a_ticket_close_it(client, ticket):
    portal = make_portal_user(ticket.company)
    add_followers(ticket, [portal.contact_id])
    expected = [
        (make_agent(), 404),
        (make_user(company=ticket.company, role=Role.NONE), 404),
        (make_portal_user(ticket.company), 404),
        (portal, 403),
    ]

    for user, status in expected:
        client.force_login(user)
        assert client.post(closure(ticket)).status_code == status
    client.logout()
    assert client.post(closure(ticket)).url.startswith(reverse("account_login"))
    assert not Ticket.objects.get().is_closed


def test_tickets_of_private_teams_are_not_there_for_others(client):
    ticket = make_ticket(team=make_team(visibility=Visibility.PRIVATE))
    client.force_login(make_agent(ticket.company))

    assert client.post(closure(ticket)).status_code == 404
    assert not Ticket.objects.get().is_closed


# ---- options --------------------------------------------------------------------------------------------------------


@pytest.fixture
def team():
    return make_team()


def page_of(team) -> str:
    return reverse("teams:team", args=[team.pk])


def typed(client: Client, team, **changes) -> dict[str, object]:
    """What the page of the team sends, whatever apps add to it."""
    page = client.get(page_of(team)).context["page"]
    sent: dict[str, object] = {}
    for field in page:
        value = field.value()
        if value not in (None, False, ""):
            sent[field.html_name] = "on" if value is True else value
    sent["stages"] = [stage.pk for stage in team.stages.all()]
    return sent | changes


@pytest.fixture
def admin_http(team) -> Client:
    client = Client()
    client.force_login(make_admin(team.company))
    return client


def test_self_service_has_both_options(admin_http, team):
    shown = admin_http.get(page_of(team)).content.decode()

    for expected in ("Self-Service", "Closure by Customers", "On customer reply", "Open a new, linked ticket"):
        assert expected in shown, expected


def test_both_options_are_saved_with_the_page(admin_http, team):
    stage = team.stages.get(name="In Progress")
    data = typed(
        admin_http,
        team,
        **{
            "customer-closing-customers_may_close": "on",
            "customer-reply-on_reply": "new",
            "customer-reply-reopen_stage": stage.pk,
            "customer-reply-days": "14",
        },
    )

    response = admin_http.post(page_of(team), data)

    assert response.status_code == 302, response.context["page"].errors
    rules = rules_of(team.pk)
    assert (rules.customers_may_close, rules.on_reply, rules.new_ticket_after_days) == (True, OnReply.NEW_TICKET, 14)
    assert rules.reopen_stage == stage


def test_no_days_are_refused_beside_the_field(admin_http, team):
    data = typed(admin_http, team, **{"customer-reply-on_reply": "new", "customer-reply-days": "0"})

    response = admin_http.post(page_of(team), data | {"name": "Other"})

    assert response.status_code == 422
    assert "Enter 1 day or more." in response.content.decode()
    assert not ClosingRules.objects.exists()
    team.refresh_from_db()
    assert team.name != "Other"


def test_days_do_not_matter_where_they_are_not_shown(team):
    form = ReplyRuleForm({"on_reply": "reopen", "days": ""}, team=team, user=make_admin(team.company))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["days"] == 30


def test_a_stage_that_leaves_the_team_on_the_same_page_is_forgotten(admin_http, team):
    stage = team.stages.get(name="On Hold")
    ClosingRules.objects.create(team=team, reopen_stage=stage)
    data = typed(admin_http, team)
    data["stages"] = [one.pk for one in team.stages.all() if one != stage]

    response = admin_http.post(page_of(team), data)

    assert response.status_code == 302, response.context["page"].errors
    assert rules_of(team.pk).reopen_stage is None
