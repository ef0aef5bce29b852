"""Mails leave by the servers that administrators keep here (FOUND-5), real ones on ports of this machine."""

from __future__ import annotations

import pytest

from deskhand.base.mail.models import MailSetup, OutgoingMail, OutgoingServer
from deskhand.base.mail.services.sending import send_mails
from deskhand.base.mail.testing import make_outgoing, make_outgoing_server
from deskhand.kit.clock import now
from deskhand.kit.work.models import WorkState

pytestmark = pytest.mark.django_db


def senders(server):
    return [mail["From"].addresses[0].addr_spec for mail in server.mails]


@pytest.mark.usefixtures("custom_servers")
def test_each_mail_leaves_by_the_server_that_names_its_sender(smtp_servers, other_server):
    exact, exact_port = smtp_servers()
    domain, domain_port = smtp_servers()
    anybody, any_port = smtp_servers()
    make_outgoing_server(port=exact_port, from_filter="care@nordlys.example, boss@nordlys.example", priority=90)
    make_outgoing_server(port=domain_port, from_filter="nordlys.example")
    make_outgoing_server(port=any_port, priority=1)
    for sender in ("care@nordlys.example", "Sales@nordlys.example", "care@other.example"):
        make_outgoing(from_address=sender)

    send_mails(at=now())

    assert senders(exact) == ["care@nordlys.example"]
    assert senders(domain) == ["Sales@nordlys.example"]
    assert senders(anybody) == ["care@other.example"]
    assert other_server.mails == []
    assert set(OutgoingMail.objects.values_list("server__from_filter", flat=True)) == {
        "care@nordlys.example, boss@nordlys.example",
        "nordlys.example",
        "",
    }


def test_servers_are_not_used_while_custom_email_servers_is_off(smtp_servers, other_server):
    kept, port = smtp_servers()
    make_outgoing_server(port=port)
    mail = make_outgoing()

    send_mails(at=now())

    mail.refresh_from_db()
    assert (mail.state, mail.server_id) == (WorkState.DONE, None)
    assert (len(kept.mails), len(other_server.mails)) == (0, 1)


@pytest.mark.usefixtures("custom_servers")
def test_an_archived_server_and_one_for_others_leave_the_mail_to_the_environment(smtp_servers, other_server):
    archived, port = smtp_servers()
    make_outgoing_server(port=port, is_active=False)
    make_outgoing_server(port=port, from_filter="kaffee.example")
    make_outgoing()

    send_mails(at=now())

    assert (len(archived.mails), len(other_server.mails)) == (0, 1)


@pytest.mark.usefixtures("custom_servers")
def test_a_mail_that_would_only_be_written_to_a_file_waits_with_a_reason(smtp_servers, settings):
    settings.MAIL_TRANSPORT = "deskhand.base.mail.backends.FilesBackend"
    make_outgoing_server(from_filter="kaffee.example")
    mail = make_outgoing()

    send_mails(at=now())

    mail.refresh_from_db()
    assert mail.state == WorkState.WAITING
    assert mail.last_error.startswith("No outgoing mail server takes mails from care@nordlys.example.")


@pytest.mark.usefixtures("custom_servers")
@pytest.mark.parametrize(("security", "asks"), [("none", False), ("none", True), ("starttls", True), ("tls", True)])
def test_mails_are_signed_in_and_encrypted_as_it_is_set(smtp_servers, certificate, security, asks):
    server, port = smtp_servers(security=security, asks=asks)
    make_outgoing_server(
        port=port,
        security=security,
        username=smtp_servers.USER if asks else "",
        password=smtp_servers.PASSWORD if asks else "",
        trusted_certificate=certificate[0] if security != "none" else "",
    )
    for _ in range(3):
        make_outgoing()

    send_mails(at=now())

    assert len(server.mails) == 3
    assert server.connections <= 2  # STARTTLS greets twice
    assert OutgoingServer.objects.get().last_error == ""


@pytest.mark.usefixtures("custom_servers")
def test_while_a_server_is_away_the_next_that_fits_takes_its_mails(smtp_servers):
    second, port = smtp_servers()
    make_outgoing_server(name="Away", port=1, priority=1)
    make_outgoing_server(name="Second", port=port, priority=2)
    for _ in range(2):
        make_outgoing()

    send_mails(at=now())

    assert len(second.mails) == 2
    away = OutgoingServer.objects.get(name="Away")
    assert away.last_error.startswith("Nobody answers at localhost:1.")
    assert OutgoingServer.objects.get(name="Second").last_error == ""


@pytest.mark.usefixtures("custom_servers")
def test_a_refused_sign_in_is_tried_once_a_batch_and_all_its_mails_wait(smtp_servers):
    server, port = smtp_servers(asks=True)
    make_outgoing_server(name="Post", port=port, username="desk", password="wrong-password")
    first, second = make_outgoing(), make_outgoing()
    at = now()

    send_mails(at=at)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts, second.state, second.attempts) == (WorkState.WAITING, 1, WorkState.WAITING, 0)
    assert first.last_error.startswith("Post: localhost refused user and password: 535")
    assert second.due_at > at
    assert (server.connections, server.mails) == (1, [])
    assert "wrong-password" not in first.last_error + OutgoingServer.objects.get().last_error


@pytest.mark.usefixtures("custom_servers")
def test_mails_by_a_server_that_works_do_not_queue_behind_those_of_one_that_is_away(smtp_servers, monkeypatch):
    monkeypatch.setattr("deskhand.base.mail.services.sending.MOST_AT_ONCE", 2)
    server, port = smtp_servers()
    make_outgoing_server(port=1, from_filter="away.example")
    make_outgoing_server(port=port, from_filter="nordlys.example")
    for sender in ("a@away.example", "b@away.example", "care@nordlys.example"):
        make_outgoing(from_address=sender)
    at = now()

    send_mails(at=at)
    send_mails(at=at)

    assert senders(server) == ["care@nordlys.example"]


@pytest.mark.usefixtures("custom_servers")
def test_a_server_that_works_again_forgets_what_was_wrong(smtp_servers):
    _server, port = smtp_servers()
    kept = make_outgoing_server(port=port, last_error="Nobody answers.", checked_at=now())
    make_outgoing()

    send_mails(at=now())

    kept.refresh_from_db()
    assert kept.last_error == ""


@pytest.mark.usefixtures("custom_servers")
def test_a_password_that_was_sealed_with_another_key_makes_mails_wait(smtp_servers, settings):
    _server, port = smtp_servers()
    make_outgoing_server(name="Post", port=port, username="desk", password="secret")
    settings.SECRET_KEY = "another"
    mail = make_outgoing()

    send_mails(at=now())

    mail.refresh_from_db()
    assert mail.state == WorkState.WAITING
    assert mail.last_error.startswith("Post: The password cannot be read any more")


@pytest.mark.usefixtures("custom_servers")
@pytest.mark.parametrize("count", [1, 5])
def test_choosing_among_servers_costs_no_further_statement_a_mail(smtp_servers, django_assert_num_queries, count):
    _server, port = smtp_servers()
    for number in range(count):
        make_outgoing_server(port=port, priority=number + 1, checked_at=now())
    for _ in range(count):
        make_outgoing()

    with django_assert_num_queries(5 + count):
        send_mails(at=now())

    assert MailSetup.objects.count() == 1
