from __future__ import annotations

import pytest
from django import forms
from django.test import Client

from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.pages.fields import ContactField
from deskhand.base.contacts.testing import make_contact

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    customer = ContactField(required=False)


def chosen(**data: str) -> Contact | None:
    form = Form(data)
    assert form.is_valid(), form.errors
    found: Contact | None = form.cleaned_data["customer"]
    return found


def refused(**data: str) -> str:
    form = Form(data)
    assert not form.is_valid()
    return str(form.errors["customer"][0])


# ---- the field ------------------------------------------------------------------------------------------------------


def test_who_was_picked_is_meant() -> None:
    ada = make_contact(name="Ada", email="ada@kunde.example")
    make_contact(name="Ada")

    assert chosen(customer="Ada", customer_shown="Ada", customer_key=str(ada.pk)) == ada


def test_other_text_than_what_was_picked_means_somebody_else() -> None:
    ada, bo = make_contact(name="Ada"), make_contact(name="Bo")

    assert chosen(customer="bo", customer_key=str(ada.pk), customer_shown="Ada") == bo


def test_emptied_means_nobody() -> None:
    ada = make_contact(name="Ada")

    assert chosen(customer="", customer_key=str(ada.pk), customer_shown="Ada") is None
    assert chosen() is None


def test_a_mail_address_or_an_exact_name_is_enough() -> None:
    ada = make_contact(name="Ada Lovelace", email="ada@kunde.example")

    for text in ("ADA@kunde.example", "ada lovelace", "Ada Lovelace <ada@kunde.example>", str(ada.pk)):
        assert chosen(customer=text) == ada


def test_nobody_and_several_are_refused_in_words() -> None:
    make_contact(name="Ada")
    make_contact(name="Ada")

    assert "Nobody is called “Zoe”" in refused(customer="Zoe")
    assert "Several contacts are called “ada”" in refused(customer="ada")


def test_only_those_the_form_offers_can_be_chosen() -> None:
    ada = make_contact(name="Ada")
    form = Form({"customer": "Ada", "customer_shown": "Ada", "customer_key": str(ada.pk)})
    form.fields["customer"].queryset = Contact.objects.exclude(pk=ada.pk)  # type: ignore[attr-defined]

    assert not form.is_valid()


def test_the_field_shows_who_is_chosen_and_keeps_what_was_typed() -> None:
    ada = make_contact(name="Ada & Bo", email="ada@kunde.example")

    assert 'value="Ada &amp; Bo"' in str(Form(initial={"customer": ada.pk})["customer"])
    assert 'value="Zoe"' in str(Form({"customer": "Zoe"})["customer"])


def test_two_forms_do_not_share_their_contacts() -> None:
    ada = make_contact(name="Ada")
    narrow = Form({"customer": "Ada"})
    narrow.fields["customer"].queryset = Contact.objects.none()  # type: ignore[attr-defined]

    assert chosen(customer="Ada") == ada
    assert not narrow.is_valid()


# ---- what it asks ---------------------------------------------------------------------------------------------------


def test_the_search_offers_contacts_one_may_see(client: Client) -> None:
    user = make_agent()
    client.force_login(user)
    make_contact(name="Ada Ours", company=user.company)
    make_contact(name="Ada Theirs", company=make_company())
    make_contact(name="Ada Archived", is_active=False)

    content = client.get("/contacts/search/?q=ada").content.decode()

    assert "Ada Ours" in content
    assert "Ada Theirs" not in content
    assert "Ada Archived" not in content


def test_the_search_offers_companies_only_where_one_is_asked_for(client: Client) -> None:
    client.force_login(make_agent())
    make_contact(name="Ada & Co", is_company=True)
    make_contact(name="Ada")

    content = client.get("/contacts/search/?companies&q=ada").content.decode()

    assert content.count('role="option"') == 1
    assert "Ada &amp; Co" in content


def test_the_search_and_quick_creation_are_closed_to_customers_and_strangers(client: Client) -> None:
    assert client.get("/contacts/search/?q=a").status_code == 302
    client.force_login(make_portal_user())
    before = Contact.objects.count()

    assert client.get("/contacts/search/?q=a").status_code == 403
    assert client.post("/contacts/quick/", {"text": "Ada"}).status_code == 403
    assert Contact.objects.count() == before


def test_who_is_not_known_yet_is_made_once(client: Client) -> None:
    user = make_agent()
    client.force_login(user)

    first = client.post("/contacts/quick/", {"text": "erik.solberg@kunde.example"})
    again = client.post("/contacts/quick/", {"text": "Erik.Solberg@kunde.example"})

    made = Contact.objects.get(email="erik.solberg@kunde.example")
    assert first.status_code == 201
    assert first.json() == again.json()
    assert first.json() == {"key": made.pk, "shown": "Erik Solberg"}
    assert made.company == user.company


def test_nothing_typed_makes_nobody(client: Client) -> None:
    client.force_login(make_agent())
    before = Contact.objects.count()

    assert client.post("/contacts/quick/", {"text": "  "}).status_code == 422
    assert Contact.objects.count() == before
