"""What customers keep up to date themselves: who they are, where they are, and the language they read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.models import User
from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.contacts.public import Contact, ContactAddress
from deskhand.base.contacts.testing import make_contact

pytestmark = pytest.mark.django_db

PROFILE = {
    "name": "Ada Lind",
    "phone": "+47 22 00 00 00",
    "street": "Storgata 1",
    "postal_code": "0155",
    "city": "Oslo",
    "country": "NO",
    "language": "en",
    "time_zone": "Europe/Oslo",
    "theme": "dark",
}
ADDRESS = {"kind": "invoice", "street": "Kaigata 4", "postal_code": "5015", "city": "Bergen", "country": "NO"}
LANGUAGES = [("en", "English"), ("de", "German"), ("ar", "Arabic")]


@pytest.fixture
def customer() -> User:
    return make_portal_user()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_what_a_customer_says_stands_on_the_contact(customer):
    response = signed_in(customer).post(reverse("accounts:preferences"), PROFILE)

    contact, user = Contact.objects.get(pk=customer.contact_id), User.objects.get(pk=customer.pk)
    assert response.status_code == 302
    assert (contact.name, contact.phone, contact.city, contact.country) == ("Ada Lind", "+47 22 00 00 00", "Oslo", "NO")
    assert (user.name, user.time_zone, user.theme) == ("Ada Lind", "Europe/Oslo", "dark")


def test_a_customer_changes_neither_address_to_sign_in_with_nor_company_nor_notes(customer):
    firm = make_contact(name="Brauhaus GmbH", is_company=True)
    Contact.objects.filter(pk=customer.contact_id).update(parent=firm, note="VIP")
    forged = PROFILE | {"email": "eve@e.example", "parent": "", "note": "x", "kind": "internal", "signature": "x"}

    signed_in(customer).post(reverse("accounts:preferences"), forged)

    contact, user = Contact.objects.get(pk=customer.contact_id), User.objects.get(pk=customer.pk)
    assert (contact.parent, contact.note) == (firm, "VIP")
    assert (user.email, user.kind, user.signature) == (customer.email, "portal", "")
    assert "You write to us for Brauhaus GmbH." in signed_in(customer).get("/settings/preferences/").content.decode()


def test_a_country_that_is_none_is_refused_and_nothing_changes(customer):
    response = signed_in(customer).post(reverse("accounts:preferences"), PROFILE | {"country": "Atlantis"})

    assert response.status_code == 422
    assert Contact.objects.get(pk=customer.contact_id).city == ""


def test_further_addresses_are_added_changed_and_removed(customer):
    client, kept = signed_in(customer), ContactAddress.objects.filter(contact=customer.contact_id)
    client.post(reverse("accounts:new-own-address"), ADDRESS)
    address = kept.get()
    client.post(reverse("accounts:own-address", args=[address.pk]), ADDRESS | {"street": "Kaigata 5"})
    assert kept.get().street == "Kaigata 5"
    assert "Kaigata 5" in client.get(reverse("accounts:preferences")).content.decode()

    client.post(reverse("accounts:own-address-deletion", args=[address.pk]))

    assert not kept.exists()


def test_an_address_where_nobody_finds_is_refused(customer):
    response = signed_in(customer).post(reverse("accounts:new-own-address"), {"kind": "invoice", "name": "Ada"})

    assert response.status_code == 422
    assert not ContactAddress.objects.exists()


def test_addresses_of_others_are_nobodys(customer):
    foreign = ContactAddress.objects.create(contact=make_contact(), street="Elsewhere 1")
    client = signed_in(customer)

    assert client.get(reverse("accounts:own-address", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("accounts:own-address", args=[foreign.pk]), ADDRESS).status_code == 404
    assert client.post(reverse("accounts:own-address-deletion", args=[foreign.pk])).status_code == 404
    assert ContactAddress.objects.get().street == "Elsewhere 1"


def test_twenty_addresses_are_enough(customer):
    for number in range(20):
        ContactAddress.objects.create(contact=customer.contact, street=f"Street {number}")

    signed_in(customer).post(reverse("accounts:new-own-address"), ADDRESS)

    assert ContactAddress.objects.count() == 20


@pytest.mark.parametrize("count", [1, 3])
def test_the_profile_costs_the_same_for_one_and_three_addresses(customer, django_assert_num_queries, count):
    for number in range(count):
        ContactAddress.objects.create(contact=customer.contact, street=f"Street {number}")
    client = signed_in(customer)
    client.get(reverse("accounts:preferences"))

    with django_assert_num_queries(7):
        client.get(reverse("accounts:preferences"))


# ---- language -------------------------------------------------------------------------------------------------------


def login_page(client: Client, **headers: str) -> str:
    return client.get("/account/login/", headers=headers).content.decode()


def test_strangers_read_the_language_of_their_browser(settings: Any):
    settings.LANGUAGES = LANGUAGES

    assert '<html lang="de" dir="ltr"' in login_page(Client(), accept_language="de-AT,de;q=0.9")
    assert '<html lang="ar" dir="rtl"' in login_page(Client(), accept_language="ar")
    assert '<html lang="en" dir="ltr"' in login_page(Client(), accept_language="fi")


def test_strangers_choose_at_the_foot_of_the_page(settings: Any):
    settings.LANGUAGES = LANGUAGES
    client = Client()
    assert "Deutsch" in login_page(client)

    client.post(reverse("account_language"), {"language": "de", "next": "/account/login/"})

    assert '<html lang="de"' in login_page(client, accept_language="ar")


def test_who_has_an_account_reads_the_language_chosen_there(settings: Any, customer):
    settings.LANGUAGES = LANGUAGES
    User.objects.filter(pk=customer.pk).update(language="ar")

    response = signed_in(customer).get("/my/", headers={"accept-language": "de"})

    assert '<html lang="ar" dir="rtl"' in response.content.decode()
    assert response.headers["Content-Language"] == "ar"


def test_where_there_is_one_language_nothing_is_offered(settings: Any):
    settings.LANGUAGES = LANGUAGES[:1]

    page = login_page(Client(), accept_language="de")

    assert '<html lang="en"' in page
    assert "account/language/" not in page


def test_colleagues_have_no_such_address_pages():
    client = signed_in(make_agent())

    assert client.get(reverse("accounts:new-own-address")).status_code == 404
