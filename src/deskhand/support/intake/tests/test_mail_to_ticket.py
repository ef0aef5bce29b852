"""Mail to a team's alias makes a ticket (IN-3), once (IN-5), and its customer gets an answer (IN-6)."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from deskhand.base.accounts.testing import make_agent
from deskhand.base.chatter.public import Message, MessageKind, followers_of
from deskhand.base.contacts.public import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.base.mail.public import IncomingMail, Outcome, OutgoingMail, receive_mail
from deskhand.base.mail.testing import deliver, make_mail, read_mail
from deskhand.kit.clock import now
from deskhand.kit.work.models import WorkState
from deskhand.support.intake.testing import make_acknowledging_alias, make_alias
from deskhand.support.teams.public import Stage
from deskhand.support.tickets.public import Ticket, move_ticket

pytestmark = pytest.mark.django_db

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
PDF = b"%PDF-1.4\n%%EOF\n"


def with_picture_and_pdf(to: str) -> EmailMessage:
    mail = make_mail(to=to, text="See the picture.")
    mail.add_alternative('<p>See: <img src="cid:plate@customer"></p>', subtype="html")
    html = mail.get_payload()[1]  # type: ignore[index]
    html.add_related(PNG, "image", "png", cid="<plate@customer>", filename="plate.png")  # type: ignore[union-attr]
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="log.pdf")
    return mail


def test_subject_body_and_sender_become_title_description_and_customer():
    alias = make_alias()
    sender = "Olena Shevchenko <olena@kunde.example>"

    received = deliver(
        make_mail(to=alias.address, sender=sender, subject="Display dark", text="It stays dark."), to=alias.address
    )

    ticket = Ticket.objects.get()
    assert (ticket.title, ticket.team, ticket.channel) == ("Display dark", alias.team, "mail")
    assert "It stays dark." in ticket.description
    assert ticket.customer is not None
    assert (ticket.customer.name, ticket.customer.email) == ("Olena Shevchenko", "olena@kunde.example")
    assert (received.state, received.outcome) == (WorkState.DONE, Outcome.CREATED)
    assert (received.object_id, received.chatter_message) == (ticket.pk, Message.objects.of(ticket).public().get())
    assert alias.address in received.explanation


def test_a_known_sender_is_recognised_whatever_the_capitals():
    alias = make_alias()
    known = make_contact(email="olena@kunde.example")

    deliver(make_mail(to=alias.address, sender="OLENA <Olena@Kunde.Example>"), to=alias.address)

    assert Ticket.objects.get().customer == known
    assert Contact.objects.filter(email="olena@kunde.example").count() == 1


def test_pictures_show_in_the_text_and_files_are_kept():
    alias = make_alias()

    deliver(with_picture_and_pdf(alias.address), to=alias.address)

    message = Message.objects.public().get()
    picture, pdf = message.attachments.order_by("name").all()[1], message.attachments.order_by("name").all()[0]
    assert (pdf.name, pdf.size) == ("log.pdf", len(PDF))
    assert picture.url in message.body_html
    assert "cid:" not in message.body_html


def test_old_charsets_are_understood():
    alias = make_alias()
    raw = (
        b"From: =?iso-8859-1?Q?J=F6rg?= <joerg@kunde.example>\r\nTo: " + alias.address.encode() + b"\r\n"
        b"Subject: =?koi8-r?B?8NLJ18XU?=\r\nMessage-ID: <1@kunde.example>\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdfe aus K\xf6ln\r\n"
    )

    deliver(raw, to=alias.address)

    ticket = Ticket.objects.get()
    assert (ticket.title, ticket.customer_name) == ("Привет", "Jörg")
    assert "Grüße aus Köln" in ticket.description


def test_a_mail_without_text_makes_a_ticket_nevertheless():
    alias = make_alias()

    deliver(make_mail(to=alias.address, subject="Call me", text=""), to=alias.address)

    assert "no text" in Ticket.objects.get().description


@pytest.mark.parametrize("header", ["to", "cc"])
def test_known_contacts_in_to_and_copy_follow_and_own_aliases_never(header):
    alias, other = make_alias(), make_alias()
    known, stranger = make_contact(), "stranger@kunde.example"
    make_contact(email=other.address)
    copies = f"{known.email}, {stranger}, {other.address}"

    boxes = {"to": alias.address} | {header: f"{alias.address}, {copies}"}

    deliver(make_mail(**boxes), to=alias.address)

    ticket = Ticket.objects.get()
    assert ticket.customer is not None
    assert followers_of(ticket) == [ticket.customer.pk, known.pk]


def test_the_customer_gets_the_acknowledgment_with_a_personal_link_and_a_signed_reply_address():
    alias = make_acknowledging_alias()

    deliver(make_mail(to=alias.address, sender="olena@kunde.example", subject="Dark <b>"), to=alias.address)

    mail = OutgoingMail.objects.get()
    ticket = Ticket.objects.get()
    assert (mail.to_address, mail.from_address) == ("olena@kunde.example", alias.address)
    assert mail.reply_to.startswith(f"{alias.local_part}+")
    assert "View the ticket" in mail.html
    assert "/t/" in mail.text
    assert ticket.reference in mail.subject
    assert "Dark &lt;b&gt;" in mail.html
    assert mail.is_automatic
    assert "/t/" not in "".join(Message.objects.values_list("body_html", flat=True))


def test_the_acknowledgment_is_automatic_and_no_response():
    alias = make_acknowledging_alias()

    deliver(make_mail(to=alias.address), to=alias.address)

    automatic = Message.objects.public().get(via="automatic")
    assert (automatic.author, automatic.is_automatic) == (None, True)


def test_a_team_without_stage_mail_writes_nothing():
    alias = make_alias()

    deliver(make_mail(to=alias.address), to=alias.address)

    assert not OutgoingMail.objects.exists()


def test_the_same_delivery_twice_is_one_row():
    alias = make_alias()
    mail = make_mail(to=alias.address)

    first, second = deliver(mail, to=alias.address), deliver(mail, to=alias.address)

    assert first.pk == second.pk
    assert Ticket.objects.count() == 1


def test_the_same_message_by_two_ways_makes_one_ticket():
    alias = make_alias()
    mail = make_mail(to=alias.address)
    deliver(mail, to=alias.address)

    again = deliver(b"Received: by another.way.example\r\n" + mail.as_bytes(), to=alias.address)

    ticket = Ticket.objects.get()
    assert (again.outcome, again.object_id) == (Outcome.DUPLICATE, ticket.pk)
    assert ticket.reference in again.explanation
    assert Message.objects.of(ticket).public().count() == 1


def test_a_mail_to_two_teams_makes_a_ticket_in_each():
    care, repairs = make_alias(), make_alias()
    mail = make_mail(to=f"{care.address}, {repairs.address}")

    deliver(mail, to=[care.address, repairs.address])
    waiting = IncomingMail.objects.get(state=WorkState.WAITING)
    deliver(mail, to=waiting.recipients)

    assert [ticket.team for ticket in Ticket.objects.order_by("pk")] == [care.team, repairs.team]


def test_an_alias_that_is_switched_off_receives_nothing():
    alias = make_alias(is_enabled=False)

    received = deliver(make_mail(to=alias.address), to=alias.address)

    assert (received.state, received.outcome) == (WorkState.FAILED, Outcome.FAILED)
    assert alias.address in received.explanation
    assert not Ticket.objects.exists()


def test_a_team_without_stages_is_a_reason_that_is_kept_with_the_mail():
    alias = make_alias()
    Stage.objects.update(is_active=False)

    received = deliver(make_mail(to=alias.address, subject="Help"), to=alias.address)

    assert (received.outcome, received.subject) == (Outcome.FAILED, "Help")
    assert "no stages" in received.explanation
    assert not Ticket.objects.exists()


def test_stage_mails_go_out_each_time_a_stage_is_entered():
    alias = make_acknowledging_alias()
    first, second = alias.team.stages.all()[:2]
    agent = make_agent(alias.team.company)
    deliver(make_mail(to=alias.address), to=alias.address)
    ticket = Ticket.objects.get()

    move_ticket(ticket.pk, second.pk, by=agent, at=now())
    move_ticket(ticket.pk, first.pk, by=agent, at=now() + timedelta(minutes=1))

    assert OutgoingMail.objects.count() == 2
    assert Message.objects.of(ticket).filter(kind=MessageKind.MESSAGE, via="automatic").count() == 2


@pytest.mark.parametrize("known", [True, False])
def test_statements_per_mail_are_counted(django_assert_num_queries, known):
    """The budget of the goal of 100 mails a second: savepoints of nested services included."""
    alias = make_acknowledging_alias()
    if known:
        make_contact(email="olena@kunde.example")
    deliver(make_mail(to=alias.address), to=alias.address)
    mail = make_mail(to=alias.address, sender="olena@kunde.example")
    at = now()
    sender = "olena@kunde.example"
    received = receive_mail(raw=mail.as_bytes(), sender=sender, recipients=[alias.address], via="smtp", at=at)

    with django_assert_num_queries(39 if known else 40, exact=False):
        read_mail(received.pk, at=at)

    assert IncomingMail.objects.get(pk=received.pk).outcome == Outcome.CREATED
