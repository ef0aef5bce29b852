from __future__ import annotations

import pytest

from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
from deskhand.base.workforce.models import Department, Employee
from deskhand.base.workforce.services.employees import (
    DepartmentNameTaken,
    ManagersInCircle,
    NewEmployee,
    OfAnotherCompany,
    UserIsEmployee,
    change_employee,
    create_employee,
    save_department,
)
from deskhand.base.workforce.testing import make_calendar, make_employee

pytestmark = pytest.mark.django_db


def test_a_user_is_one_employee() -> None:
    user = make_agent()
    make_employee(user)

    with pytest.raises(UserIsEmployee):
        create_employee(NewEmployee(name="Twin", company=user.company, user=user))

    assert Employee.objects.count() == 1


def test_nobody_is_their_own_manager_in_the_end() -> None:
    top = make_employee()
    middle = make_employee(company=top.company, manager=top)
    low = make_employee(company=top.company, manager=middle)

    for manager in (top, middle, low):
        with pytest.raises(ManagersInCircle):
            change_employee(top.pk, {"manager": manager})
    top.refresh_from_db()
    assert top.manager is None


def test_department_and_calendar_are_those_of_the_company() -> None:
    employee = make_employee()

    with pytest.raises(OfAnotherCompany) as refusal:
        change_employee(employee.pk, {"calendar": make_calendar()})
    assert refusal.value.field == "calendar"
    with pytest.raises(OfAnotherCompany):
        change_employee(employee.pk, {"department": save_department("Elsewhere", company=make_company())})


def test_a_department_name_is_taken_within_a_company_only() -> None:
    department = save_department("Care", company=make_company())

    with pytest.raises(DepartmentNameTaken):
        save_department("care", company=department.company)
    save_department("Care", company=make_company())
    assert Department.objects.count() == 2
