from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent, make_settings_admin
from deskhand.base.companies.models import Company
from deskhand.base.companies.services.companies import change_company
from deskhand.base.companies.testing import make_company

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client: Client) -> User:
    user = make_settings_admin(make_company(name="Nordlys"))
    client.force_login(user)
    return user


def typed(**fields: Any) -> dict[str, Any]:
    return {"name": "Sørlys", "currency": "EUR", "time_zone": "Europe/Berlin"} | fields


def test_the_list_costs_the_same_number_of_queries_for_one_row_and_for_three(
    client: Client, admin: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/settings/companies/")
    with django_assert_num_queries(6) as one:
        client.get("/settings/companies/")
    make_company()
    make_company()

    with django_assert_num_queries(len(one)):
        client.get("/settings/companies/")


def test_who_makes_a_company_works_in_it(client: Client, admin: User) -> None:
    response = client.post("/settings/companies/new/", typed(alias_domain="SOER.example"))

    made = Company.objects.get(name="Sørlys")
    assert response["Location"] == f"/settings/companies/{made.pk}/"
    assert made.alias_domain == "soer.example"
    assert made in admin.companies.all()


def test_a_new_company_counts_in_the_money_and_time_of_the_present_one(client: Client, admin: User) -> None:
    change_company(admin.company.pk, {"currency": "NOK", "time_zone": "Europe/Oslo"})

    page = client.get("/settings/companies/new/").content.decode()

    assert '<option value="NOK" selected>' in page
    assert '<option value="Europe/Oslo" selected>' in page


@pytest.mark.parametrize(("field", "value"), [("name", "nordlys"), ("alias_domain", "no domain"), ("currency", "")])
def test_a_company_that_makes_no_sense_is_refused(client: Client, admin: User, field: str, value: str) -> None:
    response = client.post("/settings/companies/new/", typed(**{field: value}))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Company.objects.count() == 1


def test_a_company_is_changed_and_gets_a_logo_that_can_be_taken_away(client: Client, admin: User) -> None:
    company = make_company(name="Sørlys")
    url = f"/settings/companies/{company.pk}/"

    client.post(url, typed(phone="+47 22", logo_file=SimpleUploadedFile("logo.png", PNG)))
    company.refresh_from_db()
    assert company.phone == "+47 22"
    assert company.logo

    client.post(url, typed(remove_logo="on"))
    company.refresh_from_db()
    assert company.logo == ""


def test_everybody_sees_the_companies_they_work_in_and_administrators_all(admin: User) -> None:
    agent, other = make_agent(), make_company()

    assert list(Company.objects.visible_to(agent)) == [agent.company]
    assert other in Company.objects.visible_to(admin)
