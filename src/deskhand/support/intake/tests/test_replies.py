"""Answers find their ticket by token, headers or number, and their author by From (IN-4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskhand.base.accounts.testing import make_agent
from deskhand.base.chatter.public import Message, MessageKind, add_followers, followers_of
from deskhand.base.contacts.testing import make_contact
from deskhand.base.mail.public import IncomingMail, Outcome, OutgoingMail
from deskhand.base.mail.testing import deliver, make_mail, reply_address
from deskhand.kit.clock import now
from deskhand.support.intake.models import TeamAlias
from deskhand.support.intake.testing import make_acknowledging_alias
from deskhand.support.tickets.public import REPLY_RULES, Ticket, move_ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_draft

pytestmark = pytest.mark.django_db
CUSTOMER = "olena@kunde.example"


@pytest.fixture
def alias() -> TeamAlias:
    return make_acknowledging_alias()


@pytest.fixture
def ticket(alias: TeamAlias) -> Ticket:
    """A ticket that a customer made by mail and that was acknowledged."""
    deliver(make_mail(to=alias.address, sender=CUSTOMER), to=alias.address)
    return Ticket.objects.select_related("customer", "team__company").get()


def last_mail_to(address: str) -> OutgoingMail:
    return OutgoingMail.objects.filter(to_address=address).latest("pk")


def newest_message(ticket: Ticket) -> Message:
    return Message.objects.of(ticket).exclude(kind=MessageKind.TRACK).latest("pk")


def test_an_answer_to_the_signed_reply_address_joins(alias, ticket):
    address = last_mail_to(CUSTOMER).reply_to

    received = deliver(make_mail(to=address, sender=CUSTOMER, text="Still dark."), to=address.upper())

    message = newest_message(ticket)
    assert (received.outcome, received.object_id) == (Outcome.JOINED, ticket.pk)
    assert (message.author, message.from_internal, message.via) == (ticket.customer, False, "mail")
    assert "reply address" in message.reason
    assert message.reason == received.explanation
    assert Ticket.objects.count() == 1


def test_an_answer_by_headers_to_our_mail_joins(alias, ticket):
    ours = last_mail_to(CUSTOMER).message_id

    received = deliver(make_mail(to=alias.address, sender=CUSTOMER, in_reply_to=f"<{ours}>"), to=alias.address)

    assert (received.outcome, received.object_id) == (Outcome.JOINED, ticket.pk)
    assert "answers a mail" in newest_message(ticket).reason


def test_an_answer_by_references_to_the_customers_own_mail_joins(alias, ticket):
    theirs = Message.objects.of(ticket).exclude(message_id="").get().message_id

    references = f"<unknown@kunde.example> <{theirs}>"
    received = deliver(make_mail(to=alias.address, sender=CUSTOMER, references=references), to=alias.address)

    assert (received.outcome, received.object_id) == (Outcome.JOINED, ticket.pk)


def test_a_number_in_the_subject_joins_for_somebody_who_takes_part(alias, ticket):
    subject = f"News about {ticket.reference}?"

    received = deliver(make_mail(to=alias.address, sender=CUSTOMER, subject=subject), to=alias.address)

    assert (received.outcome, received.object_id) == (Outcome.JOINED, ticket.pk)
    assert ticket.reference in newest_message(ticket).reason


def test_a_number_in_the_subject_opens_a_new_ticket_for_a_stranger(alias, ticket):
    received = deliver(
        make_mail(to=alias.address, sender="eve@else.example", subject=ticket.reference), to=alias.address
    )

    assert received.outcome == Outcome.CREATED
    assert received.object_id != ticket.pk


def test_the_token_goes_before_the_headers_and_these_before_the_number(alias, ticket):
    """The order of RULES, *Visibility and mail*, where a mail points to three tickets."""
    for number in range(2):
        mail = make_mail(to=alias.address, sender=CUSTOMER, subject=f"Another {number}")
        deliver(mail, to=alias.address)
    by_token, by_headers, by_number = Ticket.objects.order_by("pk")
    token = OutgoingMail.objects.get(object_id=by_token.pk).reply_to
    said = {
        "sender": CUSTOMER,
        "in_reply_to": f"<{OutgoingMail.objects.get(object_id=by_headers.pk).message_id}>",
        "subject": f"Re: {by_number.reference}",
    }

    first = deliver(make_mail(to=token, **said), to=token)
    second = deliver(make_mail(to=alias.address, **said), to=alias.address)

    assert [first.object_id, second.object_id] == [by_token.pk, by_headers.pk]


@pytest.mark.parametrize("position", [0, 5, -1])
def test_an_altered_token_is_no_token(alias, ticket, position):
    local, _, domain = last_mail_to(CUSTOMER).reply_to.partition("@")
    prefix, _, token = local.partition("+")
    changed = list(token)
    changed[position] = "a" if changed[position] != "a" else "b"
    address = f"{prefix}+{''.join(changed)}@{domain}"

    received = deliver(make_mail(to=address, sender="eve@else.example"), to=address)

    assert received.outcome == Outcome.CREATED
    assert received.object_id != ticket.pk


def test_somebody_else_who_answers_becomes_the_author_and_follows(alias, ticket):
    address = last_mail_to(CUSTOMER).reply_to

    deliver(make_mail(to=address, sender="Petro <petro@kunde.example>"), to=address)

    message = newest_message(ticket)
    assert message.author is not None
    assert (message.author.name, message.author.email) == ("Petro", "petro@kunde.example")
    assert message.author.pk in followers_of(ticket)


def test_the_quote_is_folded_away(alias, ticket):
    address = last_mail_to(CUSTOMER).reply_to
    text = "The fuse is in.\n\nOn Mon, 16 Nov 2026 at 10:12, Care <care@nordlys.example> wrote:\n> Check the fuse.\n"

    deliver(make_mail(to=address, sender=CUSTOMER, subject="Re: Oven", text=text), to=address)

    message = newest_message(ticket)
    assert "The fuse is in." in message.body_html
    assert "Check the fuse." not in message.body_html
    assert "Check the fuse." in message.quote_html


def test_the_same_answer_twice_joins_once(alias, ticket):
    address = last_mail_to(CUSTOMER).reply_to
    mail = make_mail(to=address, sender=CUSTOMER)
    deliver(mail, to=address)
    count = Message.objects.count()

    again = deliver(b"Received: by another.way.example\r\n" + mail.as_bytes(), to=address)

    assert (again.outcome, again.object_id) == (Outcome.DUPLICATE, ticket.pk)
    assert Message.objects.count() == count


def test_an_agent_who_answers_a_notification_writes_to_the_customer(alias, ticket):
    agent = make_agent(alias.team.company)
    add_followers(ticket, [agent.contact_id])
    reply_to_ticket(ticket.pk, make_draft("Still dark.", author=ticket.customer), at=now())
    notification = last_mail_to(agent.email)
    OutgoingMail.objects.filter(to_address=CUSTOMER).delete()

    deliver(make_mail(to=notification.reply_to, sender=agent.email, text="Is the fuse in?"), to=notification.reply_to)

    message = newest_message(ticket)
    assert (message.author, message.from_internal, message.kind) == (agent.contact, True, MessageKind.MESSAGE)
    assert "Is the fuse in?" in last_mail_to(CUSTOMER).text


def test_a_forged_agent_reaches_no_customer(alias, ticket):
    """Anybody can write anybody's address into a From line; only who got our mail knows its token."""
    agent = make_agent(alias.team.company)
    add_followers(ticket, [agent.contact_id])
    OutgoingMail.objects.all().delete()

    deliver(make_mail(to=alias.address, sender=agent.email, subject=f"Re: {ticket.reference}"), to=alias.address)

    message = newest_message(ticket)
    assert (message.kind, message.from_internal) == (MessageKind.NOTE, False)
    assert "not sent on" in message.reason
    assert not OutgoingMail.objects.exists()


