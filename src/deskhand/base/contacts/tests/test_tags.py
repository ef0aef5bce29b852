"""*Contacts → Configuration → Tags* (FOUND-3)."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_settings_admin
from deskhand.base.contacts.models import Contact, ContactTag
from deskhand.base.contacts.services import (
    ContactTagNameTaken,
    change_tag,
    create_tag,
    delete_tag,
    set_tags,
)
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.hues import Hue

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_word_always_gets_the_same_hue_until_somebody_chooses_another():
    given = make_contact()
    set_tags(given, ["Dealer"])
    first = ContactTag.objects.get().color
    ContactTag.objects.all().delete()

    assert create_tag("DEALER").color == first
    assert create_tag("VIP", color=Hue.TEAL).color == Hue.TEAL


def test_a_renamed_tag_stays_at_its_contacts():
    contact = make_contact()
    set_tags(contact, ["Delaer"])

    change_tag(ContactTag.objects.get().pk, name="Dealer", color=Hue.BLUE)

    assert [(tag.name, tag.color) for tag in contact.tags.all()] == [("Dealer", Hue.BLUE)]


@pytest.mark.parametrize(("known", "typed"), [("Dealer", "DEALER"), ("Händler", "HÄNDLER"), ("Δίκτυο", "ΔΊΚΤΥΟ")])
def test_capitals_make_no_other_name(known: str, typed: str):
    create_tag(known)
    other = create_tag("VIP")

    with pytest.raises(ContactTagNameTaken):
        create_tag(typed)
    with pytest.raises(ContactTagNameTaken):
        change_tag(other.pk, name=typed, color=Hue.GREY)

    assert set(ContactTag.objects.values_list("name", flat=True)) == {known, "VIP"}


def test_a_deleted_tag_is_gone_from_its_contacts_and_they_stay():
    contact = make_contact()
    set_tags(contact, ["Dealer", "VIP"])

    delete_tag(ContactTag.objects.get(name="Dealer").pk)

    assert [tag.name for tag in contact.tags.all()] == ["VIP"]


def test_an_administrator_renames_recolours_and_deletes_on_the_page():
    admin = make_settings_admin()
    contact = make_contact(company=admin.company)
    set_tags(contact, ["Delaer"])
    tag = ContactTag.objects.get()
    page = reverse("contacts:tag", args=[tag.pk])

    saved = signed_in(admin).post(page, {"name": " Dealer ", "color": Hue.PINK.value})
    tag.refresh_from_db()

    assert saved.status_code == 302
    assert (tag.name, tag.color) == ("Dealer", Hue.PINK)
    listed = signed_in(admin).get(reverse("contacts:list")).content.decode()
    assert '<span class="dh-tag h1c"><bdi class="cut">Dealer</bdi></span>' in listed

    signed_in(admin).post(reverse("contacts:tag-deletion", args=[tag.pk]))
    assert not ContactTag.objects.exists()


def test_a_name_that_is_taken_or_has_a_comma_is_refused_beside_the_field_and_kept():
    admin = make_settings_admin()
    create_tag("VIP")
    tag = create_tag("Dealer")

    for typed, said in (("vip", "There is a tag of this name already."), ("a, b", "Commas stand between tags.")):
        answer = signed_in(admin).post(reverse("contacts:tag", args=[tag.pk]), {"name": typed, "color": 0})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert f'value="{typed}"' in answer.content.decode()

    tag.refresh_from_db()
    assert tag.name == "Dealer"


def test_the_list_says_how_many_contacts_have_a_tag_at_the_same_cost(django_assert_num_queries):
    admin = make_settings_admin()
    set_tags(make_contact(), ["Dealer"])
    set_tags(make_contact(), ["Dealer"])
    client = signed_in(admin)
    client.get(reverse("contacts:tags"))  # what is asked once in a process

    with django_assert_num_queries(7) as one:
        page = client.get(reverse("contacts:tags")).content.decode()
    for number in range(5):
        create_tag(f"Tag {number}")
    with django_assert_num_queries(len(one)):
        client.get(reverse("contacts:tags"))

    assert ">2<" in page.replace(" ", "").replace("\n", "")


def test_who_only_keeps_contacts_finds_neither_entry_nor_page():
    agent = make_agent()
    tag = create_tag("Dealer")
    client = signed_in(agent)

    assert reverse("contacts:tags") not in client.get(reverse("contacts:list")).content.decode()
    assert client.get(reverse("contacts:tags")).status_code == 403
    assert client.post(reverse("contacts:tag-deletion", args=[tag.pk])).status_code == 403
    assert ContactTag.objects.exists()


def saved(client: Client, contact: Contact, **typed: object) -> HttpResponse:
    page = reverse("contacts:contact", args=[contact.pk])
    return client.post(page, {"name": contact.name, "email": contact.email, **typed})


def test_tags_are_picked_on_the_sheet_and_the_contact_is_found_by_them():
    contact, dealer, vip = make_contact(), create_tag("Dealer"), create_tag("VIP", color=Hue.TEAL)
    set_tags(contact, ["Dealer"])
    client = signed_in(make_agent())

    saved(client, contact, tags=[str(vip.pk)])

    assert [tag.name for tag in contact.tags.all()] == ["VIP"]
    page = client.get(reverse("contacts:contact", args=[contact.pk])).content.decode()
    assert f'<dh-tag-picker data-url="{reverse("contacts:tag-options")}"' in page
    assert f'<option value="{vip.pk}" selected data-color="6">VIP</option>' in page
    assert f'<option value="{dealer.pk}" data-color="{dealer.color}">Dealer</option>' in page
    assert [row.pk for row in client.get("/contacts/?q=vip").context["listing"].rows] == [contact.pk]


def test_without_script_new_tags_are_typed_beside_the_list():
    contact, dealer = make_contact(), create_tag("Dealer")
    client = signed_in(make_agent())

    saved(client, contact, tags=[str(dealer.pk)], tags_words="VIP,  Key   account ,,dealer")

    assert [tag.name for tag in contact.tags.all()] == ["Dealer", "Key account", "VIP"]


def test_what_is_no_tag_or_too_long_is_refused_and_kept():
    contact = make_contact()
    client = signed_in(make_agent())

    unknown = saved(client, contact, tags=["987"])
    long = saved(client, contact, tags_words="x" * 61)

    assert (unknown.status_code, long.status_code) == (422, 422)
    assert "A tag has up to 60 letters." in long.content.decode()
    assert f'value="{"x" * 61}"' in long.content.decode()
    assert not ContactTag.objects.exists()


def test_a_new_contact_gets_the_tags_that_were_picked():
    tag = create_tag("Dealer")

    signed_in(make_agent()).post(reverse("contacts:new"), {"name": "Ada", "tags": [str(tag.pk)]})

    assert [contact.name for contact in tag.contacts.all()] == ["Ada"]


def test_the_picker_finds_tags_whatever_the_capitals_and_makes_new_ones():
    create_tag("Händler")
    client, page = signed_in(make_agent()), reverse("contacts:tag-options")

    found = client.get(page, {"q": "HÄND"}).json()
    made = client.post(page, {"name": " Key   account "})
    again = client.post(page, {"name": "HÄNDLER"})
    with_comma = client.post(page, {"name": "a, b"})

    assert [one["name"] for one in found["options"]] == ["Händler"]
    assert found["may_create"] is True
    assert (made.status_code, made.json()["name"]) == (201, "Key account")
    assert (again.status_code, again.json()["error"]) == (409, "There is a tag of this name already.")
    assert with_comma.status_code == 422
    assert ContactTag.objects.count() == 2


def test_who_keeps_no_contacts_neither_finds_nor_makes_tags():
    client = signed_in(make_portal_user())

    assert client.get(reverse("contacts:tag-options")).status_code == 403
    assert client.post(reverse("contacts:tag-options"), {"name": "VIP"}).status_code == 403
    assert not ContactTag.objects.exists()
