"""What every declared list can be asked, shown on the list of contacts: fields, custom filters, groups, favourites."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpRequest, QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent, make_settings_admin
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.pages.screens import CONTACTS
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.screens.models import ColumnChoice, Favorite

pytestmark = pytest.mark.django_db

LIST = "/contacts/"
DOORS = "/lists/contacts.list/"


@pytest.fixture
def agent() -> User:
    return make_agent(name="Amara Okafor")


@pytest.fixture
def client(agent: User) -> Client:
    browser = Client()
    browser.force_login(agent)
    return browser


def where(*conditions: tuple[str, str], match: str = "all") -> str:
    return urlencode({"where": f"{match}&{urlencode(conditions)}"})


def names(agent: User, query: str) -> list[str]:
    """Whom the parameters choose, as every door chooses."""
    request = HttpRequest()
    request.user = agent
    return [contact.name for contact in CONTACTS.select(request, QueryDict(query)).exclude(pk=agent.contact_id)]


def on_page(client: Client, query: str = "", **headers: Any) -> str:
    return client.get(f"{LIST}?{query}" if query else LIST, headers=headers).content.decode()


# ---- fields and conditions ------------------------------------------------------------------------------------------


def test_searches_in_one_field_widen_each_other_and_fields_narrow(agent: User) -> None:
    make_contact(name="Ada Oslo", email="ada@a.example")
    make_contact(name="Bo Bergen", email="bo@a.example")
    make_contact(name="Cy Oslo", email="cy@b.example")

    assert names(agent, "find=name.ada&find=name.bo") == ["Ada Oslo", "Bo Bergen"]
    assert names(agent, "find=name.oslo&find=email.b.example") == ["Cy Oslo"]


def test_values_of_one_field_widen_each_other(agent: User) -> None:
    firm = make_contact(name="Firm", is_company=True)
    make_contact(name="Ada", parent=firm)
    make_contact(name="Bo")

    assert names(agent, f"in=parent.{firm.pk}") == ["Ada"]
    assert names(agent, f"in=parent.{firm.pk}&in=parent.none") == ["Ada", "Bo", "Firm"]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ([("name.contains", "a")], ["Ada", "Clara"]),
        ([("name.lacks", "a")], ["Bo"]),
        ([("name.is", "ada")], ["Ada"]),
        ([("name.isnt", "ada")], ["Bo", "Clara"]),
        ([("name.starts", "cl")], ["Clara"]),
        ([("country.is", "NO")], ["Ada"]),
        ([("country.isnt", "NO")], ["Bo", "Clara"]),
        ([("country.unset", "")], ["Clara"]),
        ([("country.set", "")], ["Ada", "Bo"]),
        ([("is_company.is", "1")], ["Bo"]),
        ([("parent.contains", "bo")], ["Clara"]),
        ([("parent.unset", "")], ["Ada", "Bo"]),
        ([("created.on", "2026-03")], ["Ada"]),
        ([("created.before", "2026-03-05")], []),
        ([("created.after", "2026-03-05")], ["Bo", "Clara"]),
        ([("created.last", "3650")], ["Ada", "Bo", "Clara"]),
        ([("name.contains", "a"), ("country.set", "")], ["Ada"]),
        ([("created.on", "yesterday")], []),
        ([("parent.is", "9" * 30)], []),
    ],
)
def test_a_custom_filter_asks_a_field(agent: User, conditions: list[tuple[str, str]], found: list[str]) -> None:
    make_contact(name="Ada", country="NO")
    bo = make_contact(name="Bo", country="DE", is_company=True)
    make_contact(name="Clara", parent=bo)
    Contact.objects.filter(name="Ada").update(created_at=datetime(2026, 3, 5, 12, tzinfo=UTC))
    Contact.objects.exclude(name="Ada").update(created_at=datetime(2026, 11, 5, tzinfo=UTC))

    assert names(agent, where(*conditions)) == found


def test_any_of_the_conditions_is_enough_where_any_is_asked_for(agent: User) -> None:
    make_contact(name="Ada", country="NO")
    make_contact(name="Bo")

    assert names(agent, where(("name.is", "bo"), ("country.is", "NO"), match="any")) == ["Ada", "Bo"]


def test_days_are_those_of_the_reader(client: Client, agent: User) -> None:
    User.objects.filter(pk=agent.pk).update(time_zone="Asia/Tokyo")
    late = make_contact(name="Late in the evening")
    Contact.objects.filter(pk=late.pk).update(created_at=datetime(2026, 3, 5, 23, 30, tzinfo=UTC))

    assert "Late in the evening" in on_page(client, "in=created.2026-03-06")
    assert "6 March 2026" in on_page(client, "group=created:day")


@pytest.mark.parametrize("query", ["in=parent.{pk}", "where=all%26parent.is%3D{pk}", "q=secret", "find=name.secret"])
def test_no_parameter_shows_more_than_one_may_see(agent: User, query: str) -> None:
    elsewhere = make_company()
    firm = make_contact(name="Secret Firm", is_company=True, company=elsewhere)
    make_contact(name="Secret Ada", parent=firm, company=elsewhere)

    assert names(agent, query.format(pk=firm.pk)) == []


# ---- groups ---------------------------------------------------------------------------------------------------------


def test_groups_stand_in_groups_with_their_counts(client: Client) -> None:
    make_contact(name="Ada", country="NO", city="Oslo")
    make_contact(name="Bo", country="NO", city="Bergen")
    make_contact(name="Cy", country="NO", city="Oslo")

    shown = client.get(f"{LIST}?group=country&group=city&open=NO&open=NO%2FOslo")

    page = shown.content.decode().partition("<tbody")[2]
    counts = [(section.label, section.count) for section in shown.context["listing"].sections if section.label]
    assert counts[:3] == [("Norway", 3), ("Bergen", 1), ("Oslo", 2)]
    assert "dh-lv-1" in page
    assert "dh-lv-2" in page
    assert page.index(">Norway<") < page.index(">Bergen<") < page.index(">Oslo<") < page.index(">Ada<")
    assert ">Bo<" not in page


@pytest.mark.parametrize(
    ("interval", "label"),
    [
        ("day", ">5 March 2026<"),
        ("week", ">Week 10, 2026<"),
        ("month", ">March 2026<"),
        ("quarter", ">Quarter 1, 2026<"),
        ("year", ">2026<"),
    ],
)
def test_moments_are_grouped_by_any_interval(client: Client, interval: str, label: str) -> None:
    ada = make_contact(name="Ada")
    Contact.objects.filter(pk=ada.pk).update(created_at=datetime(2026, 3, 5, 12, tzinfo=UTC))

    assert label in on_page(client, f"group=created:{interval}")


def test_nested_groups_cost_the_same_for_one_row_and_for_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    firm = make_contact(name="Firm", is_company=True)
    make_contact(name="Ada", parent=firm, city="Oslo")
    query = f"group=parent&group=city&open={firm.pk}&open={firm.pk}%2FOslo"
    # session, user, columns, headings, their number, headings inside, rows
    with django_assert_num_queries(9) as one:
        on_page(client, query)
    make_contact(name="Bo", parent=firm, city="Bergen")
    make_contact(name="Cy", parent=firm, city="Oslo")

    with django_assert_num_queries(len(one)):
        assert "Cy" in on_page(client, query)


# ---- suggestions ----------------------------------------------------------------------------------------------------


def test_what_is_typed_is_suggested_for_fields_and_as_records(client: Client) -> None:
    firm = make_contact(name="Brauhaus", is_company=True)

    found = client.get(f"{DOORS}suggestions/?q=brau").content.decode()

    assert "Search Name for: <b>brau</b>" in found
    assert f'href="/contacts/?in=parent.{firm.pk}"' in found


def test_only_companies_are_suggested_as_companies(client: Client) -> None:
    make_contact(name="Brauner")
    firm = make_contact(name="Brauhaus", is_company=True)

    found = client.get(f"{DOORS}suggestions/?q=brau").content.decode()

    assert re.findall(r"in=parent\.(\d+)", found) == [str(firm.pk)]


def test_suggestions_name_nobody_whom_one_may_not_see(client: Client) -> None:
    make_contact(name="Brauhaus", is_company=True, company=make_company())

    found = client.get(f"{DOORS}suggestions/?q=brau").content.decode()

    assert "Brauhaus" not in found


def test_suggestions_go_on_from_the_page_that_is_open(client: Client) -> None:
    found = client.get(
        f"{DOORS}suggestions/?q=ada",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/contacts/?filter=people"},
    ).content.decode()

    assert "/contacts/?q=ada&amp;filter=people" in found


# ---- custom filter --------------------------------------------------------------------------------------------------


def test_a_custom_filter_is_put_together_in_a_pop_up_and_stands_in_the_address(client: Client) -> None:
    typed = {"match": "any", "field": ["name", "country"], "operator": ["contains", "set"], "value": ["ada", ""]}

    answer = client.post(f"{DOORS}custom-filter/", typed)

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/contacts/?where=any%26name.contains%3Dada%26country.set%3D"


def test_a_condition_without_a_value_is_refused_beside_it(client: Client) -> None:
    answer = client.post(f"{DOORS}custom-filter/", {"field": "created", "operator": "after", "value": "soon"})

    assert answer.status_code == 422
    assert "Choose a day." in answer.content.decode()


# ---- favourites -----------------------------------------------------------------------------------------------------


def keep(client: Client, page: str, **typed: str) -> int:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    return client.post(f"{DOORS}favorites/", typed, headers=headers).status_code


def test_a_favourite_keeps_filters_groups_and_order(client: Client, agent: User) -> None:
    assert keep(client, "/contacts/?filter=people&group=country&sort=-name&page=3", name=" Our  people ") == 200

    favorite = Favorite.objects.get()

    assert (favorite.name, favorite.owner_id) == ("Our people", agent.pk)
    assert favorite.query == "filter=people&group=country&sort=-name"
    assert not favorite.is_shared


def test_a_favourite_keeps_the_columns(client: Client) -> None:
    keep(client, "/contacts/?filter=people&col=job_title&col=city", name="Jobs")

    assert Favorite.objects.get().query == "filter=people&col=job_title&col=city"


def test_filters_groups_and_favourites_stand_in_one_drop_down(client: Client) -> None:
    keep(client, "/contacts/?filter=people", name="Our people")

    menu = on_page(client).partition('aria-label="Filters, Group By, Favorites"')[2].partition("</summary>")[2]

    places = [menu.index(word) for word in ("Filters", "Custom Filter", "Group By", "Favorites")]
    assert places == sorted(places)
    assert "Our people" in client.get(f"{DOORS}favorites/").content.decode()


def test_a_favourite_without_a_name_is_refused(client: Client) -> None:
    assert keep(client, "/contacts/?filter=people", name="  ") == 422
    assert not Favorite.objects.exists()


def test_a_list_opens_with_ones_default_favourite_and_shows_all_when_asked(client: Client) -> None:
    make_contact(name="Ada")
    make_contact(name="Firm", is_company=True)
    keep(client, "/contacts/?filter=people", name="People", is_default="on")

    assert "Firm" not in on_page(client)
    assert "Firm" in on_page(client, "filter=")


def test_the_own_default_goes_before_a_shared_one(client: Client, agent: User) -> None:
    colleague = make_agent(agent.company)
    Favorite.objects.create(
        screen="contacts:list", owner=colleague, name="C", query="filter=companies", is_shared=True, is_default=True
    )
    make_contact(name="Ada")
    make_contact(name="Firm", is_company=True)
    assert ">Ada<" not in on_page(client)

    keep(client, "/contacts/?filter=people", name="People", is_default="on")

    assert ">Ada<" in on_page(client)


def test_shared_favourites_are_found_by_colleagues_but_not_by_other_companies(agent: User) -> None:
    Favorite.objects.create(screen="contacts:list", owner=agent, name="Ours", query="filter=people", is_shared=True)
    Favorite.objects.create(screen="contacts:list", owner=agent, name="Mine", query="filter=people")

    assert [kept.name for kept in Favorite.objects.visible_to(make_agent(agent.company))] == ["Ours"]
    assert not Favorite.objects.visible_to(make_agent(make_company())).exists()


def test_a_shared_favourite_shows_its_reader_no_more_than_the_reader_may_see(agent: User) -> None:
    hidden = make_contact(name="Hidden", company=agent.company)
    both = make_agent(make_company())
    both.companies.add(agent.company)
    Favorite.objects.create(screen="contacts:list", owner=both, name="H", query="q=hidden", is_shared=True)
    reader = make_agent(both.company)
    browser = Client()
    browser.force_login(reader)

    assert [kept.name for kept in Favorite.objects.visible_to(reader)] == ["H"]
    assert hidden.name not in browser.get(f"{LIST}?q=hid").content.decode()


def test_a_favourite_is_removed_by_who_made_it_or_an_administrator(client: Client, agent: User) -> None:
    colleague, admin = make_agent(agent.company), Client()
    admin.force_login(make_settings_admin(agent.company))
    shared = Favorite.objects.create(screen="contacts:list", owner=colleague, name="S", query="", is_shared=True)

    assert client.delete(f"{DOORS}favorites/{shared.pk}/").status_code == 403
    assert Favorite.objects.filter(pk=shared.pk).exists()
    assert admin.delete(f"{DOORS}favorites/{shared.pk}/").status_code == 200
    assert not Favorite.objects.exists()


# ---- columns --------------------------------------------------------------------------------------------------------


def test_chosen_columns_are_remembered_for_the_person(client: Client, agent: User) -> None:
    make_contact(name="Ada", city="Tromsø", job_title="Baker")
    assert "Baker" not in on_page(client)

    client.post(f"{DOORS}columns/", {"column": ["job_title"]})

    page = on_page(client)
    assert "Baker" in page
    assert ">Ada<" in page  # what leads to the record stays
    assert "Tromsø" not in page
    assert ColumnChoice.objects.get().owner_id == agent.pk


def test_the_address_may_name_the_columns_too(client: Client) -> None:
    make_contact(name="Ada", city="Tromsø", job_title="Baker")

    page = on_page(client, "filter=&col=job_title")

    assert "Baker" in page
    assert "Tromsø" not in page


# ---- Kanban ---------------------------------------------------------------------------------------------------------


def drop(client: Client, card: Contact, value: object, query: str = "group=parent&view=kanban") -> int:
    headers = {"HX-Request": "true", "HX-Target": "board", "HX-Current-URL": f"http://testserver/contacts/?{query}"}
    return client.post(f"{DOORS}cards/", {"card": card.pk, "stage": value}, headers=headers).status_code


def test_a_kanban_has_a_column_for_each_value(client: Client) -> None:
    firm = make_contact(name="Firm", is_company=True)
    make_contact(name="Ada", parent=firm)

    page = on_page(client, "group=parent&view=kanban")

    assert f'data-stage="{firm.pk}"' in page
    assert 'data-stage="none"' in page
    assert "dh-card" in page


def test_a_card_that_is_dropped_gets_the_value_of_its_column(client: Client) -> None:
    firm, ada = make_contact(name="Firm", is_company=True), make_contact(name="Ada")

    assert drop(client, ada, firm.pk) == 200
    ada.refresh_from_db()
    assert ada.parent == firm
    assert drop(client, ada, "none") == 200
    ada.refresh_from_db()
    assert ada.parent is None


def test_a_card_is_not_dropped_where_one_may_not_look_or_what_is_not_written(client: Client) -> None:
    ada, hidden = make_contact(name="Ada"), make_contact(name="X", is_company=True, company=make_company())

    for value, query in ((hidden.pk, "group=parent"), ("x", "group=parent"), ("Oslo", "group=city")):
        drop(client, ada, value, f"{query}&view=kanban")

    ada.refresh_from_db()
    assert (ada.parent, ada.city) == (None, "")
    assert drop(client, hidden, "none") == 404


def test_a_refusal_says_why_and_leaves_the_card(client: Client) -> None:
    firm, other = make_contact(name="Firm", is_company=True), make_contact(name="Other", is_company=True)

    assert drop(client, firm, other.pk) == 200

    firm.refresh_from_db()
    assert firm.parent is None


def test_a_record_is_made_quickly_in_a_column(client: Client, agent: User) -> None:
    firm = make_contact(name="Firm", is_company=True)
    url = f"{DOORS}cards/new/?group=parent&value={firm.pk}"
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/contacts/?group=parent&view=kanban"}

    answer = client.post(url, {"quick": "Ada"}, headers=headers)

    assert answer.status_code == 200, answer.content
    assert Contact.objects.get(name="Ada").parent == firm


def test_quick_create_without_a_word_is_refused_and_edit_goes_to_the_form(client: Client) -> None:
    url = f"{DOORS}cards/new/?group=country&value=NO"

    assert client.post(url, {"quick": " "}).status_code == 422
    assert client.post(url, {"quick": "Ada", "edit": "1"})["HX-Redirect"] == "/contacts/new/?country=NO&name=Ada"
    assert not Contact.objects.filter(name="Ada").exists()


def test_a_kanban_costs_the_same_for_one_card_and_for_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    firm = make_contact(name="Firm", is_company=True)
    # session, user, columns of the Kanban, their number, cards
    with django_assert_num_queries(6) as one:
        on_page(client, "group=parent&view=kanban")
    for number in range(3):
        make_contact(name=f"Person {number}", parent=firm)

    with django_assert_num_queries(len(one)):
        on_page(client, "group=parent&view=kanban")


def test_columns_fold_and_show_more(client: Client) -> None:
    firm = make_contact(name="Firm", is_company=True)
    for number in range(45):
        make_contact(name=f"Person {number:02}", parent=firm)

    page = on_page(client, "group=parent&view=kanban")
    assert "Person 39" in page
    assert "Person 40" not in page
    assert "Person 40" in on_page(client, "group=parent&view=kanban&limit=80")
    assert "Person 00" not in on_page(client, f"group=parent&view=kanban&fold={firm.pk}")


# ---- two people, one record -----------------------------------------------------------------------------------------


def _as_loaded(client: Client, contact: Contact) -> dict[str, str]:
    """What the page's form would send if nothing was typed."""
    context = client.get(f"{LIST}{contact.pk}/").context
    data = {field.html_name: field.value() for field in context["form"]}
    sent = {name: str(value) for name, value in data.items() if value not in (None, False, "", [])}
    return sent | {"seen": context["seen"]}


