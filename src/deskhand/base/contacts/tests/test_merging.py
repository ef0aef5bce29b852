from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client
from django.utils.html import escape

from deskhand.base.accounts.testing import make_agent, make_portal_user, make_settings_admin
from deskhand.base.chatter.public import Draft, Follower, Message, add_followers, log_note
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.models import Contact, ContactAddress, ContactDistinction, ContactMerge
from deskhand.base.contacts.places import CONTACT_REFERENCES
from deskhand.base.contacts.queries import SAME_MAIL, SAME_PHONE, SIMILAR_NAME, duplicates_for, plain_name
from deskhand.base.contacts.services import (
    CannotMerge,
    NothingToTellApart,
    contact_of_sender,
    delete_contact,
    merge_contacts,
    set_tags,
    suggest_again,
    tell_apart,
)
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def merge(survivor: Contact, *others: Contact) -> Contact:
    return merge_contacts(survivor.pk, [other.pk for other in others], by=None, at=now())


# ---- everything goes along ------------------------------------------------------------------------------------------


def test_every_column_that_points_to_contacts_is_moved_by_the_app_that_has_it() -> None:
    own = {"contacts"}
    pointing = {
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in own
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Contact and not field.many_to_many
    }

    declared = {(model, name) for reference in CONTACT_REFERENCES for model, name in reference.fields}

    assert pointing == declared


def test_tickets_messages_and_followed_records_go_along_and_are_counted() -> None:
    keeps, goes = make_contact(name="Ada Lovelace"), make_contact(name="A. Lovelace")
    ticket, other = make_ticket(customer=goes), make_ticket()
    log_note(other, Draft(html="<p>x</p>", author=goes), at=now())
    add_followers(other, [keeps.pk, goes.pk])
    Follower.objects.filter(contact=goes).update(gets_stages=True)

    merge(keeps, goes)

    ticket.refresh_from_db()
    assert ticket.customer == keeps
    assert Message.objects.of(other).filter(author=keeps).exists()
    assert [one.gets_stages for one in Follower.objects.of(other).filter(contact=keeps)] == [True]
    assert not Follower.objects.filter(contact=goes).exists()
    assert ContactMerge.objects.get().moved["Tickets"] == 1


def test_the_survivor_takes_over_what_was_empty_and_the_rest_is_recorded() -> None:
    keeps = make_contact(name="Ada", phone="", note="First")
    goes = make_contact(name="Ada L.", phone="+47 22 55 01 00", note="Second", city="Oslo")
    set_tags(keeps, ["Dealer"])
    set_tags(goes, ["dealer", "VIP"])
    ContactAddress.objects.create(contact=goes, street="Storgata 1")

    merged = merge(keeps, goes)

    assert (merged.name, merged.phone, merged.city, merged.note) == (
        "Ada",
        "+47 22 55 01 00",
        "Oslo",
        "First\n\nSecond",
    )
    assert [tag.name for tag in keeps.tags.all()] == ["Dealer", "VIP"]
    assert keeps.addresses.count() == 1
    record = ContactMerge.objects.get()
    assert (record.before["name"], record.before["phone"]) == ("Ada L.", "+47 22 55 01 00")


def test_the_merged_contact_stays_and_its_mail_address_leads_to_the_survivor() -> None:
    company = make_company()
    keeps, goes = make_contact(email="ada@home.example"), make_contact(email="ada@work.example")
    merge(keeps, goes)
    last = make_contact(email="ada@club.example")
    merge(last, keeps)

    assert contact_of_sender(email="ada@work.example", name="", company=company) == last
    goes.refresh_from_db()
    assert (goes.is_active, goes.merged_into) == (False, last)


def test_people_of_merged_companies_work_for_the_survivor() -> None:
    keeps, goes = make_contact(is_company=True), make_contact(is_company=True)
    ada = make_contact(parent=goes)

    merge(keeps, goes)

    ada.refresh_from_db()
    assert ada.parent == keeps


def test_whoever_signs_in_goes_on_signing_in_as_the_survivor() -> None:
    user = make_portal_user()
    keeps = make_contact()

    merge(keeps, user.contact)

    user.refresh_from_db()
    assert user.contact == keeps


# ---- refused --------------------------------------------------------------------------------------------------------


