"""Two at the same time: done once, and nothing is lost. On PostgreSQL, where two really write at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connection, connections, transaction

from deskhand.base.accounts.public import User, UserKind
from deskhand.base.accounts.services import NewUser, ask_to_sign_up, invite_user, sign_up
from deskhand.base.accounts.services.addresses import AddressLinkInvalid, ask_for_address, change_address
from deskhand.base.accounts.testing import make_admin, make_agent
from deskhand.base.chatter.public import Draft
from deskhand.base.companies.public import NewCompany, create_company
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.public import IncomingMail, Outcome, OutgoingMail, read_mail, receive_mail
from deskhand.base.mail.testing import make_mail, make_outgoing, send_mails
from deskhand.base.notifications.public import Way, choose_way
from deskhand.base.notifications.services.digests import send_digest
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.public import TeamSettings, create_tag, update_team
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import (
    NewTicket,
    StageStay,
    Ticket,
    create_ticket,
    edit_ticket,
    move_ticket,
    note_on_ticket,
)
from deskhand.support.tickets.testing import make_ticket

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """What each job answers or raises, all of them begun at the same moment, each with a connection of its own."""
    together = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            together.wait(10)
            return job()
        except Exception as error:  # noqa: BLE001
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))


def test_tickets_made_at_once_have_numbers_of_their_own():
    team = make_team()

    made = at_once(
        *(lambda n=n: create_ticket(NewTicket(team=team, title=f"T{n}"), by=None, at=now()) for n in range(8))
    )

    assert sorted(ticket.number for ticket in made) == list(range(1, 9))


def test_a_card_that_two_drop_at_once_stands_in_one_stage_with_one_present_stay():
    ticket = make_ticket()
    stages = list(ticket.team.stages.all())

    answers = at_once(*(lambda s=s: move_ticket(ticket.pk, s.pk, by=None, at=now()) for s in stages[1:]))

    ticket.refresh_from_db()
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert StageStay.objects.get(ticket=ticket, left_at=None).stage_id == ticket.stage_id
    assert ticket.is_closed == ticket.stage.is_folded


def test_of_two_who_save_what_they_both_saw_one_is_told():
    ticket = make_ticket()

    answers = at_once(
        *(
            lambda t=t: edit_ticket(ticket.pk, {"title": t}, by=None, at=now(), version=ticket.version)
            for t in ("Oven", "Stove")
        )
    )

    refused = [answer.code for answer in answers if isinstance(answer, Exception)]
    assert refused == ["changed_meanwhile"]


def test_the_same_mail_delivered_and_read_by_several_at_once_makes_one_ticket():
    alias = make_alias()
    raw = make_mail(to=alias.address).as_bytes()

    def deliver(via: str) -> None:
        mail = receive_mail(raw=raw, sender="ada@home.example", recipients=[alias.address], via=via, at=now())
        read_mail(mail.pk, at=now())

    at_once(*(lambda: deliver("smtp") for _ in range(4)))

    assert (IncomingMail.objects.count(), Ticket.objects.count()) == (1, 1)


def test_the_same_message_by_two_ways_at_once_makes_one_ticket():
    alias = make_alias()
    mail = make_mail(to=alias.address)
    ways = [mail.as_bytes(), b"Received: from elsewhere\r\n" + mail.as_bytes()]
    rows = [
        receive_mail(raw=raw, sender="ada@home.example", recipients=[alias.address], via="smtp", at=now())
        for raw in ways
    ]

    at_once(*(lambda row=row: read_mail(row.pk, at=now()) for row in rows))

    assert Ticket.objects.count() == 1
    assert set(IncomingMail.objects.values_list("outcome", flat=True)) == {Outcome.CREATED, Outcome.DUPLICATE}


def test_two_mails_of_one_new_sender_at_once_are_of_one_contact():
    alias = make_alias()
    rows = [
        receive_mail(
            raw=make_mail(to=alias.address, sender="Ada <ada@home.example>").as_bytes(),
            sender="ada@home.example",
            recipients=[alias.address],
            via="smtp",
            at=now(),
        )
        for _ in range(4)
    ]

    at_once(*(lambda row=row: read_mail(row.pk, at=now()) for row in rows))

    assert Ticket.objects.count() == 4
    assert Contact.objects.filter(email="ada@home.example").count() == 1


def test_a_mail_that_two_workers_take_up_at_once_leaves_once(mailoutbox):
    make_outgoing()

    at_once(*(lambda: send_mails(at=now()) for _ in range(4)))

    assert len(mailoutbox) == 1


@pytest.mark.parametrize("was_invited", [True, False])
def test_of_two_who_follow_one_sign_up_link_at_once_one_comes_in(was_invited: bool):
    company = make_team().company
    if was_invited:
        customer = NewUser(email="kim@customer.example", name="Kim", company=company, kind=UserKind.PORTAL)
        invite_user(customer, by=None, at=now())
    ask_to_sign_up("kim@customer.example", company=company)
    token = link_mailed_to("kim@customer.example")

    passwords = ["the first one", "the second one"]
    answers = at_once(
        *(lambda p=p: sign_up(token, name="Kim", password=p, time_zone="UTC", at=now()) for p in passwords)
    )

    [refusal] = [answer for answer in answers if isinstance(answer, Exception)]
    assert isinstance(refusal, DomainError)
    came_in = next(place for place, answer in enumerate(answers) if answer is not refusal)
    assert User.objects.get(email="kim@customer.example").check_password(passwords[came_in])


def test_an_address_link_that_is_followed_twice_at_once_works_once():
    user = make_admin()
    ask_for_address(user.pk, "new@desk.example")
    token = link_mailed_to("new@desk.example")

    answers = at_once(*[lambda: change_address(token)] * 2)

    [refusal] = [answer for answer in answers if isinstance(answer, Exception)]
    assert isinstance(refusal, AddressLinkInvalid)
    assert User.objects.get(pk=user.pk).email == "new@desk.example"


def link_mailed_to(address: str) -> str:
    """The token of the link in the newest mail."""
    newest = [one for one in mail.outbox if address in one.to[0]][-1]
    return re.findall(r"/account/[a-z-]+/([^/\s]{20,})/", str(newest.body))[-1]


def test_settings_saved_by_two_at_once_are_those_of_one_of_them():
    team = make_team()
    admin = make_admin(team.company)

    def save(name: str) -> None:
        settings = TeamSettings(name=name, company=team.company, stages=list(team.stages.all()), followers=[])
        update_team(team.pk, settings, by=admin, at=now())

    answers = at_once(lambda: save("Care"), lambda: save("Service"))

    team.refresh_from_db()
    assert answers == [None, None]
    assert team.name in {"Care", "Service"}
    assert team.stages.count() == 5


def test_a_ticket_does_not_wait_for_another_one_that_is_being_written():
    """Numbers come without a lock: mails and agents would stand in one queue."""
    team = make_team()
    create_ticket(NewTicket(team=team, title="The first makes the counter"), by=None, at=now())

    with transaction.atomic():
        create_ticket(NewTicket(team=team, title="Slow"), by=None, at=now())
        (quick,) = at_once(lambda: create_ticket(NewTicket(team=team, title="Quick"), by=None, at=now()))

    assert quick.number == 3


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: create_tag("Repair"), "tag_name_taken"),
        (lambda: create_company(NewCompany(name="Nordlys AS"), by=None), "company_name_taken"),
    ],
)
def test_of_two_who_choose_the_same_name_at_once_one_is_told(make: Callable[[], Any], code: str):
    answers = at_once(make, make, make)

    refused = sorted(getattr(answer, "code", "") for answer in answers if isinstance(answer, Exception))
    assert refused == [code, code]


def test_a_digest_that_several_workers_write_at_once_is_mailed_once():
    ticket = make_ticket()
    reader = make_agent(ticket.company)
    choose_way(reader, Way.DIGEST)
    called = Draft(html="<p>Look</p>", author=None, from_internal=True, mentions=(reader.contact_id,))
    note_on_ticket(ticket.pk, called, at=now())

    answers = at_once(*(lambda: send_digest(reader, at=now()) for _ in range(4)))

    assert sorted(answers) == [0, 0, 0, 1]
    assert OutgoingMail.objects.filter(to_address=reader.email).count() == 1
