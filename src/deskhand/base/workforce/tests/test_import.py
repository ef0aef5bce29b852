"""Employees and what belongs to them out of files: by the forms of their pages, whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_agent, make_user
from deskhand.base.companies.testing import make_company
from deskhand.base.workforce.models import Department, Employee, LeaveType
from deskhand.base.workforce.testing import make_employee
from deskhand.kit.hues import Hue
from deskhand.kit.screens.imports.models import Import
from deskhand.kit.work.models import WorkState

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> User:
    user = make_user(app="employees", role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def imported(client: Client, text: str, *, to: str = "/employees/import/", **typed: Any) -> Import:
    """Upload a table and import it, with the columns as they were guessed."""
    client.post(to, {"file": SimpleUploadedFile("people.csv", text.encode())})
    work = Import.objects.latest("pk")
    columns = {f"column-{place}": name for place, name in enumerate(work.mapping)}
    client.post(f"/imports/{work.pk}/", columns | {"import": "1"} | typed)
    work.refresh_from_db()
    assert work.state == WorkState.DONE, work.last_error
    return work


def department(user: User, name: str) -> Department:
    return Department.objects.create(name=name, company=user.company)


def test_rows_become_employees_with_department_and_manager_by_name(client: Client, admin: User) -> None:
    bakery, lead = department(admin, "Bakery"), make_employee(company=admin.company, name="Lea Lead")

    work = imported(
        client,
        "Name,Job title,Department,Manager,Email\nAda Oven,Baker,bakery,Lea Lead,ada@x.example\nBo Bun,,,,\n",
    )

    assert (work.created, work.problems) == (2, [])
    ada, bo = Employee.objects.get(name="Ada Oven"), Employee.objects.get(name="Bo Bun")
    assert (ada.job_title, ada.department, ada.manager, ada.email) == ("Baker", bakery, lead, "ada@x.example")
    assert (bo.department, bo.manager) == (None, None)
    assert (ada.company, bo.company) == (admin.company, admin.company)


def test_a_department_that_is_not_there_stands_beside_its_row_and_nothing_is_imported(
    client: Client, admin: User
) -> None:
    department(admin, "Bakery")

    work = imported(client, "Name,Department\nAda,Bakery\nBo,Cellar\n")

    assert work.problems == [[3, "Department", "Cellar", "There is no “Cellar”."]]
    assert not Employee.objects.exists()


def test_a_department_of_another_company_is_not_there(client: Client, admin: User) -> None:
    Department.objects.create(name="Secret", company=make_company())

    work = imported(client, "Name,Department\nAda,Secret\n")

    assert [problem[3] for problem in work.problems] == ["There is no “Secret”."]
    assert not Employee.objects.exists()


def test_known_employees_are_updated_and_what_has_no_column_stays(client: Client, admin: User) -> None:
    bakery = department(admin, "Bakery")
    ada = make_employee(company=admin.company, name="Ada", email="ada@x.example", department=bakery, job_title="Baker")

    work = imported(client, "Email,Name,Job title\nADA@x.example,Ada Oven,\nbo@x.example,Bo,\n", key="email")

    ada.refresh_from_db()
    assert (work.created, work.updated) == (1, 1)
    assert (ada.name, ada.department, ada.job_title, ada.email) == ("Ada Oven", bakery, "", "ADA@x.example")


def test_who_has_a_user_already_keeps_them(client: Client, admin: User) -> None:
    """The form of a new employee offers only users who are nobody's."""
    user = make_agent(admin.company, name="Jonas")
    jonas = make_employee(user)

    work = imported(client, f"Name,User,Phone\nJonas,{user.email},77\n", key="name")

    jonas.refresh_from_db()
    assert (work.problems, jonas.user, jonas.phone) == ([], user, "77")


def test_an_employee_of_another_company_is_out_of_reach(client: Client, admin: User) -> None:
    foreign = make_employee(company=make_company(), name="Ada", job_title="Spy")

    work = imported(client, "Name,Job title\nAda,Baker\n", key="name")

    foreign.refresh_from_db()
    assert (work.created, work.updated, foreign.job_title) == (1, 0, "Spy")


def test_an_employee_does_not_change_the_company(client: Client, admin: User) -> None:
    other = make_company(name="Bakery South")
    admin.companies.add(other)
    ada = make_employee(company=admin.company, name="Ada")

    work = imported(client, "Name,Company\nAda,Bakery South\n", key="name")

    ada.refresh_from_db()
    assert [problem[1:3] for problem in work.problems] == [["Company", "Bakery South"]]
    assert ada.company == admin.company


def test_what_the_service_refuses_stands_beside_its_row(client: Client, admin: User) -> None:
    department(admin, "Bakery")

    work = imported(client, "Name\nHall\nBAKERY\n", to="/employees/departments/import/")

    sentence = "The company has a department of this name already. Choose another name."
    assert work.problems == [[3, "Name", "BAKERY", sentence]]
    assert Department.objects.get().name == "Bakery"


def test_types_of_time_off_say_colour_and_approval_in_words(client: Client, admin: User) -> None:
    work = imported(
        client,
        f"Name,Color,Needs approval\nSabbatical,{Hue(2).label},no\n",
        to="/time-off/types/import/",
    )

    made = LeaveType.objects.get(name="Sabbatical")
    assert (work.problems, made.color, made.needs_approval) == ([], 2, False)


def test_what_a_new_form_shows_stands_for_columns_that_are_not_there(client: Client, admin: User) -> None:
    imported(client, "Name\nSabbatical\n", to="/time-off/types/import/")

    made = LeaveType.objects.get(name="Sabbatical")
    assert (made.color, made.needs_approval) == (Hue.choices[0][0], True)


def test_who_may_not_make_employees_may_not_import_any(client: Client, admin: User) -> None:
    client.force_login(make_agent(admin.company))

    refused = client.post("/employees/import/", {"file": SimpleUploadedFile("people.csv", b"Name\nAda\n")})

    assert refused.status_code == 403
    assert not Import.objects.exists()
    assert not Employee.objects.filter(name="Ada").exists()


def test_who_lost_the_right_meanwhile_imports_nothing(client: Client, admin: User) -> None:
    client.post("/employees/import/", {"file": SimpleUploadedFile("people.csv", b"Name\nAda\n")})
    work = Import.objects.get()
    admin.role_grants.all().delete()

    refused = client.post(f"/imports/{work.pk}/", {"column-0": "name", "import": "1"})

    assert refused.status_code == 403
    assert not Employee.objects.filter(name="Ada").exists()