def test_what_is_not_one_is_not_merged() -> None:
    person, firm = make_contact(), make_contact(is_company=True)
    ours, theirs = make_contact(company=make_company()), make_contact(company=make_company())
    one, other = make_portal_user(), make_portal_user()
    merged = make_contact(merged_into=person)

    for pair in ((person, firm), (ours, theirs), (one.contact, other.contact), (person, merged), (person, person)):
        with pytest.raises(CannotMerge):
            merge(*pair)
    assert not ContactMerge.objects.exists()
    assert Contact.objects.filter(is_active=True, merged_into=None).exists()


# ---- found ----------------------------------------------------------------------------------------------------------


def test_contacts_that_may_be_the_same_are_found_and_grouped() -> None:
    admin = make_settings_admin()
    mail = [make_contact(name=name, email="office@brauhaus.example") for name in ("Kai Berg", "Reception")]
    phone = [make_contact(name="Ada Byron", phone="+47 22 55 01 00"), make_contact(name="Ada King", phone="22550100")]
    name = [make_contact(name="José Núñez Ortega"), make_contact(name="Ortega Jose Nunez")]
    firms = [
        make_contact(name=text, is_company=True) for text in ("Brauhaus Technik GmbH", "Brauhaus-Technik GmbH & Co. KG")
    ]
    make_contact(name="Ada Somebody", phone="+47 99 99 99 99")

    found = {tuple(one.contacts): one.reasons for one in duplicates_for(admin)}

    assert found[tuple(mail)] == [SAME_MAIL]
    assert found[tuple(phone)] == [SAME_PHONE]
    assert found[tuple(name)] == [SIMILAR_NAME]
    assert found[tuple(firms)] == [SIMILAR_NAME]
    assert len(found) == 4


def test_only_contacts_that_one_sees_are_compared() -> None:
    admin = make_settings_admin()
    make_contact(email="ada@kunde.example", company=make_company())
    make_contact(email="ada@kunde.example")

    assert duplicates_for(admin) == []


def test_names_are_compared_without_what_companies_add() -> None:
    assert plain_name("The Bräuhaus GmbH & Co. KG") == "brauhaus"
    assert plain_name("SE") == "se"


@pytest.mark.parametrize("count", [1, 3])
def test_duplicates_are_found_by_three_queries(count: int, django_assert_num_queries) -> None:
    admin = make_settings_admin()
    assert admin.company_ids
    for number in range(count):
        for _ in range(2):
            make_contact(email=f"same{number}@kunde.example")

    with django_assert_num_queries(3):
        assert len(duplicates_for(admin)) == count


# ---- put away -------------------------------------------------------------------------------------------------------


def apart(*contacts: Contact, by: Contact | None = None) -> None:
    tell_apart([contact.pk for contact in contacts], by=by, at=now())


def said_of(contact: Contact) -> list[str]:
    return list(Message.objects.of(contact).order_by("pk").values_list("body_html", flat=True))


def test_contacts_that_were_told_apart_are_suggested_to_nobody_until_that_is_taken_back() -> None:
    admin, colleague = make_settings_admin(), make_settings_admin()
    old, young = (make_contact(name="Ada Lovelace") for _ in range(2))

    apart(young, old, by=admin.contact)
    apart(old, young, by=colleague.contact)
    assert duplicates_for(admin) == duplicates_for(colleague) == []
    assert ContactDistinction.objects.get().made_by == admin.contact

    suggest_again([old.pk, young.pk], by=admin.contact, at=now())
    assert [found.contacts for found in duplicates_for(colleague)] == [[old, young]]


def test_it_stands_in_both_conversations_once() -> None:
    ada, other = make_contact(name="Ada"), make_contact(name="Ada B.")

    apart(ada, other)
    apart(ada, other)
    suggest_again([ada.pk, other.pk], by=None, at=now())

    assert said_of(ada) == ["Not a duplicate: Ada B.", "May be a duplicate after all: Ada B."]
    assert said_of(other) == ["Not a duplicate: Ada", "May be a duplicate after all: Ada"]


def test_who_is_told_apart_from_one_may_still_be_another() -> None:
    admin = make_settings_admin()
    first, second, third = (make_contact(name="Ada Lovelace") for _ in range(3))

    apart(first, third)
    assert [found.contacts for found in duplicates_for(admin)] == [[first, second, third]]
    apart(second, third)

    assert [found.contacts for found in duplicates_for(admin)] == [[first, second]]


def test_what_a_merged_contact_was_not_the_survivor_is_not_either() -> None:
    keeps, goes, other = (make_contact(name="Ada Lovelace") for _ in range(3))
    apart(keeps, goes, other)

    merge(goes, keeps)

    assert list(ContactDistinction.objects.values_list("one", "other")) == [(goes.pk, other.pk)]


