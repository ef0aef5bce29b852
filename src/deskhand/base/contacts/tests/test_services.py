from __future__ import annotations

import pytest

from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.services import (
    ContactInUse,
    NewContact,
    NotACompany,
    contact_of_sender,
    contact_of_typed,
    create_contact,
    delete_contact,
    name_from_address,
)
from deskhand.base.contacts.testing import make_contact

pytestmark = pytest.mark.django_db


def test_a_sender_is_recognised_by_the_address_whatever_its_capitals() -> None:
    company = make_company()
    known = make_contact(email="ada@kunde.example")

    assert contact_of_sender(email="ADA@Kunde.example", name="Somebody", company=company) == known


def test_an_unknown_sender_becomes_a_contact_of_the_company() -> None:
    company = make_company()

    made = contact_of_sender(email="Erik.Solberg@kunde.example", name="", company=company)

    assert (made.name, made.email, made.company) == ("Erik Solberg", "erik.solberg@kunde.example", company)


def test_a_sender_known_to_another_company_only_is_unknown_here() -> None:
    theirs = make_contact(email="ada@kunde.example", company=make_company())

    assert contact_of_sender(email="ada@kunde.example", name="Ada", company=make_company()) != theirs


def test_an_archived_contact_answers_only_for_an_address_nobody_else_has() -> None:
    company = make_company()
    archived = make_contact(email="ada@kunde.example", is_active=False)
    assert contact_of_sender(email="ada@kunde.example", name="", company=company) == archived

    active = make_contact(email="ada@kunde.example")
    assert contact_of_sender(email="ada@kunde.example", name="", company=company) == active


def test_what_is_typed_is_an_address_or_a_name_or_nothing() -> None:
    company = make_company()
    ada = make_contact(name="Ada Lovelace", email="ada@kunde.example")

    assert contact_of_typed("ada lovelace", company=company) == ada
    assert contact_of_typed(" ADA@kunde.example ", company=company) == ada
    assert contact_of_typed("  ", company=company) is None
    made = contact_of_typed("Zoe", company=company)
    assert made is not None
    assert (made.name, made.email) == ("Zoe", "")


def test_a_typed_name_with_an_address_is_both():
    company = make_company()

    both = contact_of_typed("Zoë Hall <Zoe@Hall.example>", company=company)
    neither = contact_of_typed("Zoë @ Hall", company=company)

    assert (both.name, both.email) == ("Zoë Hall", "zoe@hall.example")
    assert (neither.name, neither.email) == ("Zoë @ Hall", "")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("erik.solberg@x.example", "Erik Solberg"),
        ("ERIK_solberg@x.example", "Erik Solberg"),
        ("@x.example", "@x.example"),
    ],
)
def test_a_name_is_guessed_from_an_address(address: str, name: str) -> None:
    assert name_from_address(address) == name


def test_nobody_belongs_to_a_person() -> None:
    person = make_contact()

    with pytest.raises(NotACompany):
        create_contact(NewContact(name="Ada", parent=person))

    assert not Contact.objects.filter(name="Ada").exists()


def test_the_people_of_a_deleted_company_stay() -> None:
    firm = make_contact(is_company=True)
    ada = make_contact(parent=firm)

    delete_contact(firm.pk)

    ada.refresh_from_db()
    assert ada.parent is None


def test_a_contact_that_signs_in_is_not_deleted() -> None:
    user = make_agent()

    with pytest.raises(ContactInUse):
        delete_contact(user.contact_id)

    assert Contact.objects.filter(pk=user.contact_id).exists()


def test_customers_see_only_themselves() -> None:
    customer = make_portal_user()
    make_contact()

    assert list(Contact.objects.visible_to(customer)) == [customer.contact]
