"""The log: lines for people or JSON, and in neither anything of what customers write, their addresses, or tokens."""

from __future__ import annotations

import io
import json
import logging
import smtplib
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from deskhand.base.accounts.testing import make_agent
from deskhand.base.chatter.models import Message
from deskhand.base.mail.models import OutgoingMail
from deskhand.base.mail.services import reading, sending, transports
from deskhand.base.mail.testing import deliver, make_mail, make_outgoing, send_mails
from deskhand.kit.clock import now
from deskhand.kit.logs import Discreet, JsonLines, Lines, configuration, log_context
from deskhand.portal.pages import conversation
from deskhand.support.intake.testing import make_acknowledging_alias
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.public import make_link_token, reply_to_ticket
from deskhand.support.tickets.testing import make_draft

#: Nothing of these may ever stand in the log.
NAME, ADDRESS = "Wilhelmina Quist", "wilhelmina@quist-privat.example"
SUBJECT, WORDS, ANSWER, SEARCH = "Brenner zündelt", "the xylophone caught fire", "unplug the marimba", "zzyzx"
PASSWORD, KEY = "never-to-be-logged", "dhk_never_shown"


@pytest.fixture(params=["lines", "json"])
def log(request) -> Iterator[io.StringIO]:
    """All that would be written at the finest level, in the way that is chosen."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if request.param == "json" else Lines())
    handler.addFilter(Discreet())
    chosen = configuration(level="DEBUG", as_json=request.param == "json", shows_requests=True)["loggers"]
    levels = {name: logging.getLogger(name).level for name in ["", *chosen]}
    for name, how in chosen.items():
        logging.getLogger(name).setLevel(how.get("level", "NOTSET"))
    logging.getLogger().setLevel("DEBUG")
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.django_db
def test_a_whole_conversation_leaves_nothing_of_itself_in_the_log(log, monkeypatch, caplog):
    caplog.set_level(logging.CRITICAL, "asyncio")
    alias = make_acknowledging_alias()
    to = f"{alias.local_part}@{alias.team.company.alias_domain}"

    # A mail comes in and is acknowledged; another one cannot be read.
    deliver(make_mail(to=to, sender=f"{NAME} <{ADDRESS}>", text=WORDS, subject=SUBJECT), to=to, sender=ADDRESS)
    ticket = Ticket.objects.get()
    monkeypatch.setattr(reading, "_deliver", _fails_by_quoting)
    deliver(make_mail(to=to, sender=f"{NAME} <{ADDRESS}>", text=WORDS, subject=SUBJECT), to=to, sender=ADDRESS)

    # An agent answers; mail servers refuse, break off, and a mail cannot be written.
    reply_to_ticket(ticket.pk, make_draft(ANSWER, author=make_agent().contact, from_internal=True), at=now())
    send_mails(at=now())
    for error in (
        smtplib.SMTPRecipientsRefused({ADDRESS: (450, f"{ADDRESS} is busy".encode())}),
        smtplib.SMTPServerDisconnected(f"{ADDRESS} went away"),
        ConnectionRefusedError(111, "Connection refused"),
    ):
        make_outgoing(to_address=ADDRESS, to_name=NAME, subject=SUBJECT, text=ANSWER)
        monkeypatch.setattr(transports.Way, "send", _raises(error))
        send_mails(at=now())
    monkeypatch.setattr(sending, "compose", _fails_by_quoting)
    make_outgoing(to_address=ADDRESS, to_name=NAME, subject=SUBJECT, text=ANSWER)
    send_mails(at=now())

    # The customer opens the link, a stranger a wrong one; the page breaks; somebody tries to sign in, searches, calls.
    token = make_link_token(ticket.pk, ticket.customer_id, at=now())
    client = Client(raise_request_exception=False)
    assert client.get(f"/t/{token}/").status_code == 200
    assert client.get(f"/t/{token}x/").status_code == 404
    monkeypatch.setattr(conversation, "render", _fails_by_quoting)
    assert client.get(f"/t/{token}/?q={SEARCH}").status_code == 500
    client.post("/account/login/", {"login": ADDRESS, "password": PASSWORD})
    client.get(f"/search/?q={SEARCH}")
    client.get("/api/v1/tickets", headers={"Authorization": f"Bearer {KEY}"})
    client.post(f"/t/{token}/", {"text": WORDS}, headers={"Origin": "https://elsewhere.example"})

    said = log.getvalue()
    assert "ValueError" in said, "the mistakes themselves have to be there"
    assert "/t/<str:token>/" in said
    for secret in (
        NAME,
        ADDRESS,
        SUBJECT,
        WORDS,
        ANSWER,
        SEARCH,
        PASSWORD,
        KEY,
        token,
        "quist",
        "xylophone",
        "Brenner",
    ):
        assert secret not in said, secret
    for word in OutgoingMail.objects.values_list("message_id", flat=True):
        assert word not in said
    assert Message.objects.exists()


def _fails_by_quoting(*_: Any, **__: Any) -> None:
    raise KeyError(ADDRESS) from ValueError(f"{NAME} <{ADDRESS}> wrote {WORDS!r} about {SUBJECT}")


def _raises(error: Exception) -> Any:
    def transmit(*_: Any) -> None:
        raise error

    return transmit


def written(formatter: logging.Formatter, message: str, *args: Any, level: int = logging.INFO, **extra: Any) -> str:
    record = logging.LogRecord("deskhand.test", level, __file__, 1, message, args, extra.pop("exc_info", None))
    for name, value in extra.items():
        setattr(record, name, value)
    Discreet().filter(record)
    return formatter.format(record)


def test_a_json_line_says_when_where_what_and_what_stands_beside_it():
    with log_context(request_id="abcdef0123456789"):
        line = written(JsonLines(), "Mail %s waits", 7, beside={"ms": 3.5})

    said = json.loads(line)
    assert said.pop("time").endswith("+00:00")
    assert said == {
        "level": "info", "logger": "deskhand.test", "event": "Mail 7 waits",
        "request_id": "abcdef0123456789", "ms": 3.5,
    }  # fmt: skip


def test_an_error_is_told_by_its_kind_and_place_without_its_words():
    try:
        _fails_by_quoting()
    except KeyError as error:
        info = (type(error), error, error.__traceback__)

    for formatter in (JsonLines(), Lines()):
        line = written(formatter, "It broke", level=logging.ERROR, exc_info=info)
        assert "KeyError" in line
        assert "ValueError" in line
        assert "test_logs.py" in line
        assert "_fails_by_quoting" in line
        assert "quist" not in line


def test_errors_of_machines_keep_their_words():
    assert "OSError: No space left on device" in written(Lines(), "No: %s", OSError(28, "No space left on device"))


def test_an_address_never_stands_in_a_line_wherever_it_comes_from():
    assert "quist" not in written(Lines(), f"Sent to {ADDRESS}, and <{ADDRESS}>", beside={"to": ADDRESS})


@pytest.mark.django_db
@pytest.mark.parametrize(("sent", "is_taken"), [("from-the-proxy-1", True), ("bad id\n", False), ("short", False)])
def test_a_request_keeps_the_id_that_a_proxy_gave_it_if_it_is_one(sent, is_taken):
    answer = Client().get("/healthz", headers={"X-Request-ID": sent})

    assert (answer["X-Request-ID"] == sent) is is_taken
    assert len(answer["X-Request-ID"]) >= 8


@pytest.mark.django_db
def test_a_line_of_a_request_has_route_status_time_and_the_number_of_who_asked(log):
    agent = make_agent()
    client = Client()
    client.force_login(agent)

    client.get("/helpdesk/tickets/", {"q": SEARCH})

    [line] = [line for line in log.getvalue().splitlines() if "deskhand.requests" in line]
    for word in ("GET", "/helpdesk/tickets/", "200", str(agent.pk)):
        assert word in line
    assert SEARCH not in line
