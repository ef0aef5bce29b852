"""Customers make an account by themselves: by the link in a mail, and so that nobody learns who has one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from deskhand.base.accounts.enums import AuditKind, SignUp, UserKind
from deskhand.base.accounts.models import AuditEntry, User
from deskhand.base.accounts.services import (
    NewUser,
    allow_sign_up,
    ask_to_sign_up,
    deactivate_user,
    grant_portal_access,
    invite_user,
    sign_up_of,
)
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_settings_admin
from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.public import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db
PAGE, SENT = "/account/sign-up/", "/account/sign-up/sent/"
CHOSEN = {"name": "Ada Lind", "password1": "a long way home 7", "password2": "a long way home 7"}


@pytest.fixture(autouse=True)
def _no_counts_of_other_tests() -> None:
    cache.clear()


@pytest.fixture
def company() -> Company:
    made = make_company(name="Nordlys Home AS")
    allow_sign_up(made, SignUp.FREE)
    return made


def mailed_link() -> str:
    found = re.search(r"/account/sign-up/[^/\s]+/", str(mail.outbox[-1].body))
    assert found
    return found[0]


def ask(address: str) -> str:
    """Where one who asks is led to."""
    return Client().post(PAGE, {"email": address}).headers["Location"]


def test_a_stranger_confirms_the_address_and_is_in(company):
    assert ask("Ada@Lind.example") == SENT
    assert not User.objects.exists()

    client = Client()
    response = client.post(mailed_link(), CHOSEN)

    user = User.objects.get()
    assert (user.email, user.name, user.kind, user.company) == (
        "ada@lind.example",
        "Ada Lind",
        UserKind.PORTAL,
        company,
    )
    assert response.headers["Location"] == "/"
    assert client.get("/my/").status_code == 200
    assert AuditEntry.objects.filter(user=user, kind=AuditKind.SIGNED_UP).exists()


def test_the_contact_with_the_address_becomes_theirs(company):
    contact = make_contact(email="ada@lind.example", company=company, name="A. Lind")
    ask("ada@lind.example")
    link = mailed_link()

    assert 'value="A. Lind"' in Client().get(link).content.decode()
    Client().post(link, CHOSEN)

    assert User.objects.get().contact == contact
    assert Contact.objects.get(pk=contact.pk).name == "Ada Lind"


def test_an_archived_contact_comes_back_with_its_owner(company):
    contact = make_contact(email="ada@lind.example", company=company, is_active=False)
    ask("ada@lind.example")

    Client().post(mailed_link(), CHOSEN)

    assert User.objects.get().contact == contact
    assert Contact.objects.get(pk=contact.pk).is_active


def test_a_contact_of_another_company_or_that_was_merged_is_nobody_s(company):
    foreign = make_contact(email="ada@lind.example", company=make_company())
    survivor = make_contact(company=company)
    merged = make_contact(email="ada@lind.example", company=company, is_active=False, merged_into=survivor)
    ask("ada@lind.example")

    Client().post(mailed_link(), CHOSEN)

    assert User.objects.get().contact not in (foreign, merged)


def test_the_answer_is_the_same_for_known_and_unknown_addresses(company):
    make_portal_user(company, email="known@lind.example")
    make_agent(company, email="agent@nordlys.example")

    answers = {ask(address) for address in ("known@lind.example", "agent@nordlys.example", "new@lind.example")}

    assert answers == {SENT}
    assert [message.to[0] for message in mail.outbox] == [
        "known@lind.example",
        "agent@nordlys.example",
        "new@lind.example",
    ]
    assert "You have one already" in mail.outbox[0].body
    assert "/account/sign-up/" not in mail.outbox[1].body


def test_an_archived_user_gets_neither_mail_nor_account(company):
    user = make_portal_user(company, email="gone@lind.example")
    ask_to_sign_up("gone@lind.example", company=company)
    deactivate_user(user.pk, by=make_settings_admin(company))
    mail.outbox.clear()

    assert ask("gone@lind.example") == SENT
    assert not mail.outbox


def test_who_was_invited_may_sign_up_instead(company):
    contact = make_contact(email="ada@lind.example", company=company)
    grant_portal_access(contact.pk, by=make_agent(company), at=now())
    ask("ada@lind.example")

    Client().post(mailed_link(), CHOSEN)

    user = User.objects.get(email="ada@lind.example")
    assert (user.contact, user.name) == (contact, "Ada Lind")
    assert user.invitation.accepted_at is not None


def test_an_invited_colleague_does_not_come_in_by_signing_up(company):
    new = NewUser(email="new@nordlys.example", name="New", company=company, kind=UserKind.INTERNAL)
    invite_user(new, by=None, at=now())
    mail.outbox.clear()

    ask("new@nordlys.example")

    assert "/account/sign-up/" not in mail.outbox[0].body


def test_the_link_works_once(company):
    ask("ada@lind.example")
    link = mailed_link()
    Client().post(link, CHOSEN)

    again = Client().post(link, CHOSEN | {"name": "Eve"})

    assert again.status_code == 404
    assert User.objects.get().name == "Ada Lind"


def test_an_old_or_altered_link_makes_nothing(company):
    ask("ada@lind.example")
    link = mailed_link()

    assert Client().post(link[:-2] + "x/", CHOSEN).status_code == 404
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        assert Client().post(link, CHOSEN).status_code == 404
    assert not User.objects.exists()


def test_a_weak_password_is_refused_beside_its_field(company):
    ask("ada@lind.example")

    response = Client().post(mailed_link(), CHOSEN | {"password1": "1234", "password2": "1234"})

    assert response.status_code == 422
    assert not User.objects.exists()


@pytest.mark.parametrize("of", [SignUp.INVITED, SignUp.CUSTOMERS])
def test_where_a_company_does_not_let_everybody_there_is_no_page(company, of):
    allow_sign_up(company, of)

    assert Client().get(PAGE).status_code == 404
    assert Client().post(PAGE, {"email": "ada@lind.example"}).status_code == 404
    assert "Create an account" not in Client().get("/account/login/").content.decode()
    assert not mail.outbox


def test_the_sign_in_page_offers_it_where_it_is_open(company):
    assert "Create an account" in Client().get("/account/login/").content.decode()


def test_one_of_several_companies_is_chosen(company):
    other = make_company(name="Aurora AS")
    allow_sign_up(other, SignUp.FREE)
    client = Client()
    assert client.post(PAGE, {"email": "ada@lind.example"}).status_code == 422

    client.post(PAGE, {"email": "ada@lind.example", "company": other.pk})
    client.post(mailed_link(), CHOSEN)

    assert User.objects.get().company == other


def test_by_default_only_customers_with_a_ticket_make_an_account():
    assert sign_up_of(make_company()) == SignUp.CUSTOMERS


def test_nobodys_mailbox_is_filled(company):
    for _ in range(4):
        assert ask("ada@lind.example") == SENT

    assert len(mail.outbox) == 3


def test_one_place_asks_ten_times_an_hour(company):
    for number in range(10):
        ask(f"ada{number}@lind.example")

    assert Client().post(PAGE, {"email": "one@more.example"}).status_code == 429
    assert len(mail.outbox) == 10


def test_administrators_choose_who_may_sign_up(company):
    client = Client()
    client.force_login(make_settings_admin(company))

    page = client.get("/settings/").content.decode()

    assert "Customers with a ticket: by the link in our mails" in page
    assert re.search(r'value="free"[^>]*checked', page)
