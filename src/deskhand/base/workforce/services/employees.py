"""What changes employees and departments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.base.workforce.events import HoursChanged
from deskhand.base.workforce.models import Department, Employee, WorkingCalendar
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.tracking import RecordChanged, Snapshot
from deskhand.kit.transactions import in_transaction

#: What a person may change; the photo has a service of its own.
_ORDER = ("name", "user", "job_title", "department", "manager", "calendar", "email", "phone")
CHANGEABLE = frozenset(_ORDER)


class UserIsEmployee(DomainError):
    code = "user_is_employee"
    message = _("This user is somebody else's. Choose another one, or none.")
    field = "user"


class ManagersInCircle(DomainError):
    code = "managers_in_circle"
    message = _("They would be their own manager in the end. Choose somebody else.")
    status = 422
    field = "manager"


class OfAnotherCompany(DomainError):
    code = "employee_of_another_company"
    message = _("This belongs to another company. Choose one of the employee's own.")
    status = 422

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__()


class DepartmentNameTaken(DomainError):
    code = "department_name_taken"
    message = _("The company has a department of this name already. Choose another name.")
    field = "name"


@dataclass(frozen=True)
class NewEmployee:
    """Somebody who begins to work here; see :class:`Employee` for the fields."""

    name: str
    company: Company
    user: User | None = None
    job_title: str = ""
    department: Department | None = None
    manager: Employee | None = None
    calendar: WorkingCalendar | None = None
    email: str = ""
    phone: str = ""


@in_transaction
def create_employee(new: NewEmployee) -> Employee:
    """Make an employee.

    :raises UserIsEmployee: the user is another employee's.
    :raises OfAnotherCompany: department, manager or calendar belong to another company.
    """
    employee = Employee(**vars(new))
    _refuse(employee)
    employee.save()
    return employee


@in_transaction
def change_employee(employee_id: int, changes: Mapping[str, Any], *, by: User | None = None) -> Employee:
    """Change the named fields of an employee, who stays in the company; what differs is recorded.

    :raises UserIsEmployee: the user is another employee's.
    :raises ManagersInCircle: the manager answers to them already.
    :raises OfAnotherCompany: department, manager or calendar belong to another company.
    """
    employee = Employee.objects.select_for_update().get(pk=employee_id)
    names, calendar_id = sorted(CHANGEABLE & changes.keys(), key=_ORDER.index), employee.calendar_id
    before = Snapshot(employee, names)
    for name in names:
        setattr(employee, name, changes[name])
    _refuse(employee)
    employee.save(update_fields=names)
    if employee.calendar_id != calendar_id:
        publish(HoursChanged(employee))
    publish(RecordChanged(employee, before.changes(), _contact_of(by), now()))
    return employee


@in_transaction
def archive_employee(employee_id: int, *, by: User | None = None) -> None:
    """They left; what they did stays."""
    _set_active(employee_id, str(_("Archived")), is_active=False, by=by)


@in_transaction
def restore_employee(employee_id: int, *, by: User | None = None) -> None:
    """They work here again."""
    _set_active(employee_id, str(_("Restored")), is_active=True, by=by)


def set_photo(employee_id: int, name: str) -> None:
    """Show a stored picture (:mod:`deskhand.kit.pictures`); empty: initials. One statement."""
    Employee.objects.filter(pk=employee_id).update(photo=name)


@in_transaction
def save_department(name: str, *, company: Company, pk: int | None = None) -> Department:
    """Make a department, or rename the one with ``pk``, which stays with its company.

    :raises DepartmentNameTaken: the company has one of this name.
    """
    department = Department.objects.select_for_update().get(pk=pk) if pk else Department(company=company)
    others = Department.objects.filter(company=department.company_id, name__iexact=name).exclude(pk=pk or 0)
    if others.exists():
        raise DepartmentNameTaken
    department.name = name
    department.save()
    return department


def set_department_active(department_id: int, *, is_active: bool) -> None:
    Department.objects.filter(pk=department_id).update(is_active=is_active)


def _set_active(employee_id: int, what: str, *, is_active: bool, by: User | None) -> None:
    employee = Employee.objects.select_for_update().get(pk=employee_id)
    if employee.is_active != is_active:
        employee.is_active = is_active
        employee.save(update_fields=["is_active"])
        publish(RecordChanged(employee, (), _contact_of(by), now(), text=what))


def _contact_of(user: User | None) -> Contact | None:
    return user.contact if user else None


def _refuse(employee: Employee) -> None:
    if employee.user and Employee.objects.filter(user=employee.user).exclude(pk=employee.pk).exists():
        raise UserIsEmployee
    for name in ("department", "manager", "calendar"):
        linked = getattr(employee, name)
        if linked is not None and linked.company_id != employee.company_id:
            raise OfAnotherCompany(name)
    _refuse_circle(employee)


def _refuse_circle(employee: Employee) -> None:
    """One query for each manager above; companies have few floors."""
    above = employee.manager
    while above is not None and employee.pk:
        if above.pk == employee.pk:
            raise ManagersInCircle
        above = above.manager
