"""*Test Connection*: real servers, each with something wrong, and the sentence for it."""

from __future__ import annotations

import time

import pytest

from deskhand.base.companies.testing import make_company
from deskhand.base.mail.models import IncomingMail
from deskhand.base.mail.services import trying
from deskhand.base.mail.services.trying import sample_sender, try_incoming_server, try_outgoing_server
from deskhand.base.mail.testing import make_incoming_server, make_outgoing_server
from deskhand.base.mail.tests.boxes import Account
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db


def tried(server, **options):
    return try_outgoing_server(server, at=now(), **options)


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_server_that_takes_our_mail(smtp_servers, certificate, security):
    handler, port = smtp_servers(security=security, asks=True)
    server = make_outgoing_server(
        port=port,
        security=security,
        username=smtp_servers.USER,
        password=smtp_servers.PASSWORD,
        trusted_certificate=certificate[0],
        from_filter="care@nordlys.example",
    )

    trial = tried(server)

    server.refresh_from_db()
    assert trial.is_well, trial.sentence
    assert f"Signed in to localhost:{port}." in trial.sentence
    assert trial.sentence.endswith("It takes mail from care@nordlys.example.")
    assert ("no encryption" in trial.sentence) == (security == "none")
    assert (server.last_error, handler.mails) == ("", [])
    assert server.checked_at is not None


def test_a_test_mail_really_leaves(smtp_servers):
    handler, port = smtp_servers()
    server = make_outgoing_server(port=port, from_filter="nordlys.example")
    make_company(email="post@nordlys.example")

    trial = tried(server, to="admin@nordlys.example")

    (mail,) = handler.mails
    assert trial.sentence.endswith("A test mail from post@nordlys.example is on its way to admin@nordlys.example.")
    assert (mail["To"], mail["Auto-Submitted"], handler.senders) == (
        "admin@nordlys.example",
        "auto-generated",
        ["post@nordlys.example"],
    )


def test_the_sender_of_a_test_is_one_that_the_filter_names():
    assert sample_sender(make_outgoing_server(from_filter="x.example, boss@x.example")) == "boss@x.example"
    assert sample_sender(make_outgoing_server(from_filter="nobody.example")) == "postmaster@nobody.example"
    assert sample_sender(make_outgoing_server()) == "helpdesk@localhost"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"host": "mail.nowhere.invalid", "port": 25}, "No server is called mail.nowhere.invalid."),
        ({"port": 1}, "Nobody answers at localhost:1."),
        ({"host": "a" * 70 + ".example", "port": 25}, "is no name of a server."),
        ({"port": 1, "security": "tls", "trusted_certificate": "nonsense"}, "This is no certificate."),
    ],
)
def test_what_is_wrong_before_anybody_answers(fields, sentence):
    server = make_outgoing_server(**fields)

    trial = tried(server)

    server.refresh_from_db()
    assert not trial.is_well
    assert sentence in trial.sentence
    assert server.last_error == trial.sentence


@pytest.mark.parametrize(
    ("runs", "fields", "sentence"),
    [
        ({"security": "tls"}, {"security": "tls"}, "The certificate of localhost is not to be trusted: self"),
        ({"security": "starttls"}, {"security": "starttls"}, "The certificate of localhost is not to be trusted: self"),
        ({}, {"security": "tls"}, "does not speak TLS from the start."),
        ({}, {"security": "starttls"}, "offers no STARTTLS."),
        ({}, {"username": "desk", "password": "secret"}, "asks for no sign-in over this connection."),
        ({"asks": True}, {"username": "desk", "password": "wrong-one"}, "localhost refused user and password: 535"),
        ({"asks": True}, {}, "localhost does not take mail from helpdesk@localhost: 530"),
    ],
)
def test_what_a_server_does_not_agree_to(smtp_servers, runs, fields, sentence):
    _handler, port = smtp_servers(**runs)
    server = make_outgoing_server(port=port, **fields)

    trial = tried(server)

    assert not trial.is_well
    assert sentence in trial.sentence
    assert "wrong-one" not in trial.sentence


