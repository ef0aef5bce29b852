from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent, make_portal_user, make_settings_admin
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.errors import DomainError
from deskhand.kit.screens import ListState

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client: Client) -> User:
    user = make_agent(name="Zora Agent")
    client.force_login(user)
    return user


def typed(contact: Contact | None = None, **fields: Any) -> dict[str, Any]:
    """The form as the browser sends it."""
    names = ["name", "email", "phone", "job_title", "street", "postal_code", "city", "country", "language", "note"]
    known = {name: getattr(contact, name) for name in names} if contact else dict.fromkeys(names, "")
    return known | ({"is_company": "on"} if contact and contact.is_company else {}) | {"name": "Ada"} | fields


# ---- look -----------------------------------------------------------------------------------------------------------


def test_portal_users_and_strangers_do_not_come_in(client: Client) -> None:
    contact = make_contact()

    assert client.get(f"/contacts/{contact.pk}/").status_code == 302
    client.force_login(make_portal_user())
    assert client.get(f"/contacts/{contact.pk}/").status_code == 403
    assert client.post(f"/contacts/{contact.pk}/", typed(name="Hacked")).status_code == 403
    contact.refresh_from_db()
    assert contact.name != "Hacked"


def test_a_page_costs_the_same_number_of_queries_whoever_belongs_to_the_company(
    client: Client, agent: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    firm = make_contact(is_company=True)
    make_contact(parent=firm)
    client.get(f"/contacts/{firm.pk}/")
    with django_assert_num_queries(16) as one:
        client.get(f"/contacts/{firm.pk}/")
    make_contact(parent=firm)
    make_contact(parent=firm)

    with django_assert_num_queries(len(one)):
        client.get(f"/contacts/{firm.pk}/")


def test_a_company_shows_its_people_and_offers_to_add_one(client: Client, agent: User) -> None:
    firm = make_contact(name="Brauhaus", is_company=True)
    make_contact(name="Ada", parent=firm)
    make_contact(name="Gone", parent=firm, is_active=False)
    make_contact(name="Theirs", parent=firm, company=make_company())

    response = client.get(f"/contacts/{firm.pk}/")
    new = client.get(response.context["add_person_url"])

    assert [person.name for person in response.context["people"]] == ["Ada"]
    assert f'value="{firm.pk}" data-pk' in new.content.decode()


def test_the_same_address_twice_is_pointed_out(client: Client, agent: User) -> None:
    first = make_contact(name="Ada", email="office@shared.example")
    second = make_contact(name="Bo", email="office@shared.example")

    assert "Ada" in client.get(f"/contacts/{second.pk}/").content.decode()
    assert [other.name for other in client.get(f"/contacts/{first.pk}/").context["same_address"]] == ["Bo"]


def test_one_leafs_through_the_list_one_came_from(client: Client, agent: User) -> None:
    make_contact(name="Firm", is_company=True)
    ada, bo, cy = (make_contact(name=name) for name in ("Ada", "Bo", "Cy"))

    page = client.get(f"/contacts/{bo.pk}/?filter=people&sort=-name&q=customer.example").context["neighbours"]

    assert (page.place, page.total) == (2, 3)
    assert page.previous_url == f"/contacts/{cy.pk}/?filter=people&sort=-name&q=customer.example"
    assert page.next_url == f"/contacts/{ada.pk}/?filter=people&sort=-name&q=customer.example"


def test_one_leafs_through_the_list_as_it_was_when_nothing_was_chosen(client: Client, agent: User) -> None:
    ada, bo, cy = (make_contact(name=name) for name in ("Ada", "Bo", "Cy"))

    answer = client.get(f"/contacts/{bo.pk}/", headers={"referer": "http://testserver/contacts/"})

    beside = answer.context["neighbours"]
    assert (beside.previous_url, beside.next_url) == (f"/contacts/{ada.pk}/?filter=", f"/contacts/{cy.pk}/?filter=")
    assert f'action="?{ListState().query}"' in answer.content.decode(), "saving must not lose the list"


@pytest.mark.parametrize("before", ["", "http://testserver/search/?q=Bo", "http://testserver/contacts/1/", "nonsense"])
def test_who_does_not_come_from_the_list_does_not_leaf_through_it(client: Client, agent: User, before: str) -> None:
    contact, _other = make_contact(name="Bo"), make_contact(name="Cy")

    answer = client.get(f"/contacts/{contact.pk}/", headers={"referer": before})

    assert answer.context["neighbours"] is None


def test_grouped_records_follow_each_other_as_their_groups_do(client: Client, agent: User) -> None:
    _ada, bo = make_contact(name="Ada", country="NO"), make_contact(name="Bo", country="DE")
    cy = make_contact(name="Cy", country="DE")

    beside = client.get(f"/contacts/{cy.pk}/?group=country").context["neighbours"]

    assert beside.previous_url == f"/contacts/{bo.pk}/?group=country"


def test_a_record_that_is_not_in_that_list_has_no_neighbours(client: Client, agent: User) -> None:
    contact = make_contact()

    assert client.get(f"/contacts/{contact.pk}/?filter=companies").context["neighbours"] is None


# ---- change ---------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_and_the_address_becomes_small_letters(client: Client, agent: User) -> None:
    contact = make_contact()

    response = client.post(
        f"/contacts/{contact.pk}/?filter=people", typed(contact, email="Ada@Kunde.Example", country="NO", city="Oslo")
    )

    contact.refresh_from_db()
    assert response.status_code == 302
    assert response["Location"] == f"/contacts/{contact.pk}/?filter=people"
    assert (contact.name, contact.email, contact.country, contact.city) == ("Ada", "ada@kunde.example", "NO", "Oslo")


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(client: Client, agent: User) -> None:
    contact = make_contact(name="Before", email="before@kunde.example")

    response = client.post(f"/contacts/{contact.pk}/", typed(contact, email="nonsense", city="Typed"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email"]
    assert 'value="Typed"' in response.content.decode()
    contact.refresh_from_db()
    assert (contact.name, contact.email) == ("Before", "before@kunde.example")


def test_a_new_contact_is_made_and_opened(client: Client, agent: User) -> None:
    firm = make_contact(name="Brauhaus", is_company=True, email="")

    response = client.post("/contacts/new/", typed(name="Ada", parent="Brauhaus"))

    made = Contact.objects.get(name="Ada")
    assert response["Location"] == f"/contacts/{made.pk}/"
    assert made.parent == firm


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"is_company": "on", "parent": "Brauhaus"}, "parent"),
        ({"parent": "Nobody at all"}, "parent"),
        ({"name": " "}, "name"),
    ],
)
def test_a_new_contact_that_makes_no_sense_is_refused(
    client: Client, agent: User, fields: dict[str, str], field: str
) -> None:
    make_contact(name="Brauhaus", is_company=True)
    before = Contact.objects.count()

    response = client.post("/contacts/new/", typed() | fields)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Contact.objects.count() == before


