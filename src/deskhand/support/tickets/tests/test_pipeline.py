from __future__ import annotations

import pytest

from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.chatter.public import Follower, add_followers
from deskhand.kit.clock import now
from deskhand.kit.events import publish
from deskhand.support.teams.public import StageFoldingChanged, TeamClosedToPortal, delete_stage
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_folding_a_stage_closes_its_tickets_and_unfolding_reopens_them():
    ticket, other, at = make_ticket(), make_ticket(), now()
    stage = ticket.stage

    stage.is_folded = True
    publish(StageFoldingChanged(stage, None, at))
    closed = Ticket.objects.get(pk=ticket.pk)
    assert (closed.closed_at, closed.first_closed_at) == (at, at)
    assert Ticket.objects.get(pk=other.pk).closed_at is None

    stage.is_folded = False
    publish(StageFoldingChanged(stage, None, at))
    reopened = Ticket.objects.get(pk=ticket.pk)
    assert (reopened.closed_at, reopened.reopen_count) == (None, 1)


def test_tickets_of_a_deleted_stage_go_where_they_are_told():
    team = make_team()
    ticket = make_ticket(team=team)
    progress = team.stages.get(name="In Progress")

    delete_stage(ticket.stage_id, team=team, move_to=progress, by=None, at=now())

    assert Ticket.objects.get(pk=ticket.pk).stage == progress
    assert not team.stages.filter(name="New").exists()


def test_portal_followers_leave_when_a_team_is_public_no_more():
    ticket = make_ticket()
    portal, agent = make_portal_user(ticket.company), make_agent(ticket.company)
    add_followers(ticket, [portal.contact_id, agent.contact_id])

    publish(TeamClosedToPortal(ticket.team, None, now()))

    left = set(Follower.objects.of(ticket).values_list("contact", flat=True))
    assert portal.contact_id not in left
    assert {agent.contact_id, ticket.customer_id} <= left
