"""Who sees which ticket (TEAM-3, TEAM-9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from deskhand.base.accounts.public import Role
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_user
from deskhand.base.chatter.public import add_followers, remove_follower
from deskhand.kit.clock import now
from deskhand.support.teams.public import Team, TeamSettings, Visibility, update_team
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.archiving import archive_ticket
from deskhand.support.tickets.services.editing import edit_ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def sees(user, ticket) -> bool:
    """By both ways to list tickets, which never differ."""
    listed = Ticket.objects.visible_to(user).filter(pk=ticket.pk).exists()
    assert Ticket.objects.visible_in(ticket.team, user).filter(pk=ticket.pk).exists() == listed
    return listed


@pytest.mark.parametrize("visibility", [Visibility.COMPANY, Visibility.PUBLIC])
def test_helpdesk_users_of_the_company_see_all_tickets(visibility):
    ticket = make_ticket(team=make_team(visibility=visibility))

    assert sees(make_agent(ticket.company), ticket)


def test_nobody_sees_another_companys_tickets():
    ticket = make_ticket()

    assert not sees(make_agent(), ticket)


def test_without_helpdesk_role_nothing_is_seen():
    ticket = make_ticket()

    assert not sees(make_user(company=ticket.company, role=Role.NONE), ticket)
    assert not sees(AnonymousUser(), ticket)


def test_a_private_team_shows_a_ticket_to_its_followers_only():
    ticket = make_ticket(team=make_team(visibility=Visibility.PRIVATE))
    invited, uninvited = make_agent(ticket.company), make_agent(ticket.company)
    add_followers(ticket, [invited.contact_id])

    assert sees(invited, ticket)
    assert not sees(uninvited, ticket)


def test_a_follower_of_a_private_team_is_invited_to_all_of_its_tickets():
    team = make_team(visibility=Visibility.PRIVATE)
    ticket, member = make_ticket(team=team), make_agent(team.company)
    add_followers(team, [member.contact_id])

    assert sees(member, ticket)
    assert Team.objects.visible_to(member).filter(pk=team.pk).exists()


@pytest.mark.parametrize(
    ("visibility", "expected"),
    [(Visibility.PUBLIC, True), (Visibility.COMPANY, False), (Visibility.PRIVATE, False)],
)
def test_portal_users_see_what_they_follow_in_public_teams(visibility, expected):
    ticket = make_ticket(team=make_team(visibility=visibility))
    customer, other = make_portal_user(ticket.company), make_portal_user(ticket.company)
    add_followers(ticket, [customer.contact_id])

    assert sees(customer, ticket) is expected
    assert not sees(other, ticket)


def test_portal_users_do_not_see_archived_tickets():
    ticket = make_ticket()
    customer = make_portal_user(ticket.company)
    add_followers(ticket, [customer.contact_id])
    archive_ticket(ticket.pk, by=None, at=now())

    assert not sees(customer, ticket)


# ---- what is taken away leaves open pages at once ------------------------------------------------------------------


@pytest.fixture
def telling(monkeypatch, django_capture_on_commit_callbacks) -> Callable[[], AbstractContextManager[list[str]]]:
    """What open pages are told of that happens inside; not of what the test prepared."""
    sent: list[str] = []
    monkeypatch.setattr("deskhand.kit.live.transport._send", lambda addresses: sent.extend(addresses.split()))

    @contextmanager
    def inside() -> Iterator[list[str]]:
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            yield sent

    return inside


def test_who_follows_a_ticket_no_more_is_asked_for_it_again(telling):
    ticket, invited = make_ticket(team=make_team(visibility=Visibility.PRIVATE)), make_agent()
    add_followers(ticket, [invited.contact_id])

    with telling() as told:
        remove_follower(ticket, invited.contact_id)

    assert f"?ticket.{ticket.pk}" in told


def test_who_follows_a_team_no_more_is_asked_for_everything_again(telling):
    """TEAM-6: a follower of a private team saw all of its tickets."""
    team = make_team(visibility=Visibility.PRIVATE)
    member = make_agent(team.company)
    add_followers(team, [member.contact_id])

    with telling() as told:
        remove_follower(team, member.contact_id)

    assert {"?everything", f"team.{team.pk}", f"helpdesk.{team.company_id}"} <= set(told)


def test_a_team_that_becomes_private_is_taken_from_all_pages(telling):
    team = make_team()
    private = TeamSettings(name=team.name, company=team.company, visibility=Visibility.PRIVATE)

    with telling() as told:
        update_team(team.pk, private, by=None, at=now())

    assert "?everything" in told


def test_a_ticket_that_goes_to_another_team_is_taken_from_those_who_do_not_see_that(telling):
    ticket = make_ticket()
    private = make_team(company=ticket.company, visibility=Visibility.PRIVATE)

    with telling() as told:
        edit_ticket(ticket.pk, {"team": private}, by=None, at=now())

    assert f"?ticket.{ticket.pk}" in told
