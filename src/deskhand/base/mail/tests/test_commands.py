"""``mail-receive`` as a mail server calls it: JSON on standard output, exit codes of sysexits.h."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from deskhand.base.companies.public import Company
from deskhand.base.mail.models import IncomingMail
from deskhand.base.mail.testing import make_mail
from deskhand.kit.work.models import WorkState

from .conftest import OURS

pytestmark = pytest.mark.django_db


@pytest.fixture
def receive(monkeypatch, mailbox):
    """Calls the command with a mail on standard input; answers exit code and what was printed."""

    def call(raw: bytes, **options: Any) -> tuple[int, dict[str, Any]]:
        out = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        code = 0
        try:
            call_command("mail_receive", stdout=out, **options)
        except SystemExit as end:
            code = int(str(end.code))
        return code, json.loads(out.getvalue())

    return call


def test_what_became_of_it_and_why_is_printed(receive):
    code, answer = receive(make_mail(to=OURS, subject="Fjordkraft").as_bytes())

    mail = IncomingMail.objects.get()
    assert (code, answer["outcome"], answer["id"]) == (0, "created", mail.pk)
    assert OURS in answer["explanation"]
    assert answer["ticket"] is None
    assert mail.received_via == "pipe"
    assert Company.objects.filter(name="Fjordkraft").exists()


def test_envelope_addresses_can_be_given(receive):
    raw = make_mail(to="list@else.example").as_bytes()

    code, _ = receive(raw, to=[OURS], sender="bounce@else.example")

    mail = IncomingMail.objects.get()
    assert (code, mail.sender, mail.recipients) == (0, "bounce@else.example", [OURS])


def test_an_empty_return_path_is_the_null_sender(receive):
    receive(b"Return-Path: <>\r\n" + make_mail(to=OURS).as_bytes())

    assert IncomingMail.objects.get().sender == ""


def test_an_unknown_recipient_is_67_and_leaves_nothing(receive):
    code, answer = receive(make_mail(to="nobody@desk.example").as_bytes())

    assert (code, answer["outcome"]) == (67, "refused")
    assert "nobody@desk.example" in answer["explanation"]
    assert not IncomingMail.objects.exists()


def test_an_unreadable_mail_is_65_and_kept(receive):
    code, answer = receive(b"\0\0\0\0")

    assert (code, answer["outcome"]) == (65, "failed")
    assert IncomingMail.objects.get().state == WorkState.FAILED


def test_nothing_on_standard_input_is_65(receive):
    code, answer = receive(b"")

    assert code == 65
    assert "mail-receive < message.eml" in answer["explanation"]


def test_a_too_large_mail_is_65(receive, settings):
    settings.MAX_MAIL_BYTES = 1_000_000

    code, answer = receive(b"x" * 1_000_001)

    assert code == 65
    assert "1 MB" in answer["explanation"]


def test_the_same_mail_again_says_so(receive):
    raw = make_mail(to=OURS).as_bytes()
    first = receive(raw)[1]

    code, answer = receive(raw)

    assert (code, answer["outcome"], answer["id"]) == (0, "duplicate", first["id"])


def test_while_the_database_is_away_it_is_75(receive, mailbox):
    mailbox.fails_with = OperationalError("server closed the connection")

    code, answer = receive(make_mail(to=OURS).as_bytes())

    assert (code, answer["outcome"]) == (75, "waiting")
    assert not IncomingMail.objects.exists()


def test_a_taken_port_is_a_sentence():
    import socket

    from django.core.management import CommandError

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Cannot listen at 127.0.0.1:{port}.*MAIL_LISTEN_PORT"):
            call_command("mail_listen", host="127.0.0.1", port=port)
