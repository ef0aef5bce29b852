"""Stored mails: once, listed when nothing can be made of them, and waiting when it is not their fault."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError

from deskhand.base.companies.public import Company
from deskhand.base.mail import tasks
from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.models import IncomingMail
from deskhand.base.mail.services import reading
from deskhand.base.mail.services.reading import NotFailed, read_again, read_mail, read_taken, take_up_mails
from deskhand.base.mail.services.receiving import Arrival, known_recipients, receive_mail, receive_mails
from deskhand.base.mail.services.reply_tokens import ReplyToken, make_token, token_of
from deskhand.base.mail.testing import deliver, make_mail
from deskhand.kit.clock import now
from deskhand.kit.work.models import WorkState

from .conftest import OURS

pytestmark = pytest.mark.django_db


def arrival(subject: str) -> Arrival:
    raw = make_mail(to=OURS, subject=subject).as_bytes()
    return Arrival(raw, "ada@home.example", (OURS,), "smtp", now())


def test_what_is_received_wakes_the_reader_after_commit(mailbox, monkeypatch, django_capture_on_commit_callbacks):
    woken: list[str] = []
    monkeypatch.setattr(tasks, "read_incoming", lambda: woken.append("now"))

    with django_capture_on_commit_callbacks(execute=True):
        receive_mail(raw=make_mail(to=OURS).as_bytes(), sender="", recipients=[OURS], via="smtp", at=now())
        assert woken == []

    assert woken == ["now"]


def test_reading_twice_is_reading_once(mailbox):
    mail = deliver(make_mail(to=OURS, subject="Fjordkraft"), to=OURS)

    read_mail(mail.pk, at=now())

    assert Company.objects.filter(name="Fjordkraft").count() == 1
    assert len(mailbox.letters) == 1


def test_a_mail_that_is_being_read_by_a_dead_process_is_read_by_the_sweep(mailbox):
    at = now() - IncomingMail.objects.all().claim_lasts - timedelta(seconds=1)
    mail = receive_mail(raw=make_mail(to=OURS).as_bytes(), sender="a@b.example", recipients=[OURS], via="smtp", at=at)
    assert IncomingMail.objects.claim(mail.pk, at=at)

    tasks.read_incoming.call_local()

    mail.refresh_from_db()
    assert (mail.state, mail.outcome) == (WorkState.DONE, Outcome.CREATED)


def test_the_sweep_wakes_whoever_has_something_to_do(monkeypatch):
    woken: list[str] = []
    monkeypatch.setattr(tasks.read_incoming, "again", lambda: woken.append("reader"))
    monkeypatch.setattr(tasks.send_outgoing, "again", lambda: woken.append("sender"))
    monkeypatch.setattr(tasks.fetch_incoming, "again", lambda: woken.append("fetcher"))

    tasks.sweep_mails.call_local()

    assert woken == ["reader", "sender", "fetcher"]


def test_mails_that_come_together_are_stored_together(mailbox, django_assert_num_queries):
    arrivals = [arrival(f"Mail {number}") for number in range(3)]

    with django_assert_num_queries(3):  # INSERT within a savepoint
        rows = receive_mails([*arrivals, arrivals[0]])

    assert [bytes(row.raw) for row in rows] == [one.raw for one in [*arrivals, arrivals[0]]]
    assert rows[0].pk == rows[3].pk
    assert IncomingMail.objects.count() == 3


def test_of_mails_that_come_together_one_that_is_known_stays_the_same_row(mailbox):
    known, new = arrival("known"), arrival("new")
    (stored,) = receive_mails([known])

    rows = receive_mails([new, known])

    assert rows[1].pk == stored.pk
    assert IncomingMail.objects.count() == 2


def test_a_batch_is_read_mail_by_mail_and_a_broken_one_harms_no_other(mailbox, monkeypatch):
    whole = reading.parse_mail
    monkeypatch.setattr(reading, "parse_mail", lambda raw: 1 / 0 if b"Subject: broken" in raw else whole(raw))
    receive_mails([arrival("first"), arrival("broken"), arrival("last")])

    mails = take_up_mails(at=now())
    read_taken(mails, at=now())

    outcomes = dict(IncomingMail.objects.values_list("subject", "outcome"))
    assert outcomes == {"first": Outcome.CREATED, "": Outcome.FAILED, "last": Outcome.CREATED}


def test_of_a_batch_that_cannot_go_on_the_rest_is_given_back(mailbox, monkeypatch):
    receive_mails([arrival("first"), arrival("last")])
    mails = take_up_mails(at=now())

    def stops(row, at):
        raise SystemExit

    monkeypatch.setattr(reading, "_read", stops)
    with pytest.raises(SystemExit):
        read_taken(mails, at=now())

    assert sorted(IncomingMail.objects.values_list("state", flat=True)) == ["waiting", "working"]


def test_a_large_mail_is_loaded_when_its_turn_comes(mailbox, monkeypatch):
    monkeypatch.setattr(reading, "_SMALL", 10)
    receive_mails([arrival("large")])

    (row,) = take_up_mails(at=now())
    assert "raw" in row.get_deferred_fields()
    read_taken([row], at=row.claimed_at)

    assert IncomingMail.objects.get().outcome == Outcome.CREATED


def test_who_is_so_slow_that_another_has_begun_anew_leaves_nothing(mailbox):
    receive_mails([arrival("Fjordkraft")])
    at = now()
    slow = take_up_mails(at=at)
    later = at + IncomingMail.objects.all().claim_lasts + timedelta(seconds=1)
    (other,) = take_up_mails(at=later)

    read_taken(slow, at=at)
    assert not Company.objects.filter(name="Fjordkraft").exists()
    other.refresh_from_db()
    assert (other.state, other.outcome) == (WorkState.WORKING, Outcome.PENDING)

    read_taken([other], at=later)
    assert Company.objects.filter(name="Fjordkraft").count() == 1


def test_an_empty_mail_is_kept_with_its_reason(mailbox):
    mail = deliver(b"\r\n\0", to=OURS)

    assert (mail.state, mail.outcome) == (WorkState.FAILED, Outcome.FAILED)
    assert "empty" in mail.explanation
    assert bytes(mail.raw) == b"\r\n\0"


def test_a_mail_to_nobody_says_so(mailbox, monkeypatch):
    monkeypatch.setattr("deskhand.base.mail.places.MAILBOXES._panels", [])

    mail = deliver(b"no mail, just words", to=[])

    assert (mail.outcome, mail.explanation) == (Outcome.FAILED, "This mail names nobody to whom it is sent.")


def test_a_mail_that_breaks_the_reader_is_kept_with_its_reason_and_can_be_read_again(mailbox, monkeypatch):
    monkeypatch.setattr(reading, "parse_mail", lambda raw: 1 / 0)
    mail = deliver(make_mail(to=OURS, subject="Fjordkraft"), to=OURS)
    assert (mail.state, mail.outcome) == (WorkState.FAILED, Outcome.FAILED)
    assert "ZeroDivisionError" in mail.explanation
    monkeypatch.undo()

    monkeypatch.setattr("deskhand.base.mail.places.MAILBOXES._panels", [(50, mailbox)])
    read_again(mail.pk, at=now())
    read_mail(mail.pk, at=now())

    mail.refresh_from_db()
    assert (mail.state, mail.outcome) == (WorkState.DONE, Outcome.CREATED)
    assert Company.objects.filter(name="Fjordkraft").exists()


def test_what_was_read_is_not_read_again(mailbox):
    mail = deliver(make_mail(to=OURS), to=OURS)

    with pytest.raises(NotFailed):
        read_again(mail.pk, at=now())

    mail.refresh_from_db()
    assert mail.state == WorkState.DONE


@pytest.mark.parametrize("passing", [OperationalError("the connection was lost"), OSError("no such mount")], ids=repr)
def test_while_database_or_store_are_away_a_mail_waits_and_nothing_is_half_written(mailbox, passing):
    at = now()
    mailbox.fails_with = passing

    mail = deliver(make_mail(to=OURS, subject="Fjordkraft"), to=OURS, at=at)

    assert (mail.state, mail.outcome) == (WorkState.WAITING, Outcome.PENDING)
    assert mail.due_at > at
    assert str(passing) in mail.last_error
    assert not Company.objects.filter(name="Fjordkraft").exists()

    mailbox.fails_with = None
    read_mail(mail.pk, at=mail.due_at)
    mail.refresh_from_db()
    assert (mail.state, mail.outcome, mail.last_error) == (WorkState.DONE, Outcome.CREATED, "")


def test_a_mail_is_given_up_where_people_see_it(mailbox):
    mailbox.fails_with = OSError("no such mount")
    mail = deliver(make_mail(to=OURS), to=OURS)

    while mail.state == WorkState.WAITING:
        read_mail(mail.pk, at=mail.due_at)
        mail.refresh_from_db()

    assert (mail.state, mail.outcome) == (WorkState.FAILED, Outcome.FAILED)
    assert "no such mount" in mail.explanation


def test_headers_with_control_characters_and_half_characters_are_stored(mailbox):
    raw = b"From: a@b.example\r\nSubject: Fj\0ord =?utf-16?Q?=D8=00?=\r\nMessage-ID: <x\0@b.example>\r\n\r\nHello\0\r\n"

    mail = deliver(raw, to=OURS)

    assert mail.outcome == Outcome.CREATED
    assert "\0" not in mail.subject + mail.message_id


def test_an_id_longer_than_its_column_is_found_again(mailbox):
    long_id = f"<{'x' * 400}@b.example>"
    first = deliver(make_mail(to=OURS, message_id=long_id), to=OURS)

    assert len(first.message_id) == 255


def test_addresses_are_known_by_mailbox_or_token(mailbox):
    signed = f"whatever+{make_token(ReplyToken(1, 2, 3))}@desk.example"

    assert known_recipients([OURS.upper(), "x@desk.example", signed.upper()]) == [OURS, signed]


@pytest.mark.parametrize(
    "about", [ReplyToken(1, 1, 1), ReplyToken(20, 400, 12_345), ReplyToken(2**14, 2**40, 2**62)], ids=str
)
def test_a_token_says_what_was_put_into_it(about):
    token = make_token(about)

    assert token_of(f"care+{token}@desk.example") == about
    assert token_of(f"care+{token.upper()}@DESK.example") == about
    assert token == token.lower()


def test_no_changed_letter_leaves_a_token_valid():
    token = make_token(ReplyToken(20, 400, 12_345))

    for place in range(len(token)):
        for letter in "abcdefghijklmnopqrstuvwxyz234567":
            if letter != token[place]:
                assert token_of(f"care+{token[:place]}{letter}{token[place + 1 :]}@desk.example") is None


@pytest.mark.parametrize("address", ["", "care@desk.example", "care+@desk.example", "care+a@x", "care+ä@x", "+@", "@"])
def test_other_addresses_hold_no_token(address):
    assert token_of(address) is None


def test_another_secret_makes_other_tokens(settings):
    token = make_token(ReplyToken(1, 2, 3))
    settings.SECRET_KEY = "another"

    assert token_of(f"care+{token}@desk.example") is None
