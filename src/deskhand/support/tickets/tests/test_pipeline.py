from __future__ import annotations

import pytest
from django.test import Client

from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user
from deskhand.base.chatter.public import Follower, add_followers, followers_of
from deskhand.kit.clock import now
from deskhand.kit.events import publish
from deskhand.support.teams.public import (
    StageFoldingChanged,
    TeamClosedToPortal,
    TeamHasTickets,
    archive_team,
    delete_stage,
    delete_team,
)
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.public import archive_ticket, edit_ticket, reply_to_ticket
from deskhand.support.tickets.queries import portal_followers_of_tickets
from deskhand.support.tickets.services.creating import TeamArchived
from deskhand.support.tickets.testing import make_draft, make_ticket

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


def test_a_team_with_tickets_is_not_deleted_even_if_they_are_archived():
    ticket = make_ticket()
    archive_ticket(ticket.pk, by=None, at=now())
    add_followers(ticket.team, [ticket.customer_id])

    with pytest.raises(TeamHasTickets, match="tickets are kept"):
        delete_team(ticket.team_id)

    assert Ticket.objects.get(pk=ticket.pk).team.is_active
    assert followers_of(ticket.team) == [ticket.customer_id]


def test_why_a_team_cannot_be_deleted_is_said_on_its_page():
    team = make_ticket().team
    browser = Client()
    browser.force_login(make_admin(team.company))

    page = browser.post(f"/helpdesk/teams/{team.pk}/deletion/", follow=True).content.decode()

    assert "This team has tickets, and tickets are kept. Move them to another team, or archive this one." in page


def test_an_archived_team_takes_no_tickets_and_keeps_those_it_has():
    """TEAM-1: archive. What is open goes on, nothing new comes."""
    ticket = make_ticket()
    archived = make_team(company=ticket.company)
    archive_team(archived.pk)
    archived.refresh_from_db()

    with pytest.raises(TeamArchived):
        make_ticket(team=archived)
    with pytest.raises(TeamArchived):
        edit_ticket(ticket.pk, {"team": archived}, by=None, at=now())

    assert not archived.tickets.exists()
    assert Ticket.objects.get(pk=ticket.pk).team == ticket.team


def test_a_ticket_of_an_archived_team_is_worked_on_as_before_and_leads_to_no_board():
    ticket = make_ticket()
    agent = make_agent(ticket.company)
    archive_team(ticket.team_id)
    browser = Client()
    browser.force_login(agent)

    page = browser.get(f"/helpdesk/tickets/{ticket.pk}/")
    reply_to_ticket(ticket.pk, make_draft(author=agent.contact, from_internal=True), at=now())

    assert page.status_code == 200
    assert f"/helpdesk/teams/{ticket.team_id}/board/" not in page.content.decode()


def test_portal_users_who_follow_a_ticket_of_a_team_are_known():
    ticket = make_ticket()
    portal, elsewhere = make_portal_user(ticket.company), make_ticket()
    add_followers(ticket, [portal.contact_id, make_agent(ticket.company).contact_id])
    add_followers(elsewhere, [make_portal_user().contact_id])

    assert portal_followers_of_tickets(ticket.team) == [portal.contact_id]
