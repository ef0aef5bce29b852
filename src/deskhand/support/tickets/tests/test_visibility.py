"""Who sees which ticket (TEAM-3, TEAM-9)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from deskhand.base.accounts.public import Role
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_user
from deskhand.base.chatter.public import add_followers
from deskhand.kit.clock import now
from deskhand.support.teams.public import Team, Visibility
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.archiving import archive_ticket
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
