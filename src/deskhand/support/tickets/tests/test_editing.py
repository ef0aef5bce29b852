from __future__ import annotations

import pytest

from deskhand.base.accounts.public import Role
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_user
from deskhand.base.chatter.public import Follower, Message, MessageKind
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.teams.testing import make_tag, make_team
from deskhand.support.tickets.enums import Priority
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.archiving import archive_ticket, duplicate_ticket, restore_ticket
from deskhand.support.tickets.services.assigning import NotAnAgent, assign_ticket
from deskhand.support.tickets.services.editing import ChangedMeanwhile, TeamOfOtherCompany, edit_ticket, set_priority
from deskhand.support.tickets.testing import make_draft, make_ticket

pytestmark = pytest.mark.django_db


def tracks(ticket: Ticket) -> list[dict[str, str]]:
    entries = Message.objects.of(ticket).filter(kind=MessageKind.TRACK).order_by("pk")
    return [change for entry in entries for change in entry.changes]


def test_what_changed_is_recorded_in_words():
    ticket = make_ticket(title="Oven")

    edited = edit_ticket(ticket.pk, {"title": "Oven stays dark", "priority": 3}, by=None, at=now())

    assert edited.title == "Oven stays dark"
    assert tracks(ticket) == [
        {"field": "title", "label": "Title", "old": "Oven", "new": "Oven stays dark"},
        {"field": "priority", "label": "Priority", "old": "Low", "new": "Urgent"},
    ]


def test_what_does_not_differ_is_left_alone():
    ticket = make_ticket(title="Oven")

    same = edit_ticket(ticket.pk, {"title": "Oven"}, by=None, at=now())

    assert same.version == ticket.version
    assert tracks(ticket) == []


def test_somebody_elses_edit_is_not_overwritten():
    ticket = make_ticket(title="Oven")
    edit_ticket(ticket.pk, {"title": "Oven stays dark"}, by=None, at=now(), version=ticket.version)

    with pytest.raises(ChangedMeanwhile):
        edit_ticket(ticket.pk, {"title": "Fridge"}, by=None, at=now(), version=ticket.version)

    assert Ticket.objects.get(pk=ticket.pk).title == "Oven stays dark"


def test_stars_are_set_without_being_in_the_way_of_an_open_sheet():
    ticket = make_ticket(title="Oven")
    set_priority(ticket.pk, Priority.HIGH, by=None, at=now())

    edited = edit_ticket(ticket.pk, {"title": "Oven stays dark"}, by=None, at=now(), version=ticket.version)

    assert (edited.title, edited.priority) == ("Oven stays dark", Priority.HIGH)


def test_tags_are_recorded_together():
    ticket, firmware, repair = make_ticket(), make_tag(name="Firmware"), make_tag(name="Repair")

    edit_ticket(ticket.pk, {"tags": [repair, firmware]}, by=None, at=now())

    assert tracks(ticket) == [{"field": "tags", "label": "Tags", "old": "", "new": "Firmware, Repair"}]


def test_a_new_customer_follows():
    ticket, customer = make_ticket(), make_contact()

    edit_ticket(ticket.pk, {"customer": customer}, by=None, at=now())

    assert Follower.objects.of(ticket).filter(contact=customer).exists()


def test_another_team_keeps_a_shared_stage_else_takes_its_first():
    ticket = make_ticket()
    shared = make_team(company=ticket.company, stages=list(ticket.team.stages.all()))
    other = make_team(company=ticket.company)

    assert edit_ticket(ticket.pk, {"team": shared}, by=None, at=now()).stage == ticket.stage
    moved = edit_ticket(ticket.pk, {"team": other}, by=None, at=now())
    assert moved.stage == other.stages.first()
    assert Ticket.objects.get(pk=ticket.pk).team == other


def test_a_team_of_another_company_is_refused_and_nothing_changes():
    ticket = make_ticket()

    with pytest.raises(TeamOfOtherCompany):
        edit_ticket(ticket.pk, {"title": "x", "team": make_team()}, by=None, at=now())

    assert Ticket.objects.get(pk=ticket.pk).title == ticket.title


def test_the_assignee_follows_and_the_first_time_is_kept():
    ticket, at = make_ticket(), now()
    amara, jonas = make_agent(ticket.company, name="Amara"), make_agent(ticket.company, name="Jonas")

    assign_ticket(ticket.pk, amara, by=None, at=at)
    assigned = assign_ticket(ticket.pk, jonas, by=None, at=now())

    assert assigned.first_assigned_at == at
    assert Follower.objects.of(ticket).filter(contact=jonas.contact).exists()
    assert [change["new"] for change in tracks(ticket)] == ["Amara", "Jonas"]


@pytest.mark.parametrize("who", ["portal user", "no role", "other company"])
def test_only_helpdesk_users_of_the_company_get_tickets(who):
    ticket = make_ticket()
    somebody = {
        "portal user": lambda: make_portal_user(ticket.company),
        "no role": lambda: make_user(company=ticket.company, role=Role.NONE),
        "other company": make_agent,
    }[who]()

    with pytest.raises(NotAnAgent):
        assign_ticket(ticket.pk, somebody, by=None, at=now())

    assert Ticket.objects.get(pk=ticket.pk).assignee is None


def test_stars_are_recorded():
    ticket = make_ticket()

    assert set_priority(ticket.pk, 2, by=None, at=now()).get_priority_display() == "High"


def test_a_duplicate_is_new_and_open_without_messages():
    ticket = make_ticket(title="Oven", priority=2, opening=make_draft("Hi", author=make_contact()))
    agent = make_agent(ticket.company)

    copy = duplicate_ticket(ticket.pk, by=agent, at=now())

    assert copy.number == ticket.number + 1
    assert (copy.title, copy.priority, copy.is_closed) == ("Oven (copy)", 2, False)
    assert not Message.objects.of(copy).public().exists()


def test_archived_tickets_come_back_where_they_were():
    ticket = make_ticket()

    archive_ticket(ticket.pk, by=None, at=now())
    assert not Ticket.objects.unarchived().filter(pk=ticket.pk).exists()

    restore_ticket(ticket.pk, by=None, at=now())
    assert Ticket.objects.open().get(pk=ticket.pk).stage == ticket.stage
