"""The list of contacts: also the proof of what every declared list can do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.models import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.screens.shapes import Listing

pytestmark = pytest.mark.django_db
LIST = "/contacts/"


@pytest.fixture
def agent(client: Client) -> User:
    """Somebody who works here, signed in; their own contact has another name than all others."""
    user = make_agent(name="Zora Agent")
    client.force_login(user)
    return user


def listing(client: Client, query: str = "") -> Listing:
    response = client.get(LIST + query)
    assert response.status_code == 200
    found: Listing = response.context["listing"]
    return found


def names(client: Client, query: str = "") -> list[str]:
    shown = listing(client, query)
    pks = [row.pk for row in shown.rows] + [row.pk for section in shown.sections for row in section.rows]
    by_pk = Contact.objects.in_bulk(pks)
    return [by_pk[pk].name for pk in pks if by_pk[pk].name != "Zora Agent"]


# ---- who comes in ---------------------------------------------------------------------------------------------------


def test_strangers_sign_in_first(client: Client) -> None:
    response = client.get(LIST)

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={LIST}"


def test_portal_users_are_refused(client: Client) -> None:
    client.force_login(make_portal_user())

    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}new/").status_code == 403


def test_contacts_of_a_company_one_does_not_work_in_are_not_there(client: Client, agent: User) -> None:
    make_contact(name="Shared", company=None)
    make_contact(name="Ours", company=agent.company)
    theirs = make_contact(name="Theirs", company=make_company())

    assert names(client) == ["Ours", "Shared"]
    assert client.get(f"{LIST}{theirs.pk}/").status_code == 404


# ---- what it shows --------------------------------------------------------------------------------------------------


def test_a_list_costs_the_same_number_of_queries_for_one_row_and_for_three(
    client: Client, agent: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    firm = make_contact(name="Firm", is_company=True)
    client.get(LIST)
    with django_assert_num_queries(8) as one:
        client.get(LIST)
    for number in range(3):
        make_contact(name=f"Person {number}", parent=firm, company=agent.company)

    with django_assert_num_queries(len(one)):
        client.get(LIST)


def test_a_grouped_list_costs_the_same_number_of_queries_for_one_row_and_for_three(
    client: Client, agent: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_contact(country="NO")
    with django_assert_num_queries(7) as one:
        client.get(f"{LIST}?group=country")
    make_contact(country="DE")
    make_contact(country="DE")

    with django_assert_num_queries(len(one)):
        client.get(f"{LIST}?group=country")


def test_archived_contacts_stay_out_of_sight_until_they_are_asked_for(client: Client, agent: User) -> None:
    make_contact(name="Here")
    make_contact(name="Gone", is_active=False)

    assert names(client) == ["Here"]
    assert names(client, "?filter=archived") == ["Gone"]


def test_filters_of_one_section_widen_each_other(client: Client, agent: User) -> None:
    make_contact(name="Firm", is_company=True)
    make_contact(name="Person")

    assert names(client, "?filter=companies") == ["Firm"]
    assert names(client, "?filter=companies&filter=people") == ["Firm", "Person"]


def test_a_search_finds_every_word_in_name_company_address_or_number(client: Client, agent: User) -> None:
    firm = make_contact(name="Brauhaus", is_company=True, email="")
    make_contact(name="Annegret Schmidt", parent=firm, email="a.schmidt@brau.example", phone="+49 89 555")
    make_contact(name="Olena", email="olena@else.example")

    for words in ("schmidt", "brauhaus+anne", "A.SCHMIDT@", "89+555"):
        assert "Annegret Schmidt" in names(client, f"?q={words}")
    assert names(client, "?q=schmidt&q=olena") == []


def test_what_people_type_into_the_search_is_shown_as_text(client: Client, agent: User) -> None:
    content = client.get(f"{LIST}?q=%3Cscript%3Ealert(1)%3C/script%3E").content.decode()

    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)" in content


def test_a_facet_stands_for_each_choice_and_takes_it_away_again(client: Client, agent: User) -> None:
    box = client.get(f"{LIST}?filter=people&filter=companies&group=country&q=oven").context["box"]

    assert [list(facet.values) for facet in box.facets] == [["People", "Companies"], ["Country"], ["oven"]]
    assert [facet.url for facet in box.facets] == [
        f"{LIST}?q=oven&group=country",
        f"{LIST}?q=oven&filter=people&filter=companies",
        f"{LIST}?filter=people&filter=companies&group=country",
    ]


def test_a_search_keeps_what_was_chosen_before(client: Client, agent: User) -> None:
    content = client.get(f"{LIST}?filter=people&sort=-name&page=3").content.decode()

    assert '<input type="hidden" name="filter" value="people">' in content
    assert '<input type="hidden" name="sort" value="-name">' in content
    assert 'name="page"' not in content


def test_a_heading_sorts_and_chosen_again_sorts_the_other_way_round(client: Client, agent: User) -> None:
    make_contact(name="Ada", city="Oslo")
    make_contact(name="Bo", city="Bergen")

    shown = listing(client, "?q=contact&sort=city")
    heading = next(heading for heading in shown.headings if heading.label == "City")

    assert names(client, "?filter=people&sort=city")[-2:] == ["Bo", "Ada"]
    assert heading.direction == "ascending"
    assert "sort=-city" in heading.url


def test_pages_follow_each_other_without_gap_or_overlap(client: Client, agent: User) -> None:
    Contact.objects.bulk_create(Contact(name="Same", email=f"{number}@many.example") for number in range(165))

    first, second, third = (listing(client, f"?q=many&page={page}") for page in (1, 2, 3))

    assert len({row.pk for shown in (first, second, third) for row in shown.rows}) == 165
    assert (third.pager.first, third.pager.last, third.pager.total) == (161, 165, 165)
    assert first.pager.previous_url == ""
    assert third.pager.next_url == ""
    assert second.pager.next_url == f"{LIST}?q=many&page=3"


def test_a_page_behind_the_last_is_the_last(client: Client, agent: User) -> None:
    make_contact(name="Only")

    assert names(client, "?filter=people&page=900") == ["Only"]


def test_an_empty_list_says_what_will_be_here_and_a_search_without_result_what_to_do(
    client: Client, agent: User
) -> None:
    Contact.objects.exclude(pk=agent.contact_id).delete()
    Contact.objects.update(is_active=False)

    assert "No contacts yet" in client.get(LIST).content.decode()
    assert "Nothing found" in client.get(f"{LIST}?q=nobody").content.decode()


def test_the_table_keeps_its_roles_when_rows_become_cards(client: Client, agent: User) -> None:
    content = client.get(LIST).content.decode()

    for role in ("table", "rowgroup", "row", "columnheader", "cell"):
        assert f'role="{role}"' in content


# ---- groups ---------------------------------------------------------------------------------------------------------


def test_groups_are_counted_and_named_and_those_without_a_value_come_last(client: Client, agent: User) -> None:
    firm = make_contact(name="Brauhaus", is_company=True)
    make_contact(name="Ada", parent=firm)
    make_contact(name="Bo", parent=firm)

    sections = listing(client, "?group=parent").sections

    assert [(section.label, section.count) for section in sections] == [("Brauhaus", 2), ("Without a company", 2)]


def test_groups_of_a_code_stand_in_the_order_of_their_names(client: Client, agent: User) -> None:
    for country in ("ES", "NO", "DE"):
        make_contact(country=country)

    labels = [section.label for section in listing(client, "?group=country").sections]

    assert labels == ["Germany", "Norway", "Spain", "Without a country"]
    assert names(client, "?in=country.none") == []


def test_groups_of_a_moment_are_months_the_newest_first(client: Client, agent: User) -> None:
    for name, month in (("Ada", 9), ("Bo", 10), ("Cy", 10)):
        made = make_contact(name=name)
        Contact.objects.filter(pk=made.pk).update(created_at=datetime(2024, month, 5, tzinfo=UTC))

    sections = listing(client, "?group=created&q=customer.example").sections

    assert [(section.label, section.count) for section in sections] == [("October 2024", 2), ("September 2024", 1)]
    assert names(client, "?in=created.2024-10") == ["Bo", "Cy"]


def test_a_group_is_folded_and_unfolded_by_its_address(client: Client, agent: User) -> None:
    firm = make_contact(name="Brauhaus", is_company=True)
    make_contact(name="Ada", parent=firm)

    first = listing(client, "?group=parent&open=").sections[0]
    unfolded = listing(client, first.toggle_url.removeprefix(LIST)).sections[0]

    assert (first.is_open, list(first.rows), first.count) == (False, [], 1)
    assert unfolded.is_open
    assert len(unfolded.rows) == 1


def test_as_many_groups_are_open_as_fit_on_a_page(client: Client, agent: User) -> None:
    big = make_contact(name="A big one", is_company=True)
    small = make_contact(name="B small one", is_company=True)
    Contact.objects.bulk_create(Contact(name=f"P{number:03}", parent=big) for number in range(90))
    make_contact(name="Q", parent=small)

    sections = listing(client, "?group=parent").sections

    assert [section.is_open for section in sections] == [True, False, False]
    assert len(sections[0].rows) == 80
    assert sections[0].all_url == f"{LIST}?in=parent.{big.pk}"


def test_inside_a_group_its_name_is_a_facet(client: Client, agent: User) -> None:
    firm = make_contact(name="Brauhaus", is_company=True)
    make_contact(name="Ada", parent=firm)

    response = client.get(f"{LIST}?in=parent.{firm.pk}")

    assert [row.pk for row in response.context["listing"].rows] == [Contact.objects.get(name="Ada").pk]
    assert [(facet.label, list(facet.values)) for facet in response.context["box"].facets] == [
        ("Company", ["Brauhaus"])
    ]


@pytest.mark.parametrize("value", ["x", "", "99999", "none", "2024-13"])
def test_a_group_that_there_is_not_is_empty_and_no_error(client: Client, agent: User, value: str) -> None:
    for group in ("parent", "country", "created"):
        assert client.get(f"{LIST}?in={group}.{value}").status_code == 200
