from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import Role
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_user
from deskhand.base.chatter.public import add_followers
from deskhand.home.queries import my_counts, team_cards
from deskhand.kit.clock import now
from deskhand.support.teams.public import Visibility
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import archive_ticket, move_ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_card_counts_open_unassigned_and_urgent_tickets_of_its_team():
    team = make_team()
    agent = make_agent(team.company)
    make_ticket(team=team, priority=3)
    make_ticket(team=team, assignee=agent)
    solved = make_ticket(team=team)
    move_ticket(solved.pk, team.stages.folded().first().pk, by=None, at=now())
    archive_ticket(make_ticket(team=team).pk, by=None, at=now())

    (card,) = team_cards(agent)

    assert (card.counts.open, card.counts.unassigned, card.counts.urgent) == (2, 1, 1)


def test_my_tickets_are_open_and_mine():
    team = make_team()
    agent = make_agent(team.company)
    make_ticket(team=team, assignee=agent, priority=2)
    make_ticket(team=team)

    assert (my_counts(agent).open, my_counts(agent).high) == (1, 1)


def test_other_companies_are_not_shown_and_of_private_teams_only_what_one_follows_counts():
    """TEAM-3: internal users see a private team, and only the tickets they follow."""
    team = make_team(visibility=Visibility.PRIVATE)
    make_team()
    agent = make_agent(team.company)
    make_ticket(team=team)
    add_followers(make_ticket(team=team), [agent.contact_id])

    assert [(card.team, card.counts.open) for card in team_cards(agent)] == [(team, 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_costs_the_same_for_one_and_three_teams(django_assert_num_queries, count):
    team = make_team()
    for _ in range(count - 1):
        make_team(company=team.company)
    browser = signed_in(make_agent(team.company))
    browser.get(reverse("home:overview"))

    with django_assert_num_queries(6):
        browser.get(reverse("home:overview"))


def test_the_start_page_leads_to_the_first_app_of_the_user():
    response = signed_in(make_agent()).get(reverse("home:start"))

    assert response.headers["Location"] == reverse("home:overview")


def test_a_portal_user_is_told_that_there_is_nothing_here_yet():
    assert (
        "There is no page for you here yet."
        in signed_in(make_portal_user()).get(reverse("home:start")).content.decode()
    )


@pytest.mark.parametrize("maker", [make_portal_user, lambda: make_user(role=Role.NONE)])
def test_without_helpdesk_role_the_overview_is_closed(maker):
    assert signed_in(maker()).get(reverse("home:overview")).status_code == 403


def test_a_stranger_signs_in_first():
    assert Client().get(reverse("home:overview")).status_code == 302