def test_a_customer_with_a_colleagues_token_is_still_the_customer(alias, ticket):
    agent = make_agent(alias.team.company)
    address = reply_address(alias.address, ticket, agent.contact_id)

    deliver(make_mail(to=address, sender=CUSTOMER), to=address)

    message = newest_message(ticket)
    assert (message.author, message.from_internal) == (ticket.customer, False)


def test_followers_who_got_the_mail_from_the_sender_get_no_second_one(alias, ticket):
    copied, follower = make_contact(), make_contact()
    add_followers(ticket, [follower.pk])
    address = last_mail_to(CUSTOMER).reply_to

    deliver(make_mail(to=address, sender=CUSTOMER, cc=copied.email), to=address)

    assert copied.pk in followers_of(ticket)
    assert not OutgoingMail.objects.filter(to_contact=copied).exists()
    assert OutgoingMail.objects.filter(to_contact=follower).count() == 1


def test_an_answer_to_an_alias_that_was_switched_off_still_arrives(alias, ticket):
    TeamAlias.objects.update(is_enabled=False)
    address = last_mail_to(CUSTOMER).reply_to

    received = deliver(make_mail(to=address, sender=CUSTOMER), to=address)

    assert received.outcome == Outcome.JOINED


def test_an_answer_too_long_after_closing_opens_a_linked_ticket(alias, ticket, monkeypatch):
    solved = alias.team.stages.get(name="Solved")
    move_ticket(ticket.pk, solved.pk, by=None, at=now())
    monkeypatch.setattr(REPLY_RULES, "_panels", [(50, lambda closed, at: True)])
    address = last_mail_to(CUSTOMER).reply_to

    received = deliver(make_mail(to=address, sender=CUSTOMER), to=address, at=now() + timedelta(days=40))

    made = Ticket.objects.latest("pk")
    assert (received.outcome, received.object_id) == (Outcome.CREATED, made.pk)
    assert made.pk != ticket.pk
    assert ticket.reference in newest_message_from(made, ticket.customer).reason
    assert made.reference in Message.objects.of(ticket).latest("pk").body_html


def newest_message_from(ticket: Ticket, author: object) -> Message:
    return Message.objects.of(ticket).public().filter(author=author).latest("pk")


def test_mails_of_a_conversation_refer_to_each_other(alias, ticket):
    theirs = Message.objects.of(ticket).exclude(message_id="").get().message_id
    acknowledgment = last_mail_to(CUSTOMER)
    agent = make_agent(alias.team.company)

    reply_to_ticket(ticket.pk, make_draft(author=agent.contact, from_internal=True), at=now())

    answer = last_mail_to(CUSTOMER)
    assert answer.in_reply_to == acknowledgment.message_id
    assert answer.references.split() == [theirs, acknowledgment.message_id]
    assert not answer.is_automatic


def test_a_reply_finds_its_original_in_the_list_of_mails(alias, ticket):
    address = last_mail_to(CUSTOMER).reply_to
    deliver(make_mail(to=address, sender=CUSTOMER), to=address)

    assert IncomingMail.objects.of(ticket).count() == 2
