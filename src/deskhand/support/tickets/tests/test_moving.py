from __future__ import annotations

from datetime import timedelta

import pytest

from deskhand.base.accounts.testing import make_agent
from deskhand.base.chatter.public import Message, MessageKind
from deskhand.kit import events
from deskhand.kit.clock import now
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.enums import CardState
from deskhand.support.tickets.events import TicketClosed, TicketReopened
from deskhand.support.tickets.models import StageStay, Ticket
from deskhand.support.tickets.services.archiving import archive_ticket
from deskhand.support.tickets.services.editing import set_card_state
from deskhand.support.tickets.services.moving import StageOfOtherTeam, TicketArchived, move_ticket, place_ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    facts: list[object] = []
    for fact in (TicketClosed, TicketReopened):
        monkeypatch.setitem(events._inside, fact, [facts.append])
    return facts


def test_into_a_folded_stage_closes_and_out_of_it_reopens(told):
    ticket, at = make_ticket(), now()
    solved, progress = ticket.team.stages.get(name="Solved"), ticket.team.stages.get(name="In Progress")

    closed = move_ticket(ticket.pk, solved.pk, by=None, at=at)
    assert closed.closed_at == closed.first_closed_at == at

    reopened = move_ticket(ticket.pk, progress.pk, by=None, at=at + timedelta(hours=1))
    assert reopened.closed_at is None
    assert reopened.first_closed_at == at
    assert reopened.reopen_count == 1
    assert [type(fact) for fact in told] == [TicketClosed, TicketReopened]


def test_between_folded_stages_the_closing_time_stays(told):
    ticket, at = make_ticket(), now()
    solved, cancelled = ticket.team.stages.get(name="Solved"), ticket.team.stages.get(name="Cancelled")
    move_ticket(ticket.pk, solved.pk, by=None, at=at)

    moved = move_ticket(ticket.pk, cancelled.pk, by=None, at=at + timedelta(hours=1))

    assert moved.closed_at == at
    assert len(told) == 1


def test_time_in_stages_is_recorded_without_gaps():
    at = now()
    ticket = make_ticket(at=at)
    progress = ticket.team.stages.get(name="In Progress")

    move_ticket(ticket.pk, progress.pk, by=None, at=at + timedelta(hours=2))

    stays = [(stay.stage.name, stay.entered_at, stay.left_at) for stay in StageStay.objects.filter(ticket=ticket)]
    assert stays == [("New", at, at + timedelta(hours=2)), ("In Progress", at + timedelta(hours=2), None)]


def test_the_chatter_says_who_moved_it():
    ticket = make_ticket()
    agent = make_agent(ticket.company)

    move_ticket(ticket.pk, ticket.team.stages.get(name="In Progress").pk, by=agent, at=now())

    entry = Message.objects.of(ticket).filter(kind=MessageKind.TRACK).first()
    assert entry.author == agent.contact
    assert entry.changes == [{"field": "stage", "label": "Stage", "old": "New", "new": "In Progress"}]


def test_the_card_state_starts_anew_in_each_stage():
    ticket = make_ticket()
    set_card_state(ticket.pk, CardState.BLOCKED, by=None, at=now())

    moved = move_ticket(ticket.pk, ticket.team.stages.get(name="On Hold").pk, by=None, at=now())

    assert moved.card_state == CardState.IN_PROGRESS


def test_where_it_is_already_nothing_happens():
    ticket = make_ticket()
    before = Message.objects.count()

    move_ticket(ticket.pk, ticket.stage_id, by=None, at=now())

    assert Message.objects.count() == before


def test_a_stage_of_another_team_is_refused_and_nothing_changes():
    ticket, elsewhere = make_ticket(), make_team().stages.get(name="Solved")

    with pytest.raises(StageOfOtherTeam):
        move_ticket(ticket.pk, elsewhere.pk, by=None, at=now())

    assert Ticket.objects.get(pk=ticket.pk).stage == ticket.stage


def test_an_archived_ticket_does_not_move():
    ticket = make_ticket()
    archive_ticket(ticket.pk, by=None, at=now())

    with pytest.raises(TicketArchived):
        move_ticket(ticket.pk, ticket.team.stages.get(name="Solved").pk, by=None, at=now())

    assert Ticket.objects.get(pk=ticket.pk).stage == ticket.stage


def test_a_card_is_placed_between_its_new_neighbours():
    team = make_team()
    first, second, third = (make_ticket(team=team) for _ in range(3))
    assert list(Ticket.objects.filter(team=team)) == [third, second, first]

    place_ticket(first.pk, after=third.pk, before=second.pk)
    assert list(Ticket.objects.filter(team=team)) == [third, first, second]

    place_ticket(third.pk, after=second.pk, before=None)
    assert list(Ticket.objects.filter(team=team)) == [first, second, third]

    place_ticket(third.pk, after=None, before=first.pk)
    assert list(Ticket.objects.filter(team=team)) == [third, first, second]