def test_what_somebody_else_wrote_meanwhile_is_told_and_not_overwritten(client: Client) -> None:
    ada = make_contact(name="Ada", phone="1")
    mine = _as_loaded(client, ada) | {"name": "Ada Lovelace"}
    Contact.objects.filter(pk=ada.pk).update(phone="22")

    answer = client.post(f"{LIST}{ada.pk}/", mine)

    assert answer.status_code == 422
    assert "Somebody else changed this meanwhile: Phone." in answer.content.decode()
    assert "Meanwhile: 22" in answer.content.decode()
    ada.refresh_from_db()
    assert (ada.name, ada.phone) == ("Ada", "22")


def test_who_saves_again_replaces_only_what_they_typed_themselves(client: Client) -> None:
    ada = make_contact(name="Ada", phone="1", city="Oslo", country="NO")
    mine = _as_loaded(client, ada) | {"city": "Bergen"}
    Contact.objects.filter(pk=ada.pk).update(phone="22", country="DE", is_company=True, note="One\nTwo")

    told = client.post(f"{LIST}{ada.pk}/", mine)

    assert "What they wrote stands there now. Save again to keep both." in told.content.decode()
    shown = {field.html_name: field.value() for field in told.context["form"]}
    assert (shown["phone"], shown["country"], shown["is_company"], shown["city"]) == ("22", "DE", True, "Bergen")
    again = {name: str(value) for name, value in shown.items() if value not in (None, False, "", [])}
    assert client.post(f"{LIST}{ada.pk}/", again | {"seen": told.context["seen"]}).status_code == 302
    ada.refresh_from_db()
    assert (ada.phone, ada.country, ada.city, ada.note) == ("22", "DE", "Bergen", "One\nTwo")


def test_who_was_told_may_save_again(client: Client) -> None:
    ada = make_contact(name="Ada", phone="1")
    mine = _as_loaded(client, ada) | {"phone": "333"}
    Contact.objects.filter(pk=ada.pk).update(phone="22")
    told = client.post(f"{LIST}{ada.pk}/", mine).context["seen"]

    assert client.post(f"{LIST}{ada.pk}/", mine | {"seen": told}).status_code == 302

    ada.refresh_from_db()
    assert ada.phone == "333"


def test_nobody_is_stopped_where_nothing_changed_meanwhile(client: Client) -> None:
    ada = make_contact(name="Ada", email="ada@a.example", country="NO", parent=make_contact(name="F", is_company=True))

    assert client.post(f"{LIST}{ada.pk}/", _as_loaded(client, ada) | {"name": "Ada Lovelace"}).status_code == 302
