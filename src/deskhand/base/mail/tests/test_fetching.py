"""Mailboxes of other servers are read: each message is stored here once, whatever happens on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from deskhand.base.companies.public import Company
from deskhand.base.mail import tasks
from deskhand.base.mail.models import IncomingMail, IncomingServer, PassedMessage
from deskhand.base.mail.services import fetching
from deskhand.base.mail.services.fetching import NotInUse, fetch_due, fetch_mails, fetch_now, fetch_passed_again
from deskhand.base.mail.services.reading import read_mail
from deskhand.base.mail.testing import make_incoming_server, make_mail
from deskhand.base.mail.tests.boxes import Account
from deskhand.base.mail.tests.conftest import OURS
from deskhand.kit.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("custom_servers", "mailbox")]


def letter(subject="Lamp", to=OURS, **headers):
    return make_mail(to=to, subject=subject, **headers).as_bytes().replace(b"\n", b"\r\n")


def make_server(port, account, **fields):
    return make_incoming_server(port=port, username=account.user, password=account.password, **fields)


@pytest.fixture
def account():
    return Account()


@pytest.mark.parametrize(("security", "extensions"), [("none", ""), ("starttls", "MOVE UIDPLUS"), ("tls", "")])
def test_unread_messages_are_stored_as_they_are_and_marked_as_read(boxes, account, certificate, security, extensions):
    account.extensions = extensions
    raw = letter("Größe?")
    account.put(raw)
    account.inbox[account.put(letter("Old"))].flags.add(r"\Seen")
    port = boxes.imap(account, tls=security == "tls")
    server = make_server(port, account, security=security, trusted_certificate=certificate[0])
    at = now()

    assert fetch_mails(server.pk, at=at) is False

    stored = IncomingMail.objects.get()
    server.refresh_from_db()
    assert (bytes(stored.raw), stored.received_via, stored.recipients) == (raw, "imap", [OURS])
    assert stored.received_at == datetime(2026, 3, 12, 9, 11, tzinfo=UTC)
    assert account.inbox[1].flags == {r"\Seen"}
    assert (server.fetched_at, server.last_error, server.claimed_at) == (at, "", None)
    assert server.due_at == at + timedelta(minutes=1)


def test_what_is_fetched_becomes_what_a_mail_becomes(boxes, account):
    account.put(letter("Lamp"))
    server = make_server(boxes.imap(account), account)

    fetch_mails(server.pk, at=now())
    read_mail(IncomingMail.objects.get().pk, at=now())

    assert Company.objects.filter(name="Lamp").exists()


@pytest.mark.parametrize("extensions", ["MOVE UIDPLUS", ""])
def test_messages_are_moved_to_a_folder_that_is_made_if_need_be(boxes, account, extensions):
    account.extensions = extensions
    account.put(letter())
    server = make_server(boxes.imap(account), account, afterwards="move", move_to="Deskhand")

    fetch_mails(server.pk, at=now())

    assert IncomingMail.objects.count() == 1
    assert (len(account.inbox), len(account.folders["Deskhand"])) == (0, 1)
    assert any(" UID MOVE " in command for command in account.commands) == bool(extensions)


def test_only_what_is_stored_here_is_deleted_there(boxes, account):
    account.put(letter())
    account.inbox[account.put(letter("Somebody thinks about it"))].flags.update({r"\Seen", r"\Deleted"})
    server = make_server(boxes.imap(account), account, afterwards="delete")

    fetch_mails(server.pk, at=now())

    assert list(account.inbox) == [2]


@pytest.mark.parametrize("afterwards", ["keep", "move", "delete"])
def test_after_a_crash_between_storing_and_marking_there_is_one_mail(boxes, account, afterwards):
    account.put(letter())
    account.hangs_up_at = {"keep": "STORE", "move": "MOVE", "delete": "STORE"}[afterwards]
    server = make_server(boxes.imap(account), account, afterwards=afterwards, move_to="Deskhand")

    fetch_mails(server.pk, at=now())
    server.refresh_from_db()
    assert (IncomingMail.objects.count(), server.failures) == (1, 1)
    assert "hung up" in server.last_error

    fetch_mails(server.pk, at=server.due_at)
    server.refresh_from_db()
    assert (IncomingMail.objects.count(), server.failures, server.last_error) == (1, 0, "")
    assert not [one for one in account.inbox.values() if r"\Seen" not in one.flags]


def test_while_a_message_cannot_be_stored_it_stays_as_it_is(boxes, account, monkeypatch):
    account.put(letter())
    server = make_server(boxes.imap(account), account, afterwards="delete")

    def full(**_fields):
        raise OSError("No space left on device")

    monkeypatch.setattr(fetching, "receive_mail", full)
    fetch_mails(server.pk, at=now())

    server.refresh_from_db()
    assert (account.inbox[1].flags, server.failures) == (set(), 1)
    assert "No space left on device" in server.last_error


def test_a_message_that_is_too_large_is_listed_with_its_reason_and_not_fetched_again(boxes, account, settings):
    settings.MAX_MAIL_BYTES = 10_000
    account.put(letter("Film", text="x" * 20_000))
    account.put(letter("Lamp"))
    server = make_server(boxes.imap(account), account, afterwards="delete")

    fetch_mails(server.pk, at=now())
    fetch_mails(server.pk, at=now() + timedelta(hours=1))

    left = PassedMessage.objects.get()
    assert (left.subject, "@customer.example" in left.sender) == ("Film", True)
    assert left.reason == "It has 1 MB, more than the 0 MB that are taken (MAX_MAIL_MB)."
    assert (IncomingMail.objects.count(), list(account.inbox), account.inbox[1].flags) == (1, [1], set())
    assert sum("BODY.PEEK[]" in command for command in account.commands) == 1

    settings.MAX_MAIL_BYTES = 100_000
    assert fetch_passed_again(server.pk) == 1
    fetch_mails(server.pk, at=now() + timedelta(hours=2))
    assert (IncomingMail.objects.count(), account.inbox) == (2, {})


def test_a_message_that_may_not_be_marked_is_stored_once_and_does_not_hold_up_the_others(boxes, account):
    account.refuses = {"STORE"}
    account.put(letter("First"))
    account.put(letter("Second"))
    server = make_server(boxes.imap(account), account)

    fetch_mails(server.pk, at=now())
    fetched = len(account.commands)
    fetch_mails(server.pk, at=now() + timedelta(hours=1))

    assert IncomingMail.objects.count() == 2
    assert set(PassedMessage.objects.values_list("reason", flat=True)) == {
        "It is stored here, but the server refused what should become of it: [CANNOT] STORE is not for you."
    }
    assert not any("FETCH" in command for command in account.commands[fetched:])


def test_a_message_without_one_of_our_addresses_goes_to_the_one_that_is_chosen(boxes, account):
    account.put(letter(to="list@elsewhere.example"))
    server = make_server(boxes.imap(account), account, otherwise_to=OURS)

    fetch_mails(server.pk, at=now())

    assert IncomingMail.objects.get().recipients == [OURS]


def test_a_message_for_nobody_is_kept_and_says_so(boxes, account):
    account.put(letter(to="list@elsewhere.example"))
    server = make_server(boxes.imap(account), account)

    fetch_mails(server.pk, at=now())
    read_mail(IncomingMail.objects.get().pk, at=now())

    assert IncomingMail.objects.get().explanation == "Nobody here receives mail for list@elsewhere.example."


def test_nothing_is_fetched_for_an_address_that_is_nobodys_any_more(boxes, account):
    account.put(letter())
    server = make_server(boxes.imap(account), account, otherwise_to="gone@desk.example")

    fetch_mails(server.pk, at=now())

    server.refresh_from_db()
    assert (IncomingMail.objects.count(), account.inbox[1].flags) == (0, set())
    assert server.last_error.startswith("gone@desk.example receives no mail any more.")


def test_a_server_that_is_away_is_asked_less_and_less_and_never_given_up(boxes, account):
    server = make_server(1, account)
    pauses = []

    for _ in range(7):
        at = IncomingServer.objects.get().due_at
        fetch_mails(server.pk, at=at)
        server.refresh_from_db()
        pauses.append((server.due_at - at) // timedelta(minutes=1))

    assert pauses == [1, 2, 5, 15, 60, 60, 60]
    assert server.failures == 7
    assert server.last_error == (
        "Nobody answers at localhost:1. Check the port, and whether a firewall stands in between."
    )


def test_a_refused_sign_in_says_so_without_the_password(boxes, account, caplog):
    port = boxes.imap(account)
    server = make_incoming_server(port=port, username=account.user, password="open sesame")

    fetch_mails(server.pk, at=now())

    server.refresh_from_db()
    assert server.last_error.startswith("localhost refused user and password: [AUTHENTICATIONFAILED] Wrong: •••.")
    assert "sesame" not in caplog.text


def test_two_workers_read_a_mailbox_once_and_a_dead_ones_claim_expires(boxes, account):
    account.put(letter())
    server = make_server(boxes.imap(account), account)
    at = now()
    assert IncomingServer.objects.claim(server.pk, at=at)

    fetch_mails(server.pk, at=at)
    assert account.sign_ins == 0

    fetch_mails(server.pk, at=at + IncomingServer.objects.all().claim_lasts + timedelta(seconds=1))
    assert (account.sign_ins, IncomingMail.objects.count()) == (1, 1)


def test_what_is_not_due_archived_or_off_is_not_read(boxes, account):
    account.put(letter())
    port = boxes.imap(account)
    make_server(port, account, due_at=now() + timedelta(minutes=5))
    archived = make_server(port, account, is_active=False)

    assert fetch_due(at=now()) is False

    assert account.sign_ins == 0
    with pytest.raises(NotInUse):
        fetch_now(archived.pk, at=now())


def test_fetch_now_does_not_wait_for_the_end_of_a_pause(boxes, account):
    account.put(letter())
    server = make_server(boxes.imap(account), account, due_at=now() + timedelta(hours=1), failures=5)

    fetch_now(server.pk, at=now())
    tasks.fetch_incoming.call_local()

    assert IncomingMail.objects.count() == 1


def test_a_full_mailbox_gives_way_to_others_and_goes_on(boxes, account, monkeypatch):
    for _ in range(3):
        account.put(letter())
    make_server(boxes.imap(account), account)
    times = iter([0, 0, fetching._LONGEST_TURN, 0, 0, 0, 0])
    monkeypatch.setattr(fetching, "monotonic", lambda: next(times))
    at = now()

    assert fetch_due(at=at) is True
    assert IncomingMail.objects.count() == 1
    assert fetch_due(at=at) is False
    assert IncomingMail.objects.count() == 3


@pytest.mark.parametrize(("security", "tls"), [("none", False), ("starttls", False), ("tls", True)])
def test_pop3_is_fetched_once_and_kept(boxes, account, certificate, security, tls):
    raw = letter(text="a long line " + "x" * 5_000)
    account.put(raw)
    port = boxes.pop3(account, tls=tls)
    server = make_server(port, account, kind="pop3", security=security, trusted_certificate=certificate[0])

    fetch_mails(server.pk, at=now())
    fetch_mails(server.pk, at=now() + timedelta(minutes=5))

    assert bytes(IncomingMail.objects.get().raw) == raw
    assert (sum("RETR" in one for one in account.commands), len(account.inbox)) == (1, 1)

    account.inbox.clear()
    fetch_mails(server.pk, at=now() + timedelta(minutes=10))
    assert not PassedMessage.objects.exists()


def test_pop3_deletes_what_is_stored(boxes, account):
    account.put(letter())
    server = make_server(boxes.pop3(account), account, kind="pop3", afterwards="delete")

    fetch_mails(server.pk, at=now())

    assert (IncomingMail.objects.count(), account.inbox) == (1, {})


def test_a_name_and_a_password_of_other_scripts_sign_in_in_their_own_way(boxes, account):
    account.refuses = {"LOGIN"}
    server = make_incoming_server(port=boxes.imap(account), username="jörg", password="pässword")

    fetch_mails(server.pk, at=now())

    server.refresh_from_db()
    assert any(command.upper().split(" ")[1] == "AUTHENTICATE" for command in account.commands)
    assert server.failures == 1
