"""Portal access, given and taken by those who work with customers."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.accounts.models import Invitation, User
from deskhand.base.accounts.services import (
    AddressTaken,
    ContactHasNoAddress,
    ContactIsMerged,
    HasAccess,
    HasNoAccess,
    WorksHere,
    grant_portal_access,
    revoke_portal_access,
)
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_user
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.public import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts_of_other_tests() -> None:
    cache.clear()


@pytest.fixture
def agent() -> User:
    return make_agent(make_company())


@pytest.fixture
def contact(agent: User) -> Contact:
    return make_contact(name="Ada Lind", email="ada@lind.example", company=agent.company)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def come_in(user: User) -> None:
    User.objects.filter(pk=user.pk).update(last_login=now())


def test_an_invitation_makes_a_portal_user_of_the_contact(agent, contact):
    user = grant_portal_access(contact.pk, by=agent, at=now())

    assert (user.contact, user.kind, user.email) == (contact, UserKind.PORTAL, "ada@lind.example")
    assert "/account/invitation/" in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["ada@lind.example"]


def test_who_never_came_in_gets_a_new_link_at_the_address_of_now(agent, contact):
    grant_portal_access(contact.pk, by=agent, at=now())
    Contact.objects.filter(pk=contact.pk).update(email="right@lind.example")

    user = grant_portal_access(contact.pk, by=agent, at=now())

    assert user.email == "right@lind.example"
    assert mail.outbox[-1].to == ["right@lind.example"]
    assert User.objects.filter(kind=UserKind.PORTAL).count() == 1


def test_who_came_in_has_access_and_the_address_to_sign_in_with_stays(agent, contact):
    come_in(grant_portal_access(contact.pk, by=agent, at=now()))
    Contact.objects.filter(pk=contact.pk).update(email="eve@lind.example")

    with pytest.raises(HasAccess):
        grant_portal_access(contact.pk, by=agent, at=now())

    assert User.objects.get(contact=contact).email == "ada@lind.example"


def test_a_contact_without_an_address_is_not_invited(agent):
    contact = make_contact(email="", company=agent.company)

    with pytest.raises(ContactHasNoAddress):
        grant_portal_access(contact.pk, by=agent, at=now())

    assert not User.objects.filter(contact=contact).exists()


def test_colleagues_and_merged_contacts_are_not_invited(agent, contact):
    with pytest.raises(WorksHere):
        grant_portal_access(agent.contact_id, by=agent, at=now())
    merged = make_contact(email="x@y.example", merged_into=contact, is_active=False)
    with pytest.raises(ContactIsMerged):
        grant_portal_access(merged.pk, by=agent, at=now())
    assert not mail.outbox


def test_an_address_signs_in_once(agent, contact):
    make_portal_user(agent.company, email="ada@lind.example")
    other = make_contact(email="ada@lind.example", company=agent.company)

    with pytest.raises(AddressTaken):
        grant_portal_access(other.pk, by=agent, at=now())

    assert not User.objects.filter(contact=other).exists()


def test_an_open_invitation_that_is_revoked_opens_nothing(agent, contact):
    grant_portal_access(contact.pk, by=agent, at=now())

    user = revoke_portal_access(contact.pk, by=agent)

    assert not user.is_active
    assert not Invitation.objects.filter(user=user).exists()


def test_access_that_is_revoked_ends_at_once_and_comes_back_with_the_same_password(agent, contact):
    user = grant_portal_access(contact.pk, by=agent, at=now())
    come_in(user)
    client = signed_in(user)
    assert client.get("/my/").status_code == 200

    revoke_portal_access(contact.pk, by=agent)

    assert client.get("/my/").status_code == 302
    grant_portal_access(contact.pk, by=agent, at=now())
    assert User.objects.get(pk=user.pk).is_active
    assert "you can sign in" in mail.outbox[-1].body


def test_what_is_not_there_is_not_revoked(agent, contact):
    with pytest.raises(HasNoAccess):
        revoke_portal_access(contact.pk, by=agent)
    with pytest.raises(WorksHere):
        revoke_portal_access(agent.contact_id, by=agent)
    assert User.objects.get(pk=agent.pk).is_active


# ---- pages ----------------------------------------------------------------------------------------------------------


def test_the_contact_page_says_who_has_access_and_offers_it(agent, contact):
    client, page = signed_in(agent), reverse("contacts:contact", args=[contact.pk])
    assert "Grant portal access" in client.get(page).content.decode()

    client.post(reverse("accounts:portal-access", args=[contact.pk]))

    html = client.get(page).content.decode()
    assert "Send the invitation again" in html
    assert "has not been there yet" in html
    come_in(User.objects.get(contact=contact))
    html = client.get(page).content.decode()
    assert "Signs in to see their own tickets." in html
    assert "Revoke portal access" in html
    assert "Grant portal access" not in html


def test_a_refusal_is_said_on_a_page(agent):
    contact = make_contact(email="", company=agent.company)

    response = signed_in(agent).post(reverse("accounts:portal-access", args=[contact.pk]))

    assert response.status_code == 422
    assert "Enter a mail address first" in response.content.decode()


@pytest.mark.parametrize("door", ["accounts:portal-access", "accounts:portal-revocation"])
def test_only_those_who_deal_with_customers_give_and_take_access(agent, contact, door):
    user = grant_portal_access(contact.pk, by=agent, at=now())
    path = reverse(door, args=[contact.pk])

    assert signed_in(make_user(company=agent.company, role=Role.NONE)).post(path).status_code == 403
    assert signed_in(make_portal_user(agent.company)).post(path).status_code == 403
    assert signed_in(make_agent(make_company())).post(path).status_code == 404
    assert User.objects.get(pk=user.pk).is_active
    assert len(mail.outbox) == 1


def test_many_are_invited_at_once_and_those_who_cannot_be_are_named(agent, contact):
    mute = make_contact(name="Mute", email="", company=agent.company)
    data = {"action": "grant-portal-access", "pk": [contact.pk, mute.pk]}

    response = signed_in(agent).post(reverse("contacts:list-mass"), data, follow=True)

    assert User.objects.filter(contact=contact).exists()
    assert not User.objects.filter(contact=mute).exists()
    assert "Enter a mail address first" in response.content.decode()


def test_access_is_taken_from_many_at_once(agent, contact):
    grant_portal_access(contact.pk, by=agent, at=now())

    signed_in(agent).post(reverse("contacts:list-mass"), {"action": "revoke-portal-access", "pk": [contact.pk]})

    assert not User.objects.get(contact=contact).is_active


def test_the_list_says_who_was_invited_and_who_has_been_there(agent, contact):
    user = grant_portal_access(contact.pk, by=agent, at=now())
    client = signed_in(agent)

    def said() -> str:
        page = client.get(reverse("contacts:list"), {"q": contact.name}).content.decode()
        return " ".join(name for name in ("Invited", "Portal") if f"{name}</span>" in page)

    assert said() == "Invited"
    assert "To the portal; has not been there yet." in client.get(reverse("contacts:list")).content.decode()

    User.objects.filter(pk=user.pk).update(last_login=now())
    assert said() == "Portal"

    revoke_portal_access(contact.pk, by=agent)
    assert said() == ""