def test_a_certificate_of_another_name(smtp_servers, certificate):
    _handler, port = smtp_servers(security="tls")
    server = make_outgoing_server(host="127.0.0.1", port=port, security="tls", trusted_certificate=certificate[0])

    trial = tried(server)

    assert "The certificate of 127.0.0.1 is not to be trusted: IP address mismatch" in trial.sentence


def test_a_sender_and_a_recipient_who_are_refused(smtp_servers):
    handler, port = smtp_servers()
    server = make_outgoing_server(port=port, from_filter="care@nordlys.example")
    handler.takes_from = "boss@nordlys.example"

    assert tried(server).sentence == (
        "localhost does not take mail from care@nordlys.example: 553 5.7.1 Sender address rejected: not owned by user."
    )

    handler.takes_from, handler.answers["RCPT"] = None, ["550 5.1.1 No such user"]
    assert tried(server, to="gone@nordlys.example").sentence == (
        "localhost does not take mail to gone@nordlys.example: 550 5.1.1 No such user."
    )


def test_a_server_that_says_nothing_is_not_waited_for(boxes, monkeypatch):
    monkeypatch.setattr(trying, "_WHOLE_PATIENCE", 0.2)
    port = boxes.imap(Account(is_silent=True))
    begun = time.monotonic()

    trial = tried(make_outgoing_server(port=port))

    assert time.monotonic() - begun < 3
    assert f"localhost:{port} did not answer in time." in trial.sentence


# ---- mailboxes ------------------------------------------------------------------------------------------------------


def test_a_mailbox_is_counted_and_nothing_is_fetched_or_marked(boxes):
    account = Account()
    account.put(b"Subject: a\r\n\r\nx\r\n")
    account.inbox[account.put(b"Subject: b\r\n\r\nx\r\n")].flags.add(r"\Seen")
    port = boxes.imap(account)
    server = make_incoming_server(port=port, username=account.user, password=account.password)

    trial = try_incoming_server(server, at=now())

    assert trial.is_well
    assert trial.sentence.startswith(f"Signed in to localhost:{port}.")
    assert trial.sentence.endswith("The folder INBOX holds 2 messages, 1 of them unread.")
    assert (account.inbox[1].flags, IncomingMail.objects.count()) == (set(), 0)


def test_a_pop3_mailbox_is_counted(boxes):
    account = Account()
    account.put(b"Subject: a\r\n\r\nx\r\n")
    server = make_incoming_server(
        port=boxes.pop3(account), kind="pop3", username=account.user, password=account.password
    )

    assert try_incoming_server(server, at=now()).sentence.endswith("The mailbox holds 1 message.")


@pytest.mark.parametrize("kind", ["imap", "pop3"])
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "wrong"}, "localhost refused user and password: "),
        ({"security": "tls"}, "The certificate of localhost is not to be trusted: self"),
        ({"security": "starttls", "can_encrypt": False}, "offers no STARTTLS."),
        ({"security": "starttls"}, "The certificate of localhost is not to be trusted: self"),
        ({"security": "tls", "speaks": False}, "does not speak TLS from the start."),
        ({"host": "mail.nowhere.invalid"}, "No server is called mail.nowhere.invalid."),
    ],
)
def test_what_a_mailbox_does_not_agree_to(boxes, kind, fields, sentence):
    account = Account()
    fields = dict(fields)
    tls = fields.get("security") == "tls" and fields.pop("speaks", True)
    port = getattr(boxes, kind)(account, tls=tls, can_encrypt=fields.pop("can_encrypt", True))
    server = make_incoming_server(
        **{"kind": kind, "port": port, "username": account.user, "password": account.password} | fields
    )

    trial = try_incoming_server(server, at=now())

    assert not trial.is_well
    assert sentence in trial.sentence


def test_a_folder_that_is_not_there(boxes):
    account = Account()
    server = make_incoming_server(
        port=boxes.imap(account), username=account.user, password=account.password, folder="Anfragen"
    )

    trial = try_incoming_server(server, at=now())

    assert trial.sentence == "The mailbox has no folder Anfragen, or does not show it."
