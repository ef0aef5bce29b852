"""Mails and pages are in the language of who gets them."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from deskhand.base.accounts.public import User, grant_portal_access
from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.chatter.public import Draft, add_followers
from deskhand.base.contacts.public import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.base.mail.public import OutgoingMail
from deskhand.base.notifications.enums import Way
from deskhand.base.notifications.services.telling import choose_way
from deskhand.kit.clock import now
from deskhand.support.tickets.public import make_link_token, note_on_ticket, reply_to_ticket
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_each_recipient_of_a_message_gets_it_in_their_language() -> None:
    ticket = make_ticket(customer=make_contact(name="Gesche", email="gesche@x.example", language="de"))
    company, agent = ticket.team.company, make_agent(ticket.team.company)
    others = [make_contact(name="Ada", email="ada@x.example"), make_portal_user(company, email="zoe@x.example").contact]
    User.objects.filter(contact=others[1]).update(language="de")
    add_followers(ticket, [contact.pk for contact in others])

    with translation.override("en"):
        reply_to_ticket(ticket.pk, Draft(html="<p>Hei</p>", author=agent.contact, from_internal=True), at=now())

    mails = {one.to_address: one for one in OutgoingMail.objects.all()}
    assert set(mails) == {"gesche@x.example", "ada@x.example", "zoe@x.example"}
    for address, language, words in (
        ("gesche@x.example", "de", ["schrieb:", "Ticket ansehen"]),
        ("zoe@x.example", "de", ["schrieb:", "Ticket ansehen"]),
        ("ada@x.example", "en", ["wrote:", "View the ticket"]),
    ):
        assert f'<html lang="{language}"' in mails[address].html
        assert [word for word in words if word not in mails[address].html] == []
        assert f"{words[1]}: http" in mails[address].text


def test_a_new_password_is_offered_in_the_language_of_its_owner(client: Client) -> None:
    user = make_agent()
    User.objects.filter(pk=user.pk).update(language="de")

    client.post(reverse("account_reset_password"), {"email": user.email}, headers={"accept-language": "en"})

    assert mail.outbox[0].subject == "Neues Passwort wählen"
    assert "Guten Tag," in mail.outbox[0].body
    assert '<html lang="de"' in mail.outbox[0].alternatives[0][0]


def test_customers_are_invited_in_the_language_that_is_known_of_them() -> None:
    agent = make_agent()
    contact = make_contact(email="gesche@x.example", language="de", company=agent.company)

    user = grant_portal_access(contact.pk, by=agent, at=now())

    assert user.language == "de"
    assert mail.outbox[0].subject == f"Ihre Einladung zu {agent.company.public_name}"


def test_colleagues_are_notified_in_their_language() -> None:
    ticket = make_ticket()
    company = ticket.team.company
    told, by = make_agent(company), make_agent(company, name="Jonas Weber")
    User.objects.filter(pk=told.pk).update(language="de")
    choose_way(told, Way.MAIL)

    draft = Draft(html="<p>Hei</p>", author=by.contact, from_internal=True, mentions=(told.contact_id,))
    note_on_ticket(ticket.pk, draft, at=now())

    assert OutgoingMail.objects.get().subject.startswith("Hat Sie erwähnt:")


def test_a_customer_chooses_a_language_in_the_profile_and_reads_it_at_once(client: Client) -> None:
    user = make_portal_user()
    client.force_login(user)
    typed = {"name": "Zoe", "language": "de", "time_zone": "UTC", "theme": "auto"}

    page = client.post(reverse("accounts:preferences"), typed, follow=True).content.decode()

    assert "Ihre Einstellungen sind gespeichert." in page
    assert '<html lang="de"' in page
    assert Contact.objects.get(pk=user.contact_id).language == "de"


def test_who_follows_a_link_to_a_ticket_chooses_at_the_foot_of_the_page(client: Client) -> None:
    ticket = make_ticket()
    page = f"/t/{make_link_token(ticket.pk, ticket.customer_id, at=now())}/"

    client.post(reverse("account_language"), {"language": "de", "next": page})

    assert "Antwort senden" in client.get(page, follow=True).content.decode()
