"""The outbox, emptied into a real mail server that does not always agree."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from deskhand.base.chatter.public import Draft, post_message
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.base.files.public import store_bytes
from deskhand.base.mail import tasks
from deskhand.base.mail.models import OutgoingMail
from deskhand.base.mail.queries import delivery_of
from deskhand.base.mail.services import sending
from deskhand.base.mail.services.composing import compose
from deskhand.base.mail.services.sending import NotFailedToSend, NothingLeftToSend, send_again, send_mails
from deskhand.base.mail.testing import make_outgoing
from deskhand.kit.clock import now
from deskhand.kit.work.models import CLAIM_EXPIRES_AFTER, WorkState

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


def test_a_mail_says_who_writes_to_whom_and_where_it_belongs(other_server):
    mail = make_outgoing(
        to_name="Zoë Ångström",
        from_name="Nordlys Kundenpflege",
        reply_to="care+token@nordlys.example",
        subject="Grüße",
        html="<p>Hällo</p>",
        text="Hällo",
        in_reply_to="b@x.example",
        references="a@x.example b@x.example",
    )

    send_mails(at=now())

    (sent,) = other_server.mails
    assert sent["To"].addresses[0].display_name == "Zoë Ångström"
    assert sent["From"].addresses[0].addr_spec == "care@nordlys.example"
    assert sent["Reply-To"].addresses[0].addr_spec == "care+token@nordlys.example"
    assert sent["Subject"] == "Grüße"
    assert sent["Message-ID"] == f"<{mail.message_id}>"
    assert sent["In-Reply-To"] == "<b@x.example>"
    assert sent["References"] == "<a@x.example> <b@x.example>"
    assert sent["Auto-Submitted"] is None
    assert sent.get_body(("plain",)).get_content().strip() == "Hällo"
    assert sent.get_body(("html",)).get_content().strip() == "<p>Hällo</p>"
    assert other_server.senders == ["care+token@nordlys.example"]


def test_a_sent_mail_forgets_its_text_because_the_link_in_it_grants_rights(other_server):
    mail = make_outgoing()
    at = now()

    send_mails(at=at)

    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.html, mail.text) == (WorkState.DONE, at, "", "")


def test_automatic_mails_say_so(other_server):
    make_outgoing(is_automatic=True)

    send_mails(at=now())

    (sent,) = other_server.mails
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["X-Auto-Response-Suppress"] == "All"


def test_files_are_attached_and_pictures_of_the_text_are_inline(other_server):
    picture = store_bytes(PNG, name="plate.png", content_id="x", is_inline=True)
    pdf = store_bytes(b"%PDF-1.4", name="Größe.pdf", mime_type="application/pdf")
    message = post_message(
        make_company(), Draft(html='<p><img src="cid:x"></p>', author=None, files=[picture, pdf]), at=now()
    )
    make_outgoing(chatter_message=message, html=message.body_html)

    send_mails(at=now())

    (sent,) = other_server.mails
    html = sent.get_body(("html",)).get_content()
    parts = {part.get_filename(): part for part in sent.walk() if part.get_filename()}
    assert f"cid:{parts['plate.png']['Content-ID'].strip('<>')}" in html
    assert parts["Größe.pdf"].get_content() == b"%PDF-1.4"
    assert parts["plate.png"].get_content() == PNG


def test_many_mails_go_over_one_connection(other_server):
    for _ in range(5):
        make_outgoing()

    send_mails(at=now())

    assert (len(other_server.mails), other_server.connections) == (5, 1)
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {WorkState.DONE}


@pytest.mark.parametrize("count", [1, 3])
def test_one_statement_a_mail(other_server, django_assert_num_queries, count):
    message = post_message(make_company(), Draft(html="<p>Hi</p>", author=None), at=now())
    for _ in range(count):
        make_outgoing(chatter_message=message)

    with django_assert_num_queries(7 + count):
        send_mails(at=now())


def test_a_full_batch_calls_for_the_rest(other_server, monkeypatch):
    calls = []
    monkeypatch.setattr(sending, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(tasks, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(type(tasks.send_outgoing), "__call__", lambda *_: calls.append("again"))
    for _ in range(3):
        make_outgoing()

    tasks.send_outgoing.call_local()
    assert (len(other_server.mails), calls) == (2, ["again"])

    tasks.send_outgoing.call_local()
    assert (len(other_server.mails), calls) == (3, ["again"])


def test_a_refused_recipient_fails_for_good_with_the_servers_words(other_server):
    other_server.answers["RCPT"] = ["550 5.1.1 No such user here"]
    mail = make_outgoing()

    send_mails(at=now())

    mail.refresh_from_db()
    assert mail.state == WorkState.FAILED
    assert "550" in mail.last_error
    assert "No such user here" in mail.last_error
    assert mail.html


def test_a_refused_text_fails_for_good(other_server):
    other_server.answers["DATA"] = ["552 5.3.4 Too large"]
    mail = make_outgoing()

    send_mails(at=now())

    mail.refresh_from_db()
    assert (mail.state, "Too large" in mail.last_error) == (WorkState.FAILED, True)


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_a_passing_refusal_is_tried_again_later(other_server, command):
    other_server.answers[command] = ["451 4.7.1 Greylisted, try again"]
    mail = make_outgoing()
    at = now()

    send_mails(at=at)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (WorkState.WAITING, 1)
    assert mail.due_at > at
    assert "Greylisted" in mail.last_error

    send_mails(at=at)
    assert other_server.mails == []
    send_mails(at=mail.due_at)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error, len(other_server.mails)) == (WorkState.DONE, "", 1)


def test_a_server_that_hangs_up_gets_the_rest_over_a_new_connection(other_server):
    other_server.answers["DATA"] = ["421 4.3.2 Too many mails in one connection"]
    for _ in range(2):
        make_outgoing()

    send_mails(at=now())

    states = list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))
    assert states == [WorkState.WAITING, WorkState.DONE]
    assert other_server.connections == 2


def test_while_the_server_is_away_one_mail_tries_and_all_wait(settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    first, second = make_outgoing(), make_outgoing()
    at = now()

    send_mails(at=at)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts, second.state, second.attempts) == (WorkState.WAITING, 1, WorkState.WAITING, 0)
    assert first.last_error == "The mail server could not be reached: Connection refused"


def test_a_mail_is_given_up_after_the_last_pause(settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mail = make_outgoing()

    while mail.state == WorkState.WAITING:
        send_mails(at=mail.due_at)
        mail.refresh_from_db()

    assert (mail.state, mail.attempts) == (WorkState.FAILED, 9)


def test_a_lost_file_keeps_the_mail_waiting_with_a_reason(other_server, monkeypatch):
    message = post_message(
        make_company(), Draft(html="", author=None, files=[store_bytes(b"gone", name="a.txt")]), at=now()
    )

    def away(attachment):
        raise OSError("no such mount")

    monkeypatch.setattr("deskhand.base.mail.services.composing.open_attachment", away)
    mail = make_outgoing(chatter_message=message)

    send_mails(at=now())

    mail.refresh_from_db()
    assert (mail.state, other_server.mails) == (WorkState.WAITING, [])
    assert "no such mount" in mail.last_error


def test_two_workers_send_a_mail_once(other_server):
    mail = make_outgoing()
    assert OutgoingMail.objects.claim(mail.pk, at=now())

    send_mails(at=now())

    assert other_server.mails == []


def test_a_batch_that_a_slow_server_holds_up_is_given_back_before_another_worker_takes_it_for_abandoned(
    other_server, monkeypatch
):
    first, second = make_outgoing(), make_outgoing()
    times = iter([0, 0, CLAIM_EXPIRES_AFTER.total_seconds() - 1])
    monkeypatch.setattr(sending, "monotonic", lambda: next(times))

    assert send_mails(at=now()) == 2

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.attempts) == (WorkState.DONE, WorkState.WAITING, 0)
    assert [mail["To"].addresses[0].addr_spec for mail in other_server.mails] == [first.to_address]


def test_a_mail_of_a_dead_worker_is_sent_by_another(other_server):
    mail = make_outgoing()
    OutgoingMail.objects.claim(mail.pk, at=now())

    send_mails(at=now() + CLAIM_EXPIRES_AFTER + timedelta(seconds=1))

    assert len(other_server.mails) == 1


def test_a_failed_mail_is_sent_again_to_the_contacts_present_address(other_server):
    other_server.answers["RCPT"] = ["550 5.1.1 No such user here"]
    contact = make_contact(email="wrong@kunde.example")
    mail = make_outgoing(to_contact=contact, to_address=contact.email)
    send_mails(at=now())
    contact.email = "right@kunde.example"
    contact.save()

    send_again(mail.pk, at=now())
    send_mails(at=now())

    mail.refresh_from_db()
    assert (mail.state, mail.to_address) == (WorkState.DONE, "right@kunde.example")


def test_what_was_sent_or_waits_is_not_sent_again(other_server):
    waiting = make_outgoing()

    with pytest.raises(NotFailedToSend):
        send_again(waiting.pk, at=now())


def test_what_bounced_has_no_text_left_to_send_again():
    bounced = make_outgoing(state=WorkState.FAILED, html="", text="")

    with pytest.raises(NothingLeftToSend):
        send_again(bounced.pk, at=now())

    bounced.refresh_from_db()
    assert bounced.state == WorkState.FAILED


def test_the_delivery_of_messages_is_told_in_one_query(django_assert_num_queries):
    record = make_company()
    first, second, third = (post_message(record, Draft(html="<p>Hi</p>", author=None), at=now()) for _ in range(3))
    make_outgoing(chatter_message=first, state=WorkState.DONE, to_address="a@x.example")
    make_outgoing(chatter_message=first, state=WorkState.FAILED, to_address="b@x.example", last_error="No such user")
    make_outgoing(chatter_message=second, last_error="Greylisted")

    with django_assert_num_queries(1):
        told = delivery_of([first.pk, second.pk, third.pk])

    assert told[first.pk].sent == ["a@x.example"]
    assert [(mail.address, mail.reason) for mail in told[first.pk].failed] == [("b@x.example", "No such user")]
    assert [mail.reason for mail in told[second.pk].troubled] == ["Greylisted"]
    assert third.pk not in told


def test_a_name_of_two_lines_is_no_other_header(other_server):
    make_outgoing(to_name="Ada\r\nBcc: eve@elsewhere.example", from_name="Care\nX-Evil: yes")

    send_mails(at=now())

    (sent,) = other_server.mails
    assert (sent["Bcc"], sent["X-Evil"]) == (None, None)
    assert sent["To"].addresses[0].display_name == "Ada Bcc: eve@elsewhere.example"
    assert sent["From"].addresses[0].display_name == "Care X-Evil: yes"


@pytest.mark.parametrize(
    "subject",
    [
        "Oven",
        "We received your request: Kettle hums — with picture (#00404)",
        "Rückfrage zur Energieverbrauchskennzeichnungsverordnung für gewerbliche Spülmaschinen " * 3,
        "洗碗机漏水" * 20,
        "A long subject that has nothing but plain letters and goes on for more than one line of a mail, as it may",
    ],
)
def test_a_subject_begins_on_its_own_line(subject: str) -> None:
    raw = compose(make_outgoing(subject=subject.strip())).message().as_bytes()

    begin = next(line for line in raw.splitlines() if line.startswith(b"Subject:"))
    assert begin.removeprefix(b"Subject:").strip()
    assert max(len(line) for line in raw.splitlines()) <= 998
    assert message_from_bytes(raw, policy=default)["Subject"] == subject.strip()
