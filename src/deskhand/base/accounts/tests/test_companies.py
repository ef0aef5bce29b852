"""The company switcher: what is looked at, and what is not (TEAM-9)."""

from __future__ import annotations

import pytest
from django.test import Client

from deskhand.base.accounts.models import User
from deskhand.base.accounts.queries import who_asks
from deskhand.base.accounts.services import CompanyNotYours, show_all_companies, show_company, switch_company
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact

pytestmark = pytest.mark.django_db
SWITCH = "/settings/preferences/companies/"


@pytest.fixture
def companies() -> list[Company]:
    return [make_company(name=name) for name in ("Aurora", "Borea", "Ceres")]


@pytest.fixture
def user(companies: list[Company]) -> User:
    agent = make_agent(companies[0])
    agent.companies.set(companies)
    return agent


def looked_at(user: User) -> list[int]:
    found = who_asks(user.pk)
    assert found
    assert list(found.viewer.company_ids) == found.company_ids
    return found.company_ids


def test_at_first_all_are_looked_at(user: User, companies: list[Company]) -> None:
    assert looked_at(user) == [company.pk for company in companies]


def test_switching_works_in_one_alone(user: User, companies: list[Company]) -> None:
    changed = switch_company(user.pk, companies[1].pk)

    assert changed.company == companies[1]
    assert looked_at(user) == [companies[1].pk]


def test_further_companies_are_shown_and_hidden(user: User, companies: list[Company]) -> None:
    switch_company(user.pk, companies[1].pk)

    show_company(user.pk, companies[2].pk, shown=True)
    assert looked_at(user) == [companies[1].pk, companies[2].pk]

    show_company(user.pk, companies[2].pk, shown=False)
    assert looked_at(user) == [companies[1].pk]

    show_all_companies(user.pk)
    assert len(looked_at(user)) == 3


def test_the_present_company_is_never_hidden(user: User, companies: list[Company]) -> None:
    show_company(user.pk, companies[0].pk, shown=False)

    assert companies[0].pk in looked_at(user)


def test_nobody_looks_into_a_company_they_do_not_work_in(user: User) -> None:
    foreign = make_company()

    with pytest.raises(CompanyNotYours):
        switch_company(user.pk, foreign.pk)
    with pytest.raises(CompanyNotYours):
        show_company(user.pk, foreign.pk, shown=True)

    assert foreign.pk not in looked_at(user)


def test_who_works_no_more_where_they_looked_sees_the_others(user: User, companies: list[Company]) -> None:
    switch_company(user.pk, companies[1].pk)
    User.objects.filter(pk=user.pk).update(company=companies[0])

    user.companies.remove(companies[1])

    assert looked_at(user) == [companies[0].pk, companies[2].pk]


def test_what_others_ask_of_a_user_is_not_narrowed(user: User, companies: list[Company]) -> None:
    switch_company(user.pk, companies[1].pk)

    assert len(User.objects.get(pk=user.pk).company_ids) == 3


def test_a_program_sees_all_whatever_the_pages_show(user: User, companies: list[Company]) -> None:
    switch_company(user.pk, companies[1].pk)
    found = who_asks(user.pk)
    assert found
    assert len(found.viewer.company_ids) == 1

    found.look_at_all()

    assert len(found.viewer.company_ids) == 3


def test_a_page_shows_the_records_of_the_chosen_companies(client: Client, user: User, companies: list[Company]) -> None:
    client.force_login(user)
    here, there = make_contact(name="Here", company=companies[0]), make_contact(name="There", company=companies[1])

    client.post(SWITCH, {"present": companies[1].pk})
    listed = client.get("/contacts/").content.decode()
    hidden = client.get(f"/contacts/{here.pk}/")

    assert there.name in listed
    assert here.name not in listed
    assert hidden.status_code == 404
    assert "Look in all my companies" in hidden.content.decode()


def test_the_way_out_of_a_page_that_is_hidden_leads_back_to_it(
    client: Client, user: User, companies: list[Company]
) -> None:
    client.force_login(user)
    record = make_contact(company=companies[0])
    client.post(SWITCH, {"present": companies[1].pk})

    answer = client.post(SWITCH, {"all": "1", "next": f"/contacts/{record.pk}/"}, follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[0][0] == f"/contacts/{record.pk}/"


def test_the_bar_offers_the_switcher_only_to_whom_it_is_of_use(client: Client, user: User) -> None:
    client.force_login(user)
    many = client.get("/contacts/").content.decode()
    client.force_login(make_agent())
    one = client.get("/contacts/").content.decode()

    assert "Borea" in many
    assert SWITCH in many
    assert SWITCH not in one


@pytest.mark.parametrize("said", [{"present": "x"}, {"show": ""}, {}])
def test_nonsense_changes_nothing(client: Client, user: User, said: dict[str, str]) -> None:
    client.force_login(user)

    assert client.post(SWITCH, said).status_code == 404
    assert len(looked_at(user)) == 3
