from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user, make_user
from deskhand.base.chatter.public import add_followers
from deskhand.home.models import DailyTarget
from deskhand.home.queries import TeamCard, my_figures, my_scores, team_cards
from deskhand.home.services import TargetOutOfReach, set_daily_target
from deskhand.kit.clock import now
from deskhand.kit.screens import Filter
from deskhand.support.teams.public import Team, Visibility, archive_team
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import (
    MY_COUNTS,
    TEAM_COUNTS,
    TICKET_FILTERS,
    TICKET_SCORES,
    Score,
    Ticket,
    TicketCount,
    TicketScore,
    archive_ticket,
    move_ticket,
)
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

URL = "/helpdesk/"
FAILED = TicketCount(
    Filter("failed", "SLA Failed", Q(title__startswith="Late"), section="5 sla"), icon="alert-triangle", tone="bad"
)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(user: User, query: str = "") -> str:
    return signed_in(user).get(f"{URL}{query}").content.decode()


def cards_for(user: User) -> list[TeamCard]:
    return team_cards(user, Team.objects.visible_to(user).active())


def make_closed(team: Team, *, at: datetime, **fields: object) -> Ticket:
    ticket = make_ticket(team=team, **fields)
    move_ticket(ticket.pk, team.stages.folded()[0].pk, by=None, at=at)
    return ticket


def tiles_in(page: str) -> list[tuple[str, str, str]]:
    """Number, label and address of every tile."""
    found = re.findall(r'<a href="([^"]*)"[^>]*><b class="num[^"]*">(.*?)</b><span>([^<]*)</span>', page, re.DOTALL)
    return [(re.sub(r"<[^>]*>", "", number).strip(), label, unescape(url)) for url, number, label in found]


def rows_in(client: Client, url: str) -> int:
    found = re.search(r'<bdi dir="ltr">(?:\d+-\d+ / )?(\d+)', client.get(url).content.decode())
    assert found
    return int(found[1])


# ---- teams ----------------------------------------------------------------------------------------------------------


def test_a_card_counts_open_unassigned_and_urgent_tickets_of_its_team_and_what_was_closed_in_seven_days():
    team = make_team()
    agent = make_agent(team.company)
    make_ticket(team=team, priority=3)
    make_ticket(team=team, assignee=agent)
    make_closed(team, at=now())
    make_closed(team, at=now() - timedelta(days=5))
    make_closed(team, at=now() - timedelta(days=8))
    archive_ticket(make_ticket(team=team).pk, by=None, at=now())

    (card,) = cards_for(agent)

    assert (card.open, card.counts["unassigned"], card.counts["urgent"], card.closed) == (2, 1, 1, 2)


def test_every_number_leads_to_exactly_the_tickets_it_counts():
    """TEAM-8: a tile says 3, and 3 rows are behind it."""
    team, elsewhere = make_team(), make_team()
    agent = make_agent(team.company)
    for priority in (0, 2, 3, 3):
        make_ticket(team=team, priority=priority, assignee=agent)
    make_ticket(team=team, priority=3)
    make_ticket(team=elsewhere, priority=3)
    make_closed(team, at=now(), assignee=agent)
    make_closed(team, at=now() - timedelta(days=6), assignee=agent)
    make_closed(team, at=now() - timedelta(days=7), assignee=agent)
    archive_ticket(make_ticket(team=team, assignee=agent).pk, by=None, at=now())
    browser = signed_in(agent)

    tiles = [tile for tile in tiles_in(browser.get(URL).content.decode()) if tile[1] != "Closed per day"]

    assert [(number, label) for number, label, _url in tiles] == [
        ("4", "Open"), ("1", "High Priority"), ("2", "Urgent"), ("1", "Closed today"),
        ("5", "Open"), ("1", "Unassigned"), ("3", "Urgent"), ("2", "Closed, 7 days"),
    ]  # fmt: skip
    assert [rows_in(browser, url) for _number, _label, url in tiles] == [int(number) for number, _l, _u in tiles]


def test_other_companies_are_not_shown_and_of_private_teams_only_what_one_follows_counts():
    """TEAM-3: internal users see a private team, and only the tickets they follow."""
    team = make_team(visibility=Visibility.PRIVATE)
    make_team()
    agent = make_agent(team.company)
    make_ticket(team=team)
    make_closed(team, at=now())
    add_followers(make_ticket(team=team), [agent.contact_id])

    assert [(card.team, card.open, card.closed) for card in cards_for(agent)] == [(team, 1, 0)]


def test_a_private_team_says_that_only_invited_users_see_its_tickets():
    team = make_team(visibility=Visibility.PRIVATE)
    other = make_team()

    assert "Only invited users see its tickets" in page_of(make_agent(team.company))
    assert "Only invited users see its tickets" not in page_of(make_agent(other.company))


def test_archived_teams_have_no_card():
    team = make_team(name="Old Desk")
    archive_team(team.pk)

    page = page_of(make_agent(team.company), "?filter=archived")

    assert "Old Desk" not in page


