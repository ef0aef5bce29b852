"""The SMTP and LMTP door, asked by a real client."""

from __future__ import annotations

import smtplib
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from deskhand.base.mail.management import listening
from deskhand.base.mail.management.listening import MOST_RECIPIENTS, MOST_REFUSALS
from deskhand.base.mail.models import IncomingMail
from deskhand.base.mail.testing import make_mail
from deskhand.kit.work.models import WorkState

from .conftest import OURS

pytestmark = pytest.mark.django_db(transaction=True)
SENDER = "olena@kunde.example"


def client(port: int) -> smtplib.SMTP:
    return smtplib.SMTP("127.0.0.1", port, timeout=20)


def test_a_mail_is_stored_byte_for_byte_before_it_is_accepted(mail_listener):
    raw = make_mail(to=OURS).as_bytes().replace(b"\n", b"\r\n")

    with client(mail_listener()) as smtp:
        assert smtp.sendmail(SENDER, [OURS.upper()], raw) == {}

    mail = IncomingMail.objects.get()
    assert bytes(mail.raw) == raw
    assert (mail.sender, mail.recipients, mail.received_via) == (SENDER, [OURS], "smtp")
    assert (mail.state, mail.size) == (WorkState.WAITING, len(raw))


def test_an_unknown_recipient_is_refused_with_a_sentence_and_the_others_get_the_mail(mail_listener):
    with client(mail_listener()) as smtp:
        refused = smtp.sendmail(SENDER, ["nobody@desk.example", OURS], make_mail(to=OURS).as_bytes())

    code, text = refused["nobody@desk.example"]
    assert code == 550
    assert b"Nobody here receives mail at this address" in text
    assert IncomingMail.objects.get().recipients == [OURS]


def test_only_unknown_recipients_leave_nothing(mail_listener):
    with client(mail_listener()) as smtp, pytest.raises(smtplib.SMTPRecipientsRefused):
        smtp.sendmail(SENDER, ["nobody@desk.example"], make_mail(to=OURS).as_bytes())

    assert not IncomingMail.objects.exists()


def test_a_too_large_mail_is_refused_by_its_announced_size(mail_listener, settings):
    settings.MAX_MAIL_BYTES = 1_000_000

    with client(mail_listener()) as smtp:
        smtp.ehlo()
        assert smtp.esmtp_features["size"] == "1000000"
        code, text = smtp.docmd("MAIL", f"FROM:<{SENDER}> SIZE=1000001")

    assert code == 552
    assert b"1 MB is the most" in text


def test_a_too_large_mail_is_refused_by_its_size_and_the_conversation_goes_on(mail_listener, settings):
    settings.MAX_MAIL_BYTES = 1_000_000
    large = make_mail(to=OURS, text=("x" * 70 + "\n") * 20_000).as_bytes().replace(b"\n", b"\r\n")

    with client(mail_listener()) as smtp:
        smtp.helo()
        smtp.mail(SENDER)
        smtp.rcpt(OURS)
        code, text = smtp.data(large)
        again = smtp.sendmail(SENDER, [OURS], make_mail(to=OURS).as_bytes())

    assert (code, again) == (552, {})
    assert b"1 MB is the most" in text
    assert IncomingMail.objects.count() == 1


def test_while_the_database_is_away_senders_are_asked_to_come_back(mail_listener, mailbox):
    port = mail_listener()
    mailbox.fails_with = OperationalError("server closed the connection")

    with client(port) as smtp:
        smtp.helo()
        smtp.mail(SENDER)
        code, text = smtp.rcpt(OURS)

    assert code == 451
    assert b"try again later" in text
    assert not IncomingMail.objects.exists()


def test_no_word_is_given_for_what_could_not_be_stored(mail_listener, monkeypatch):
    port = mail_listener()

    def away(*args, **kwargs):
        raise OperationalError("disk full")

    monkeypatch.setattr("deskhand.base.mail.services.receiving.insert", away)
    with client(port) as smtp, pytest.raises(smtplib.SMTPDataError) as refused:
        smtp.sendmail(SENDER, [OURS], make_mail(to=OURS).as_bytes())

    assert refused.value.smtp_code == 451


def test_names_beyond_ascii_and_eight_bit_text_are_taken(mail_listener):
    mail = make_mail(to=OURS, sender="jörg@kunde.example", text="Grüße")

    with client(mail_listener()) as smtp:
        smtp.send_message(mail, "jörg@kunde.example", [OURS], mail_options=["SMTPUTF8", "BODY=8BITMIME"])

    received = IncomingMail.objects.get()
    assert received.sender == "jörg@kunde.example"
    assert "Grüße".encode() in bytes(received.raw)


def test_the_null_sender_is_taken_as_such(mail_listener):
    with client(mail_listener()) as smtp:
        smtp.sendmail("", [OURS], make_mail(to=OURS).as_bytes())

    assert IncomingMail.objects.get().sender == ""


def test_who_guesses_addresses_is_sent_away(mail_listener):
    with client(mail_listener()) as smtp:
        smtp.helo()
        smtp.mail(SENDER)
        codes = [smtp.rcpt(f"guess{number}@desk.example")[0] for number in range(MOST_REFUSALS + 1)]

        assert codes == [550] * MOST_REFUSALS + [421]
        with pytest.raises(smtplib.SMTPServerDisconnected):
            smtp.noop()


def test_too_many_recipients_are_sent_in_another_go(mail_listener):
    with client(mail_listener()) as smtp:
        smtp.helo()
        smtp.mail(SENDER)
        codes = [smtp.rcpt(OURS)[0] for _ in range(MOST_RECIPIENTS + 1)]

    assert codes == [250] * MOST_RECIPIENTS + [452]


def test_many_senders_at_once_are_all_served(mail_listener, monkeypatch):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        monkeypatch.setattr(listening, "THREADS", 1)  # such a database cannot wait for a lock; a file can
    port = mail_listener()

    def send(number: int) -> None:
        with client(port) as smtp:
            smtp.sendmail(SENDER, [OURS], make_mail(to=OURS, subject=str(number)).as_bytes())

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(send, range(24)))

    assert IncomingMail.objects.count() == 24


def test_lmtp_answers_once_for_each_recipient(mail_listener):
    with socket.create_connection(("127.0.0.1", mail_listener(lmtp=True)), timeout=20) as wire:
        stream = wire.makefile("rwb", buffering=0)

        def say(line: str) -> list[str]:
            stream.write(line.encode() + b"\r\n")
            return [stream.readline().decode()[:3]]

        stream.readline()
        stream.write(b"LHLO here\r\n")
        while stream.readline()[3:4] == b"-":
            pass
        assert say(f"MAIL FROM:<{SENDER}>") == ["250"]
        assert say(f"RCPT TO:<{OURS}>") == ["250"]
        assert say("RCPT TO:<nobody@desk.example>") == ["550"]
        assert say(f"RCPT TO:<{OURS}>") == ["250"]
        assert say("DATA") == ["354"]
        stream.write(make_mail(to=OURS).as_bytes().replace(b"\n", b"\r\n"))
        assert [*say("."), stream.readline().decode()[:3], *say("QUIT")] == ["250", "250", "221"]

    assert IncomingMail.objects.get().received_via == "lmtp"


def test_a_stop_sends_idle_clients_away_with_a_sentence(mail_listener):
    with socket.create_connection(("127.0.0.1", mail_listener()), timeout=20) as wire:
        stream = wire.makefile("rb")
        assert stream.readline().startswith(b"220 ")

        mail_listener.stop()

        assert stream.readline().startswith(b"421 4.3.2 Deskhand is restarting")
        assert stream.readline() == b""
