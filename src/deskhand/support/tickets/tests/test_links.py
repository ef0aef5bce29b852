from __future__ import annotations

from datetime import timedelta

import pytest

from deskhand.base.chatter.public import add_followers, remove_follower
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.models import TicketLink
from deskhand.support.tickets.services.archiving import archive_ticket
from deskhand.support.tickets.services.links import link_of_token, make_link_token
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_a_token_opens_its_ticket_for_its_contact():
    ticket, at = make_ticket(), now()
    token = make_link_token(ticket.pk, ticket.customer_id, at=at)

    link = link_of_token(token, at=at)

    assert link is not None
    assert (link.ticket, link.contact) == (ticket, ticket.customer)


def test_only_the_hash_is_kept():
    ticket = make_ticket()

    token = make_link_token(ticket.pk, ticket.customer_id, at=now())

    assert token not in str(TicketLink.objects.values())


@pytest.mark.parametrize("token", ["", "wrong", "\x00", "x" * 5000, "…"])
def test_a_wrong_token_opens_nothing(token):
    make_link_token(make_ticket().pk, make_ticket().customer_id, at=now())

    assert link_of_token(token, at=now()) is None


def test_an_expired_token_opens_nothing(settings):
    ticket, at = make_ticket(), now()
    token = make_link_token(ticket.pk, ticket.customer_id, at=at)

    assert link_of_token(token, at=at + timedelta(days=settings.TICKET_LINK_DAYS, seconds=1)) is None


def test_an_archived_ticket_is_not_opened():
    ticket = make_ticket()
    token = make_link_token(ticket.pk, ticket.customer_id, at=now())
    archive_ticket(ticket.pk, by=None, at=now())

    assert link_of_token(token, at=now()) is None


def test_a_link_ends_with_the_following():
    ticket, copied = make_ticket(), make_contact()
    token = make_link_token(ticket.pk, copied.pk, at=now())
    add_followers(ticket, [copied.pk])
    assert link_of_token(token, at=now()) is not None

    remove_follower(ticket, copied.pk)

    assert link_of_token(token, at=now()) is None


@pytest.mark.parametrize(("visibility", "opens"), [("public", True), ("company", False), ("private", False)])
def test_a_follower_of_the_team_opens_tickets_of_public_teams_only(visibility, opens):
    ticket, follower = make_ticket(team=make_team(visibility=visibility)), make_contact()
    add_followers(ticket.team, [follower.pk])

    token = make_link_token(ticket.pk, follower.pk, at=now())

    assert (link_of_token(token, at=now()) is not None) is opens


def test_the_customer_keeps_the_link_whatever_the_team_is():
    ticket = make_ticket(team=make_team(visibility="private"))
    remove_follower(ticket, ticket.customer_id)

    assert link_of_token(make_link_token(ticket.pk, ticket.customer_id, at=now()), at=now()) is not None