def test_a_company_with_people_stays_a_company(client: Client, agent: User) -> None:
    firm = make_contact(name="Brauhaus", is_company=True)
    make_contact(parent=firm)
    form = typed(firm)
    del form["is_company"]

    response = client.post(f"/contacts/{firm.pk}/", form)

    assert "is_company" in response.context["form"].errors
    firm.refresh_from_db()
    assert firm.is_company


def test_only_ones_own_companies_can_be_chosen_to_use_a_contact(client: Client, agent: User) -> None:
    contact, other = make_contact(), make_company()

    response = client.post(f"/contacts/{contact.pk}/", typed(contact, company=other.pk))

    assert "company" in response.context["form"].errors


# ---- archive, delete ------------------------------------------------------------------------------------------------


def test_a_contact_is_archived_and_restored(client: Client, agent: User) -> None:
    contact = make_contact()

    client.post(f"/contacts/{contact.pk}/archival/")
    contact.refresh_from_db()
    assert not contact.is_active

    client.post(f"/contacts/{contact.pk}/archival/?restore")
    contact.refresh_from_db()
    assert contact.is_active


def test_archiving_is_asked_for_by_post_only(client: Client, agent: User) -> None:
    contact = make_contact()

    assert client.get(f"/contacts/{contact.pk}/archival/").status_code == 405
    contact.refresh_from_db()
    assert contact.is_active


def test_only_administrators_delete(client: Client, agent: User) -> None:
    contact = make_contact()

    assert client.post(f"/contacts/{contact.pk}/deletion/").status_code == 403
    assert Contact.objects.filter(pk=contact.pk).exists()

    client.force_login(make_settings_admin())
    assert client.post(f"/contacts/{contact.pk}/deletion/")["Location"] == "/contacts/"
    assert not Contact.objects.filter(pk=contact.pk).exists()


def test_a_contact_that_something_belongs_to_is_not_deleted(client: Client) -> None:
    admin = make_settings_admin()
    client.force_login(admin)

    response = client.post(f"/contacts/{admin.contact_id}/deletion/")

    assert response.status_code == 409
    assert "Archive it instead" in response.content.decode()
    assert Contact.objects.filter(pk=admin.contact_id).exists()


def test_every_refusal_has_a_sentence_and_a_code_of_its_own() -> None:
    from deskhand.base.contacts import services

    refusals = [kind for kind in vars(services).values() if isinstance(kind, type) and issubclass(kind, DomainError)]

    assert len({kind.code for kind in refusals}) == len(refusals)
    assert all(str(kind.message).endswith(".") for kind in refusals)


def test_a_language_that_is_not_offered_is_kept_when_something_else_is_saved(client: Client, agent: User) -> None:
    contact = make_contact(name="Annegret", language="fi")
    url = f"/contacts/{contact.pk}/"
    form = client.get(url).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False, "", [])}

    assert client.post(url, sent | {"city": "Bremen"}).status_code == 302

    contact.refresh_from_db()
    assert (contact.language, contact.city) == ("fi", "Bremen")
    assert '<option value="fi" selected>Finnish</option>' in client.get(url).content.decode()