def test_one_contact_alone_is_not_told_apart_and_a_deleted_one_is_forgotten() -> None:
    ada, other = make_contact(), make_contact()

    with pytest.raises(NothingToTellApart):
        apart(ada)
    assert not ContactDistinction.objects.exists()
    apart(ada, other)
    delete_contact(other.pk)

    assert not ContactDistinction.objects.exists()


# ---- the pages ------------------------------------------------------------------------------------------------------


def test_an_administrator_merges_on_the_page_and_an_agent_does_not(client: Client) -> None:
    keeps, goes = make_contact(name="Ada Lovelace"), make_contact(name="Ada Lovelace")
    client.force_login(make_agent())
    assert client.post("/contacts/merges/", {"survivor": keeps.pk, "merged": [goes.pk]}).status_code == 403
    assert not ContactMerge.objects.exists()

    client.force_login(make_settings_admin())
    assert "Ada Lovelace" in client.get("/contacts/duplicates/").content.decode()
    client.post("/contacts/merges/", {"survivor": keeps.pk, "merged": [keeps.pk, goes.pk]})

    assert ContactMerge.objects.get().survivor == keeps
    assert "Merged into this contact" in client.get(f"/contacts/{keeps.pk}/").content.decode()
    assert "This contact was merged" in client.get(f"/contacts/{goes.pk}/").content.decode()


def test_an_administrator_puts_a_suggestion_away_and_takes_that_back(client: Client) -> None:
    old, young = make_contact(name="Ada Lovelace"), make_contact(name="Ada Lovelace")
    chosen = {"survivor": old.pk, "merged": [old.pk, young.pk]}
    client.force_login(make_agent())
    assert client.post("/contacts/distinctions/", chosen).status_code == 403
    assert not ContactDistinction.objects.exists()

    client.force_login(make_settings_admin())
    page = client.post("/contacts/distinctions/", chosen, follow=True).content.decode()
    undo = f"/contacts/distinctions/?again=&survivor={old.pk}&merged={young.pk}"
    assert f'data-undo="{escape(undo)}"' in page
    assert "Suggest Ada Lovelace and Ada Lovelace again" in page
    assert "No duplicates" in page

    assert client.post(undo, headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/contacts/duplicates/"
    assert not ContactDistinction.objects.exists()
    alone = client.post("/contacts/distinctions/", {"survivor": old.pk, "merged": old.pk}, follow=True)
    assert "Choose at least two contacts." in alone.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_duplicates_costs_the_same_for_one_pair_and_for_three(
    client: Client, count: int, django_assert_num_queries
) -> None:
    client.force_login(make_settings_admin())
    client.get("/contacts/duplicates/")
    for number in range(count):
        apart(*(make_contact(email=f"same{number}@kunde.example") for _ in range(2)))

    with django_assert_num_queries(5):
        client.get("/contacts/duplicates/")


def test_another_contact_is_merged_into_the_one_whose_page_it_is(client: Client) -> None:
    keeps, goes = make_contact(name="Ada"), make_contact(name="Bo")
    client.force_login(make_settings_admin())

    assert client.post(f"/contacts/{keeps.pk}/merge/", {"merged": "Ada"}).status_code == 422
    client.post(f"/contacts/{keeps.pk}/merge/", {"merged": "Bo"})

    goes.refresh_from_db()
    assert goes.merged_into == keeps


def test_other_addresses_come_change_and_go(client: Client) -> None:
    contact = make_contact()
    client.force_login(make_agent())
    page = f"/contacts/{contact.pk}/addresses/"

    assert client.post(page, {"kind": "invoice", "name": "Accounts"}).status_code == 422
    client.post(page, {"kind": "invoice", "street": "Storgata 1", "city": "Oslo"})
    address = contact.addresses.get()
    client.post(f"{page}{address.pk}/", {"kind": "delivery", "street": "Storgata 2"})
    assert "Storgata 2" in client.get(f"/contacts/{contact.pk}/").content.decode()
    client.post(f"{page}{address.pk}/deletion/")

    assert not contact.addresses.exists()


def test_the_list_says_who_signs_in(client: Client) -> None:
    customer = make_portal_user(name="Siobhán")
    client.force_login(make_agent(customer.company))

    content = client.get("/contacts/?q=siobh").content.decode()

    assert "Portal" in content
