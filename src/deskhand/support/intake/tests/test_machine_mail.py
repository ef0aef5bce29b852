"""Machine mail is kept, opens nothing and answers nothing (IN-5)."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from deskhand.base.chatter.public import Message
from deskhand.base.mail.public import IncomingMail, Outcome, OutgoingMail, delivery_of
from deskhand.base.mail.testing import deliver, make_mail, send_mails
from deskhand.kit.clock import now
from deskhand.kit.work.models import WorkState
from deskhand.support.intake.models import TeamAlias
from deskhand.support.intake.testing import make_acknowledging_alias
from deskhand.support.tickets.public import Ticket

pytestmark = pytest.mark.django_db
CUSTOMER = "olena@kunde.example"


@pytest.fixture
def alias() -> TeamAlias:
    return make_acknowledging_alias()


def bounce_of(mail: OutgoingMail, action: str = "failed") -> bytes:
    return (
        f"From: MAILER-DAEMON@mx.kunde.example\r\nTo: {mail.reply_to}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "Message-ID: <bounce@mx.kunde.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver your mail.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.kunde.example\r\n\r\n"
        f"Final-Recipient: rfc822; {mail.to_address}\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such user\r\n here\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{mail.message_id}>\r\n"
        f"To: {mail.to_address}\r\n\r\n--b--\r\n"
    ).encode()


def assert_nothing_happened(received: IncomingMail, tickets: int = 0) -> None:
    assert (received.state, received.outcome) == (WorkState.DONE, Outcome.IGNORED)
    assert received.explanation
    assert Ticket.objects.count() == tickets


@pytest.mark.parametrize(
    "headers", [{"auto_submitted": "auto-replied"}, {"precedence": "bulk"}, {"x_autoreply": "yes"}], ids=str
)
def test_a_mail_of_a_machine_opens_nothing(alias, headers):
    received = deliver(make_mail(to=alias.address, **headers), to=alias.address)

    assert_nothing_happened(received)
    assert not OutgoingMail.objects.exists()


def test_a_persons_mail_that_a_mailing_list_forwards_opens_a_ticket_and_its_answer_makes_no_circle(alias):
    mail = make_mail(to=alias.address, sender=CUSTOMER, list_id="Care <care.nordlys.example>")

    received = deliver(mail, to=alias.address)
    acknowledgment = OutgoingMail.objects.get()
    back = make_mail(to=alias.address, sender=alias.address, list_id="Care <care.nordlys.example>")
    back.replace_header("Message-Id", f"<{acknowledgment.message_id}>")

    assert (received.outcome, acknowledgment.to_address) == (Outcome.CREATED, CUSTOMER)
    assert_nothing_happened(deliver(back, to=alias.address), tickets=1)
    assert OutgoingMail.objects.count() == 1


def test_a_newsletter_opens_nothing(alias):
    headers = {"list_id": "<news.shop.example>", "list_unsubscribe": "<https://shop.example/off>"}

    assert_nothing_happened(deliver(make_mail(to=alias.address, **headers), to=alias.address))


def test_the_null_sender_opens_nothing(alias):
    assert_nothing_happened(deliver(make_mail(to=alias.address), to=alias.address, sender=""))


def test_an_absence_note_to_our_acknowledgment_is_kept_with_the_ticket_and_starts_no_ping_pong(alias):
    deliver(make_mail(to=alias.address, sender=CUSTOMER), to=alias.address)
    acknowledgment = OutgoingMail.objects.get()

    received = deliver(
        make_mail(
            to=acknowledgment.reply_to,
            sender=CUSTOMER,
            subject="Out of office",
            auto_submitted="auto-replied",
            in_reply_to=f"<{acknowledgment.message_id}>",
        ),
        to=acknowledgment.reply_to,
    )

    ticket = Ticket.objects.get()
    assert_nothing_happened(received, tickets=1)
    assert received.object_id == ticket.pk
    assert OutgoingMail.objects.count() == 1
    assert Message.objects.of(ticket).public().count() == 2


def test_our_own_mail_that_comes_back_opens_nothing(alias, mailoutbox):
    deliver(make_mail(to=alias.address, sender=CUSTOMER), to=alias.address)
    send_mails(at=now() + timedelta(seconds=1))
    ours = EmailMessage()
    ours["From"], ours["To"], ours["Subject"] = alias.address, alias.address, "Forwarded by a rule"
    ours["Message-ID"] = mailoutbox[0].extra_headers["Message-ID"]
    ours.set_content("Hello")

    assert_nothing_happened(deliver(ours, to=alias.address), tickets=1)


def test_a_flood_from_one_sender_is_kept_and_answers_nothing(alias, settings):
    settings.MAX_MAILS_PER_SENDER_HOUR = 2
    at = now()
    for _ in range(2):
        deliver(make_mail(to=alias.address, sender=CUSTOMER), to=alias.address, at=at)

    received = deliver(make_mail(to=alias.address, sender=CUSTOMER), to=alias.address, at=at + timedelta(minutes=1))
    other = deliver(make_mail(to=alias.address, sender="petro@kunde.example"), to=alias.address, at=at)
    later = deliver(make_mail(to=alias.address, sender=CUSTOMER), to=alias.address, at=at + timedelta(minutes=62))

    assert received.outcome == Outcome.IGNORED
    assert "2 mails" in received.explanation
    assert (other.outcome, later.outcome) == (Outcome.CREATED, Outcome.CREATED)


def test_a_bounce_marks_the_mail_it_is_about_and_its_message(alias):
    deliver(make_mail(to=alias.address, sender=CUSTOMER), to=alias.address)
    mail = OutgoingMail.objects.get()

    received = deliver(bounce_of(mail), to=mail.reply_to, sender="")

    mail.refresh_from_db()
    assert_nothing_happened(received, tickets=1)
    assert received.object_id == mail.object_id
    assert mail.state == WorkState.FAILED
    assert "550 5.1.1 No such user here" in mail.last_error
    assert [failed.address for failed in delivery_of([mail.chatter_message_id])[mail.chatter_message_id].failed] == [
        CUSTOMER
    ]


def test_a_report_of_delay_changes_nothing(alias):
    deliver(make_mail(to=alias.address, sender=CUSTOMER), to=alias.address)
    mail = OutgoingMail.objects.get()

    received = deliver(bounce_of(mail, action="delayed"), to=mail.reply_to, sender="")

    mail.refresh_from_db()
    assert_nothing_happened(received, tickets=1)
    assert mail.state == WorkState.WAITING


def test_a_bounce_of_somebody_elses_mail_is_ignored(alias):
    mail = OutgoingMail(message_id="x@else.example", to_address="x@else.example", reply_to=alias.address)

    received = deliver(bounce_of(mail), to=alias.address, sender="")

    assert_nothing_happened(received)
    assert "did not send" in received.explanation
