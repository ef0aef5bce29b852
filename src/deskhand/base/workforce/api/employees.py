"""Employees and departments in the API: colleagues for everybody who works here, kept by administrators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company
from deskhand.base.workforce.models import Department, Employee, WorkingCalendar
from deskhand.base.workforce.pages.screens import DEPARTMENTS, EMPLOYEES_SCREEN
from deskhand.base.workforce.policies import can_administer, can_see_colleagues
from deskhand.base.workforce.services.employees import (
    NewEmployee,
    archive_employee,
    change_employee,
    create_employee,
    restore_employee,
    save_department,
    set_department_active,
    set_photo,
)
from deskhand.kit.api.checks import Email, named, one_line
from deskhand.kit.api.public import Answer, Body, Key, Name, Picture, Ref, Resource, changes_of, ref, sent
from deskhand.kit.api.shapes import NO_NUL


class EmployeeAnswer(Answer):
    id: int
    name: str
    company: Ref
    user: Ref | None = Field(description="Who signs in; null: nobody.")
    job_title: str
    department: Ref | None
    manager: Ref | None = Field(description="An employee, who decides about time off.")
    calendar: Ref | None = Field(description="Null: that of the company.")
    email: str
    phone: str
    has_photo: bool
    is_active: bool


class NewEmployeeBody(Body):
    name: Annotated[Name, Field(max_length=200)]
    company: Key | None = Field(None, description="Null: the company you work in at present. It never changes.")
    user: Key | None = None
    job_title: Annotated[str, Field(pattern=NO_NUL, max_length=120)] = ""
    department: Key | None = None
    manager: Key | None = Field(None, description="Id of an employee.")
    calendar: Key | None = None
    email: Email = ""
    phone: Annotated[str, Field(pattern=NO_NUL, max_length=40)] = ""


class Employees(Resource[Employee]):
    key, title, one, screen = "employees", _("Employees"), _("Employee"), EMPLOYEES_SCREEN
    answer, new = EmployeeAnswer, NewEmployeeBody
    changes = changes_of(NewEmployeeBody, "EmployeeChanges", without=("company",))
    joins = ("company", "user", "department", "manager", "calendar")

    def rows(self, user: Any) -> QuerySet[Employee]:
        return Employee.objects.visible_to(user)

    def may_read(self, user: Any) -> bool:
        return can_see_colleagues(user)

    def may_create(self, user: Any) -> bool:
        return can_administer(user)

    def shown(self, record: Employee, user: Any) -> Mapping[str, Any]:
        del user
        return {
            "id": record.pk,
            "name": record.name,
            "company": ref(record.company),
            "user": ref(record.user),
            "job_title": record.job_title,
            "department": ref(record.department),
            "manager": ref(record.manager),
            "calendar": ref(record.calendar),
            "email": record.email,
            "phone": record.phone,
            "has_photo": bool(record.photo),
            "is_active": record.is_active,
        }

    def create(self, user: Any, body: NewEmployeeBody) -> Employee:
        company = company_of(user, body.company)
        return create_employee(NewEmployee(**_values(user, body.model_dump()) | {"company": company}))

    def change(self, user: Any, record: Employee, body: Any) -> None:
        change_employee(record.pk, _values(user, sent(body)), by=user)

    def archive(self, user: Any, record: Employee) -> None:
        archive_employee(record.pk, by=user)

    def restore(self, user: Any, record: Employee) -> None:
        restore_employee(record.pk, by=user)


def company_of(user: Any, pk: int | None) -> Company:
    """The company that a body names, one of the user's; without a name the present one."""
    return named(Company.objects.filter(pk__in=user.company_ids), pk or user.company_id, "company")


def _values(user: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The fields as the services take them: records instead of ids."""
    rows: Mapping[str, QuerySet[Any]] = {
        "user": User.objects.internal().filter(pk__in=User.objects.visible_to(user).order_by().values("pk")),
        "department": Department.objects.visible_to(user).active(),
        "manager": Employee.objects.visible_to(user).active(),
        "calendar": WorkingCalendar.objects.visible_to(user).active(),
    }
    found = {name: named(rows[name], values[name], name) for name in rows if values.get(name) is not None}
    return values | found | ({"name": one_line(values["name"])} if "name" in values else {})


class DepartmentAnswer(Answer):
    id: int
    name: str
    company: Ref
    is_active: bool


class NewDepartmentBody(Body):
    name: Name
    company: Key | None = Field(None, description="Null: the company you work in at present. It never changes.")


class Departments(Resource[Department]):
    key, title, one, screen = "departments", _("Departments"), _("Department"), DEPARTMENTS
    answer, new = DepartmentAnswer, NewDepartmentBody
    changes = changes_of(NewDepartmentBody, "DepartmentChanges", without=("company",))
    joins = ("company",)

    def rows(self, user: Any) -> QuerySet[Department]:
        return Department.objects.visible_to(user)

    def may_read(self, user: Any) -> bool:
        return can_see_colleagues(user)

    def may_create(self, user: Any) -> bool:
        return can_administer(user)

    def shown(self, record: Department, user: Any) -> Mapping[str, Any]:
        del user
        return {
            "id": record.pk, "name": record.name, "company": ref(record.company), "is_active": record.is_active,
        }  # fmt: skip

    def create(self, user: Any, body: NewDepartmentBody) -> Department:
        return save_department(one_line(body.name), company=company_of(user, body.company))

    def change(self, user: Any, record: Department, body: Any) -> None:
        del user
        values = {"name": record.name} | sent(body)
        save_department(one_line(values["name"]), company=record.company, pk=record.pk)

    def archive(self, user: Any, record: Department) -> None:
        del user
        set_department_active(record.pk, is_active=False)

    def restore(self, user: Any, record: Department) -> None:
        del user
        set_department_active(record.pk, is_active=True)


EMPLOYEES_API, DEPARTMENTS_API = Employees(), Departments()
EMPLOYEES_API.picture(
    Picture("photo", "photos", lambda record: record.photo, lambda record, name: set_photo(record.pk, name))
)
