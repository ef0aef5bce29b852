"""Many tickets at once: each by the same service and the same rights as one, with a way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
from deskhand.base.mail.testing import make_template
from deskhand.kit.clock import now
from deskhand.kit.screens.runs import answers, running
from deskhand.kit.screens.runs.models import Outcome, Run
from deskhand.kit.screens.runs.running import start_run, work_on
from deskhand.kit.work.models import WorkState
from deskhand.support.teams.public import Visibility
from deskhand.support.teams.testing import make_stage, make_tag, make_team
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.pages.screens import TICKETS
from deskhand.support.tickets.services.archiving import archive_ticket, restore_ticket
from deskhand.support.tickets.services.assigning import assign_ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
MASS = "/helpdesk/tickets/mass/"


@pytest.fixture
def agent(client: Client) -> User:
    user = make_agent()
    client.force_login(user)
    return user


@pytest.fixture
def team(agent: User) -> Any:
    return make_team(company=agent.company)


def do(client: Client, action: str, tickets: list[Ticket], query: str = "", **typed: Any) -> Any:
    """As htmx posts it."""
    posted = {"action": action, "pk": [ticket.pk for ticket in tickets], "go": "1"} | typed
    return client.post(MASS + query, posted, headers={"HX-Request": "true"})


def undo(client: Client) -> Any:
    run = Run.objects.order_by("-pk").first()
    assert run
    return client.post(f"/runs/{run.pk}/undo/", headers={"HX-Request": "true"})


def fresh(*tickets: Ticket) -> list[Ticket]:
    return [Ticket.objects.get(pk=ticket.pk) for ticket in tickets]


# ---- what is done, and taken back -----------------------------------------------------------------------------------


def test_tickets_are_archived_and_restored_by_undo(client: Client, agent: User, team: Any) -> None:
    tickets = [make_ticket(team=team) for _ in range(3)]

    response = do(client, "archive", tickets)

    assert (response.status_code, response["HX-Refresh"]) == (204, "true")
    assert [ticket.is_archived for ticket in fresh(*tickets)] == [True] * 3
    page = client.get("/helpdesk/tickets/").content.decode()
    assert "3 tickets archived." in page
    assert f'data-undo="/runs/{Run.objects.get().pk}/undo/"' in page

    undo(client)

    assert [ticket.is_archived for ticket in fresh(*tickets)] == [False] * 3


def test_undo_happens_once(client: Client, agent: User, team: Any) -> None:
    do(client, "archive", [make_ticket(team=team)])
    first = Run.objects.get()

    undo(client)
    again = client.post(f"/runs/{first.pk}/undo/", headers={"HX-Request": "true"})

    assert "This has been undone already." in again["HX-Trigger"]
    assert Run.objects.count() == 2


def test_tickets_are_assigned_and_given_back_to_whom_they_were(client: Client, agent: User, team: Any) -> None:
    other = make_agent(agent.company)
    mine, free = make_ticket(team=team, assignee=agent), make_ticket(team=team)

    do(client, "assign", [mine, free], assignee=other.pk)
    assert [ticket.assignee for ticket in fresh(mine, free)] == [other, other]

    undo(client)
    assert [ticket.assignee for ticket in fresh(mine, free)] == [agent, None]


def test_undo_leaves_alone_what_was_changed_since(client: Client, agent: User, team: Any) -> None:
    other = make_agent(agent.company)
    first, second = make_ticket(team=team), make_ticket(team=team)
    do(client, "assign", [first, second], assignee=other.pk)
    assign_ticket(first.pk, agent, by=agent, at=now())

    response = undo(client)

    assert "It was changed again since then, so it stays as it is." in response.content.decode()
    assert [ticket.assignee for ticket in fresh(first, second)] == [agent, None]


def test_tickets_are_moved_and_those_without_the_stage_are_listed(client: Client, agent: User, team: Any) -> None:
    stage, elsewhere = make_stage(team), make_team(company=agent.company)
    here, there = make_ticket(team=team), make_ticket(team=elsewhere)
    stays = there.stage_id

    page = do(client, "stage", [here, there], stage=stage.pk).content.decode()

    assert [ticket.stage_id for ticket in fresh(here, there)] == [stage.pk, stays]
    assert "1 ticket moved." in page
    assert escape(str(there)) in page
    assert "This stage is not in the pipeline of the ticket&#x27;s team." in page

    undo(client)
    assert fresh(here)[0].stage_id == here.stage_id


def test_undo_sends_no_mail_a_second_time(client: Client, agent: User, team: Any) -> None:
    ticket, stage = make_ticket(team=team), make_stage(team)
    ticket.stage.mail_template = make_template()
    ticket.stage.save()
    do(client, "stage", [ticket], stage=stage.pk)

    response = undo(client)

    assert "Its former stage writes to the customer." in response.content.decode()
    assert fresh(ticket)[0].stage_id == stage.pk


def test_priorities_are_set_and_put_back(client: Client, agent: User, team: Any) -> None:
    low, high = make_ticket(team=team, priority=0), make_ticket(team=team, priority=3)

    do(client, "priority", [low, high], priority="3")
    assert [ticket.priority for ticket in fresh(low, high)] == [3, 3]
    assert Run.objects.get().steps.filter(outcome=Outcome.UNCHANGED).count() == 1

    undo(client)
    assert [ticket.priority for ticket in fresh(low, high)] == [0, 3]


def test_tags_are_added_and_taken_away_and_what_others_tag_stays(client: Client, agent: User, team: Any) -> None:
    old, new, theirs = make_tag(), make_tag(), make_tag()
    ticket = make_ticket(team=team)
    ticket.tags.add(old)

    do(client, "tags", [ticket], add=[new.pk], remove=[old.pk])
    assert set(ticket.tags.all()) == {new}
    ticket.tags.add(theirs)

    undo(client)
    assert set(ticket.tags.all()) == {old, theirs}


def test_closing_is_added_by_the_app_that_knows_it(client: Client, agent: User, team: Any) -> None:
    make_stage(team, is_folded=True)
    ticket = make_ticket(team=team)

    do(client, "close", [ticket])
    assert fresh(ticket)[0].is_closed

    undo(client)
    assert fresh(ticket)[0].stage_id == ticket.stage_id


# ---- which records --------------------------------------------------------------------------------------------------


def test_all_that_the_list_shows_on_all_its_pages(
    client: Client, agent: User, team: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(TICKETS), "page_size", 2)
    urgent = [make_ticket(team=team, priority=3) for _ in range(5)]
    low = make_ticket(team=team)

    do(client, "archive", [], "?filter=urgent", all="1")

    assert [ticket.is_archived for ticket in fresh(*urgent)] == [True] * 5
    assert not fresh(low)[0].is_archived


def test_nothing_ticked_is_said(client: Client, agent: User, team: Any) -> None:
    response = do(client, "archive", [])

    assert response.status_code == 204
    assert "Choose records first" in response["HX-Trigger"]
    assert not Run.objects.exists()


def test_tickets_that_one_does_not_see_are_not_touched(client: Client, agent: User, team: Any) -> None:
    hidden = make_ticket(team=make_team(company=agent.company, visibility=Visibility.PRIVATE))
    foreign = make_ticket(team=make_team(company=make_company()))
    seen = make_ticket(team=team)

    do(client, "archive", [hidden, foreign, seen])

    assert [ticket.is_archived for ticket in fresh(hidden, foreign, seen)] == [False, False, True]


def test_a_form_asks_first_and_says_what_is_wrong(client: Client, agent: User, team: Any) -> None:
    ticket = make_ticket(team=team)
    stranger = make_agent(make_company())

    asked = client.post(MASS, {"action": "assign", "pk": [ticket.pk]})
    wrong = do(client, "assign", [ticket], assignee=stranger.pk)

    assert f'<input type="hidden" name="pk" value="{ticket.pk}">' in asked.content.decode()
    assert wrong.status_code == 422
    assert not Run.objects.exists()


# ---- long runs ------------------------------------------------------------------------------------------------------


def test_what_takes_longer_than_a_page_waits_is_done_by_the_worker(
    client: Client, agent: User, team: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = [make_ticket(team=team) for _ in range(3)]
    called: list[int] = []
    monkeypatch.setattr(answers, "PATIENCE", 0)
    monkeypatch.setattr(answers, "go_on", called.append)

    page = do(client, "archive", tickets).content.decode()
    run = Run.objects.get()

    assert "0 of 3 records are done." in page
    assert f'hx-get="/runs/{run.pk}/"' in page
    assert called == [run.pk]
    assert work_on(run.pk)
    assert [ticket.is_archived for ticket in fresh(*tickets)] == [True] * 3
    assert client.get(f"/runs/{run.pk}/", headers={"HX-Request": "true"}).status_code == 204


def test_a_run_goes_on_where_it_was_interrupted(agent: User, team: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = [make_ticket(team=team) for _ in range(3)]
    run = start_run(TICKETS, _action("archive"), by=agent, keys=[ticket.pk for ticket in tickets])
    monkeypatch.setattr(running, "_BREATH", 1)
    monkeypatch.setattr(running.time, "monotonic", iter([0, 0, 9, 9]).__next__)

    assert not work_on(run.pk, seconds=5)
    monkeypatch.undo()
    restore_ticket(tickets[0].pk, by=agent, at=now())

    assert work_on(run.pk)
    assert [ticket.is_archived for ticket in fresh(*tickets)] == [False, True, True]


def test_who_may_not_any_more_goes_no_further(agent: User, team: Any) -> None:
    ticket = make_ticket(team=team)
    run = start_run(TICKETS, _action("archive"), by=agent, keys=[ticket.pk])
    agent.is_active = False
    agent.save()

    assert work_on(run.pk)

    run.refresh_from_db()
    assert run.state == WorkState.FAILED
    assert "You may not do this any more" in run.last_error
    assert not fresh(ticket)[0].is_archived


def test_a_ticket_that_was_hidden_meanwhile_is_refused(agent: User, team: Any) -> None:
    ticket = make_ticket(team=team)
    run = start_run(TICKETS, _action("archive"), by=agent, keys=[ticket.pk])
    team.visibility = Visibility.PRIVATE
    team.save()

    work_on(run.pk)

    assert run.steps.get().outcome == Outcome.REFUSED
    assert not fresh(ticket)[0].is_archived


def test_what_others_did_is_not_there(client: Client, agent: User, team: Any) -> None:
    run = start_run(TICKETS, _action("archive"), by=make_agent(agent.company), keys=[make_ticket(team=team).pk])

    assert client.get(f"/runs/{run.pk}/").status_code == 404
    assert client.post(f"/runs/{run.pk}/undo/").status_code == 404


def test_restoring_is_offered_among_the_archived_only(client: Client, agent: User, team: Any) -> None:
    archive_ticket(make_ticket(team=team).pk, by=agent, at=now())
    make_ticket(team=team)

    offered = [action.key for action in client.get("/helpdesk/tickets/").context["mass"].actions]
    among_archived = client.get("/helpdesk/tickets/?filter=archived").context["mass"].actions

    assert offered == ["assign", "stage", "priority", "tags", "close", "archive"]
    assert [action.key for action in among_archived][-1] == "restore"


def _action(key: str) -> Any:
    return next(action for action in TICKETS.mass_actions() if action.key == key)