def test_teams_are_found_by_a_word_and_by_a_filter():
    team = make_team(name="Customer Care")
    make_team(name="Repairs", company=team.company, visibility=Visibility.PRIVATE)
    agent = make_agent(team.company)

    by_word, by_filter, nothing = page_of(agent, "?q=care"), page_of(agent, "?filter=private"), page_of(agent, "?q=zzz")

    assert ("Customer Care" in by_word, "Repairs" in by_word) == (True, False)
    assert ("Customer Care" in by_filter, "Repairs" in by_filter) == (False, True)
    assert "No team is found" in nothing


def test_the_menu_of_a_card_offers_settings_to_administrators_only():
    team = make_team()
    settings = f'href="{reverse("teams:team", args=[team.pk])}"'

    assert settings in page_of(make_admin(team.company))
    assert settings not in page_of(make_agent(team.company))


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_costs_the_same_for_one_and_three_teams(django_assert_num_queries, count):
    team = make_team()
    for _ in range(count - 1):
        make_team(company=team.company)
    browser = signed_in(make_agent(team.company))
    browser.get(URL)

    with django_assert_num_queries(9):
        browser.get(URL)


# ---- my own ---------------------------------------------------------------------------------------------------------


def test_my_tickets_are_open_and_mine():
    team = make_team()
    agent = make_agent(team.company)
    make_ticket(team=team, assignee=agent, priority=2, at=now() - timedelta(hours=20))
    make_ticket(team=team, assignee=agent, at=now() - timedelta(hours=10))
    make_ticket(team=team)

    figures = my_figures(agent)

    assert (figures.waiting["open"].count, figures.waiting["high"].count) == (2, 1)
    assert round(figures.waiting["open"].age.total_seconds() / 3600) == 15
    assert figures.waiting["urgent"].age is None
    assert "avg 15 h open" in page_of(agent)


def test_what_i_closed_counts_from_midnight_where_i_am(time_machine):
    """Half past midnight in Oslo is still yesterday in UTC."""
    time_machine.move_to(datetime(2026, 11, 27, 23, 30, tzinfo=UTC), tick=False)
    team = make_team()
    agent = make_agent(team.company)
    make_closed(team, at=datetime(2026, 11, 27, 23, 10, tzinfo=UTC), assignee=agent)
    make_closed(team, at=datetime(2026, 11, 27, 22, 50, tzinfo=UTC), assignee=agent)

    with timezone.override("Europe/Oslo"):
        in_oslo = my_figures(agent)
    with timezone.override("UTC"):
        in_utc = my_figures(agent)

    assert (in_oslo.closed_today, in_utc.closed_today) == (1, 2)
    assert in_oslo.closed_in_days == in_utc.closed_in_days == 2


def test_the_seven_day_average_is_of_all_seven_days():
    team = make_team()
    agent = make_agent(team.company)
    for _ in range(5):
        make_closed(team, at=now(), assignee=agent)

    assert ("0.7", "Closed per day") in [tile[:2] for tile in tiles_in(page_of(agent))]


def test_a_daily_target_is_set_shown_changed_and_taken_away():
    team = make_team()
    agent = make_agent(team.company)
    make_closed(team, at=now(), assignee=agent)
    browser = signed_in(agent)

    browser.post(reverse("home:daily-target"), {"closed": "8"})
    first = browser.get(URL).content.decode()
    browser.post(reverse("home:daily-target"), {"closed": "4"})
    second = browser.get(URL).content.decode()
    browser.post(reverse("home:daily-target"), {"closed": ""})
    third = browser.get(URL).content.decode()

    assert "Daily target: 8 closed" in first
    assert "1 of 8 closed today" in first
    assert "Daily target: 4 closed" in second
    assert "No daily target" in third
    assert not DailyTarget.objects.exists()


def test_a_target_is_ones_own():
    agent, colleague = make_agent(), make_agent()
    set_daily_target(colleague, 3)

    signed_in(agent).post(reverse("home:daily-target"), {"closed": "8"})

    assert dict(DailyTarget.objects.values_list("user", "closed")) == {agent.pk: 8, colleague.pk: 3}


