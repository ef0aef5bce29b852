"""Closing and reopening, by agents, by customers, by an answer (CLOSE-1 to CLOSE-3, RULES)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskhand.base.accounts.testing import make_agent
from deskhand.base.chatter.public import Message, MessageKind, followers_of
from deskhand.kit.clock import now
from deskhand.support.closing.enums import OnReply
from deskhand.support.closing.models import ClosingRules
from deskhand.support.closing.policies import may_close
from deskhand.support.closing.queries import closing_stage
from deskhand.support.closing.services.closing import (
    ClosureNotOffered,
    NoStageToClose,
    NoStageToReopen,
    TicketAlreadyClosed,
    TicketAlreadyOpen,
    close_by_customer,
    close_ticket,
    reopen_ticket,
)
from deskhand.support.closing.services.replies import starts_new_ticket
from deskhand.support.closing.services.rules import StageCannotReopen, set_customer_closing, set_reply_rule
from deskhand.support.teams.public import Stage, Team, duplicate_team
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import Ticket, archive_ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_draft, make_ticket

pytestmark = pytest.mark.django_db


def fold(team: Team, *names: str) -> None:
    team.stages.update(is_folded=False)
    team.stages.filter(name__in=names).update(is_folded=True)


def closed_ticket(**fields) -> Ticket:
    ticket = make_ticket(**fields)
    return close_ticket(ticket.pk, by=None, at=now())


def answer(ticket: Ticket, **fields) -> Ticket:
    """The customer writes on the ticket."""
    at = fields.pop("at", None) or now()
    reply_to_ticket(ticket.pk, make_draft("Still broken", author=ticket.customer, **fields), at=at)
    return Ticket.objects.select_related("stage").get(pk=ticket.pk)


# ---- where closing leads --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folded", "expected"),
    [(["On Hold"], "On Hold"), (["Cancelled", "Solved"], "Solved"), ([], "Cancelled")],
    ids=["the only folded", "the first folded", "the last if none is folded"],
)
def test_closing_leads_to(folded, expected):
    team = make_team()
    fold(team, *folded)

    assert closing_stage(team).name == expected


def test_a_ticket_is_closed_once():
    agent, ticket = make_agent(), make_ticket()

    closed = close_ticket(ticket.pk, by=agent, at=now())
    assert (closed.stage.name, closed.is_closed) == ("Solved", True)

    with pytest.raises(TicketAlreadyClosed):
        close_ticket(ticket.pk, by=agent, at=now())


def test_without_a_folded_stage_a_ticket_goes_last_and_no_further():
    team = make_team()
    fold(team)
    ticket = make_ticket(team=team)

    assert close_ticket(ticket.pk, by=None, at=now()).stage.name == "Cancelled"
    with pytest.raises(NoStageToClose):
        close_ticket(ticket.pk, by=None, at=now())
    assert not Ticket.objects.get().is_closed


def test_a_closed_ticket_is_reopened_in_the_first_stage_or_the_one_set():
    ticket = closed_ticket()
    assert reopen_ticket(ticket.pk, by=None, at=now()).stage.name == "New"

    with pytest.raises(TicketAlreadyOpen):
        reopen_ticket(ticket.pk, by=None, at=now())

    set_reply_rule(ticket.team, OnReply.REOPEN, stage=ticket.team.stages.get(name="On Hold"), days=30)
    close_ticket(ticket.pk, by=None, at=now())
    assert reopen_ticket(ticket.pk, by=None, at=now()).stage.name == "On Hold"


@pytest.mark.parametrize("change", ["folded", "left out", "deleted"])
def test_a_stage_that_is_not_open_in_the_team_any_more_gives_way_to_the_first(change):
    ticket = closed_ticket()
    stage = ticket.team.stages.get(name="On Hold")
    set_reply_rule(ticket.team, OnReply.REOPEN, stage=stage, days=30)
    if change == "folded":
        fold(ticket.team, "On Hold", "Solved")
    elif change == "left out":
        ticket.team.stages.remove(stage)
    else:
        stage.delete()

    assert reopen_ticket(ticket.pk, by=None, at=now()).stage.name == "New"


def test_nothing_is_reopened_where_all_stages_are_folded():
    ticket = closed_ticket()
    ticket.team.stages.update(is_folded=True)

    with pytest.raises(NoStageToReopen):
        reopen_ticket(ticket.pk, by=None, at=now())

    assert Ticket.objects.get().is_closed


# ---- customers ------------------------------------------------------------------------------------------------------


def test_customers_close_where_the_team_lets_them_and_the_chatter_says_who():
    ticket = make_ticket()
    set_customer_closing(ticket.team, allowed=True)
    assert may_close(ticket)

    closed = close_by_customer(ticket.pk, ticket.customer, at=now())

    entry = Message.objects.of(ticket).filter(body_html="Closed by the customer").get()
    assert closed.is_closed
    assert entry.author == ticket.customer
    assert not may_close(closed)


@pytest.mark.parametrize("why", ["not allowed", "closed", "archived"])
def test_customers_do_not_close(why):
    ticket = make_ticket()
    if why != "not allowed":
        set_customer_closing(ticket.team, allowed=True)
    if why == "closed":
        close_ticket(ticket.pk, by=None, at=now())
    if why == "archived":
        archive_ticket(ticket.pk, by=None, at=now())
    before = Ticket.objects.select_related("team").get()

    assert not may_close(before)
    with pytest.raises(ClosureNotOffered):
        close_by_customer(ticket.pk, ticket.customer, at=now())

    assert Ticket.objects.get().stage == before.stage


# ---- an answer to a closed ticket -----------------------------------------------------------------------------------


def test_an_answer_reopens_a_closed_ticket():
    reopened = answer(closed_ticket())

    assert (reopened.stage.name, reopened.is_closed, reopened.reopen_count) == ("New", False, 1)
    texts = Message.objects.of(reopened).filter(kind=MessageKind.TRACK).values_list("body_html", flat=True)
    assert "Reopened: the customer answered the closed ticket" in texts


def test_an_answer_to_an_open_ticket_moves_nothing():
    ticket = make_ticket()

    assert answer(ticket).stage == ticket.stage


def test_an_answer_of_the_desk_reopens_nothing():
    ticket = closed_ticket()

    assert answer(ticket, from_internal=True).is_closed


def test_a_team_may_only_want_to_be_notified():
    ticket = closed_ticket()
    set_reply_rule(ticket.team, OnReply.NOTIFY, stage=None, days=30)

    answered = answer(ticket)

    assert answered.is_closed
    assert Message.objects.of(answered).filter(kind=MessageKind.MESSAGE).count() == 1
    assert ticket.customer_id in followers_of(answered)


def test_an_archived_ticket_stays_where_it_is():
    ticket = closed_ticket()
    archive_ticket(ticket.pk, by=None, at=now())

    assert answer(ticket).is_closed


@pytest.mark.parametrize(
    ("rule", "days_later", "expected"),
    [
        (OnReply.NEW_TICKET, 14, False),
        (OnReply.NEW_TICKET, 15, True),
        (OnReply.REOPEN, 400, False),
        (OnReply.NOTIFY, 400, False),
    ],
)
def test_a_late_answer_starts_a_new_ticket_where_the_team_says_so(rule, days_later, expected):
    ticket = closed_ticket()
    set_reply_rule(ticket.team, rule, stage=None, days=14)
    moment = ticket.closed_at + timedelta(days=days_later, seconds=-1)

    assert starts_new_ticket(ticket, moment) is expected


def test_an_open_ticket_takes_every_answer():
    ticket = make_ticket()
    set_reply_rule(ticket.team, OnReply.NEW_TICKET, stage=None, days=1)

    assert not starts_new_ticket(ticket, now() + timedelta(days=400))


def test_an_early_answer_reopens_under_the_rule_for_new_tickets():
    ticket = closed_ticket()
    set_reply_rule(ticket.team, OnReply.NEW_TICKET, stage=None, days=14)

    assert not answer(ticket).is_closed


# ---- rules ----------------------------------------------------------------------------------------------------------


def test_tickets_are_not_reopened_in_folded_or_foreign_stages():
    team = make_team()
    for stage in (team.stages.get(name="Solved"), make_team().stages.first()):
        with pytest.raises(StageCannotReopen):
            set_reply_rule(team, OnReply.REOPEN, stage=stage, days=30)

    assert not ClosingRules.objects.exists()
    assert Stage.objects.count() == 10


def test_a_copied_team_has_the_same_rules():
    team = make_team()
    set_customer_closing(team, allowed=True)
    set_reply_rule(team, OnReply.NOTIFY, stage=None, days=7)

    copy = duplicate_team(team.pk)

    rules = ClosingRules.objects.get(team=copy)
    assert (rules.customers_may_close, rules.on_reply, rules.new_ticket_after_days) == (True, OnReply.NOTIFY, 7)
    assert ClosingRules.objects.count() == 2
