"""Makers of data for tests and demo."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company
from deskhand.base.workforce.calendars import Attendance
from deskhand.base.workforce.models import Employee, LeaveType, TimeOff, WorkingCalendar
from deskhand.base.workforce.queries.schedules import STANDARD_HOURS
from deskhand.base.workforce.services.time_off import Wish, ask_for_time_off
from deskhand.base.workforce.services.working_calendars import CalendarDetails, create_calendar
from deskhand.kit.clock import now

_numbers = count(1)


def make_calendar(
    company: Company | None = None, *, hours: tuple[Attendance, ...] = STANDARD_HOURS, **fields: Any
) -> WorkingCalendar:
    """Monday to Friday, 8 to 12 and 13 to 17, in UTC, unless told otherwise. The first of a company is its default."""
    details = {"name": f"Calendar {next(_numbers)}", "company": company or make_company(), "time_zone": "UTC"}
    return create_calendar(CalendarDetails(**details | {"attendances": hours} | fields))  # type: ignore[arg-type]


def make_employee(user: User | None = None, **fields: Any) -> Employee:
    company = fields.pop("company", None) or (user.company if user else make_company())
    name = user.name if user else f"Employee {next(_numbers)}"
    return Employee.objects.create(**{"name": name, "company": company, "user": user} | fields)


def make_leave_type(**fields: Any) -> LeaveType:
    return LeaveType.objects.create(**{"name": f"Type {next(_numbers)}"} | fields)


def make_time_off(employee: Employee, *, by: User, first: date, last: date | None = None, **fields: Any) -> TimeOff:
    """Asked for, not approved."""
    fields.setdefault("type", fields.pop("leave_type", None) or make_leave_type())
    return ask_for_time_off(Wish(employee=employee, first_day=first, last_day=last or first, **fields), by=by, at=now())