@pytest.mark.parametrize(
    ("typed", "said"),
    [("0", "Enter 1 or more"), ("-2", "Enter 1 or more"), ("1000", "Enter 999 or less"), ("many", "whole number")],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_an_odd_target_is_told_beside_the_field_and_changes_nothing(typed, said, headers):
    agent = make_agent()
    set_daily_target(agent, 5)

    response = signed_in(agent).post(reverse("home:daily-target"), {"closed": typed}, headers=headers)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert f'value="{typed}"' in response.content.decode()
    assert DailyTarget.objects.get(user=agent).closed == 5


@pytest.mark.parametrize("closed", [0, -1, 1000])
def test_the_service_refuses_a_target_out_of_reach(closed):
    agent = make_agent()
    set_daily_target(agent, 5)

    with pytest.raises(TargetOutOfReach):
        set_daily_target(agent, closed)

    assert DailyTarget.objects.get(user=agent).closed == 5


def test_without_script_the_target_has_a_page_of_its_own():
    agent = make_agent()
    set_daily_target(agent, 5)

    page = signed_in(agent).get(reverse("home:daily-target")).content.decode()

    assert "<h1>Daily target</h1>" in page
    assert 'value="5"' in page


# ---- what higher apps fill in ---------------------------------------------------------------------------------------


@pytest.fixture
def counting_failed(monkeypatch):
    """As an app for deadlines would do it: a filter of the list, counted on cards and among one's own."""
    for place in (TEAM_COUNTS, MY_COUNTS):
        monkeypatch.setattr(place, "_panels", [*place._panels, (30, FAILED)])
    monkeypatch.setattr(TICKET_FILTERS, "_panels", [(50, FAILED.filter)])


@pytest.fixture
def scoring(monkeypatch):
    """As such apps would do it: a rate with a bar, and an average without."""

    def of_teams(user, teams):
        return {teams[0]: Score("94 %", 0.94)} if teams else {}

    rate = TicketScore(
        key="success",
        label="Success rate",
        team_label="SLA success",
        team_empty="No ticket with an SLA yet",
        query="filter=closed-week",
        of_teams=of_teams,
        of_person=lambda user, moments: [Score("92 %", 0.92), Score("95 %", 0.95)],
    )
    average = TicketScore(
        key="rating",
        label="Average rating",
        team_label="average rating",
        team_empty="No rating yet",
        query="filter=closed",
        of_teams=lambda user, teams: {team: Score("4.6") for team in teams},
        of_person=lambda user, moments: [None, Score("4.4")],
    )
    monkeypatch.setattr(TICKET_SCORES, "_panels", [(10, rate), (20, average)])


def test_nothing_is_said_of_deadlines_and_ratings_as_long_as_no_app_knows_of_them():
    page = page_of(make_agent(make_team().company))

    assert not any(word in page for word in ("SLA", "Success rate", "rating", "Failed"))


def test_a_count_of_a_higher_app_stands_on_cards_and_among_mine_and_leads_to_its_list(counting_failed):
    team = make_team()
    agent = make_agent(team.company)
    make_ticket(team=team, title="Late parcel", assignee=agent)
    make_ticket(team=team, title="Late as well")
    make_ticket(team=team, title="On time")
    make_closed(team, at=now(), title="Late but closed")
    browser = signed_in(agent)

    tiles = [tile for tile in tiles_in(browser.get(URL).content.decode()) if tile[1] == "SLA Failed"]

    assert [number for number, _label, _url in tiles] == ["1", "2"]
    assert [rows_in(browser, url) for _number, _label, url in tiles] == [1, 2]


def test_scores_of_higher_apps_stand_on_cards_and_among_mine(scoring):
    team = make_team()
    make_team(company=team.company, position=90)
    agent = make_agent(team.company)

    page = page_of(agent)

    assert "94 % SLA success" in page
    assert "No ticket with an SLA yet" in page
    assert page.count("4.6 average rating") == 2
    assert [tile[:2] for tile in tiles_in(page) if "rat" in tile[1]] == [
        ("92 %", "Success rate"),
        ("–", "Average rating"),
    ]
    assert "7-day average 95 %" in page
    assert "7-day average 4.4" in page
    assert my_scores(agent)["rating"].today is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_score_costs_two_queries_at_most_whatever_the_number_of_teams(django_assert_num_queries, scoring, count):
    """These here ask nothing: the page itself asks no more for them."""
    team = make_team()
    for _ in range(count - 1):
        make_team(company=team.company)
    browser = signed_in(make_agent(team.company))
    browser.get(URL)

    with django_assert_num_queries(9):
        browser.get(URL)


# ---- who comes in ---------------------------------------------------------------------------------------------------


def test_the_start_page_leads_to_the_first_app_of_the_user():
    response = signed_in(make_agent()).get(reverse("home:start"))

    assert response.headers["Location"] == reverse("home:overview")


def test_the_start_page_leads_customers_to_my_account():
    response = signed_in(make_portal_user()).get(reverse("home:start"))

    assert response.headers["Location"] == reverse("portal:home")


def test_who_works_here_without_any_app_is_told_that_there_is_nothing_yet():
    shown = signed_in(make_user(role=Role.NONE)).get(reverse("home:start"), follow=True)

    assert shown.status_code == 200


@pytest.mark.parametrize("maker", [make_portal_user, lambda: make_user(role=Role.NONE)])
@pytest.mark.parametrize("route", ["home:overview", "home:daily-target"])
def test_without_helpdesk_role_the_overview_is_closed(maker, route):
    assert signed_in(maker()).get(reverse(route)).status_code == 403


def test_a_stranger_signs_in_first():
    assert Client().get(reverse("home:overview")).status_code == 302
