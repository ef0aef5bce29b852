"""Who works at the company, when, and who is away: employees, calendars, time off."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company
from deskhand.base.mail.public import OutgoingMail
from deskhand.base.workforce.public import (
    CalendarDetails,
    Department,
    Employee,
    LeaveLength,
    LeaveType,
    LeaveTypeDetails,
    NewEmployee,
    TimeOff,
    Wish,
    WorkingCalendar,
    add_day,
    approve_time_off,
    ask_for_time_off,
    change_calendar,
    create_calendar,
    create_employee,
    hours_per_weekday,
    refuse_time_off,
    save_department,
    save_leave_type,
)
from deskhand.kit.work.models import WorkState

_DATA = Path(__file__).parent / "data" / "people.toml"
#: How long before the first day people ask, and how long an answer takes.
_AHEAD, _ANSWERED_AFTER = timedelta(days=21), timedelta(hours=5)


@dataclass(frozen=True)
class _Staff:
    company: Company
    users: Mapping[str, User]
    employees: Mapping[str, Employee]


@cache
def read_people() -> dict[str, Any]:
    """Who works how at the company, and who is away."""
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def employ(company: Company, users: Mapping[str, User], people: Mapping[str, Any], *, at: datetime) -> None:
    """Make employees of the users (by mail address), with calendars and time off around ``at``."""
    by_login = {email.partition("@")[0]: user for email, user in users.items()}
    calendars = _make_calendars(company, people, at)
    staff = _Staff(company, by_login, _make_employees(people["employee"], company, by_login, calendars))
    for entry in people["leave"]:
        _play_leave(entry, staff, at)
    kind = OutgoingMail.objects.filter(content_type__app_label=TimeOff._meta.app_label, state=WorkState.WAITING)  # noqa: SLF001
    kind.update(state=WorkState.DONE, attempts=1, sent_at=at, html="", text="")


def _make_calendars(company: Company, people: Mapping[str, Any], at: datetime) -> dict[str, WorkingCalendar]:
    standard = WorkingCalendar.objects.get(company=company, is_default=True)
    own = CalendarDetails(standard.name, company, company.time_zone, **people["calendar"])
    change_calendar(standard.pk, own)
    for entry in people["day"]:
        for year in (at.year, at.year + 1):
            day = timezone.localdate(at).replace(year=year, month=entry["month"], day=entry["day"])
            add_day(standard.pk, day, name=entry["name"], is_worked=False)
    return {entry["name"]: create_calendar(_details(entry, company)) for entry in people["other_calendar"]}


def _details(entry: Mapping[str, Any], company: Company) -> CalendarDetails:
    return CalendarDetails(
        name=entry["name"],
        company=company,
        time_zone=entry["time_zone"],
        attendances=[one for week, days in enumerate(entry["hours"]) for one in hours_per_weekday(days, week=week)],
        has_two_weeks=len(entry["hours"]) > 1,
        country=entry["country"],
        subdivision=entry["subdivision"],
    )


def _make_employees(
    entries: Sequence[Mapping[str, Any]],
    company: Company,
    users: Mapping[str, User],
    calendars: Mapping[str, WorkingCalendar],
) -> dict[str, Employee]:
    departments: dict[str, Department] = {}
    employees: dict[str, Employee] = {}
    for entry in entries:
        name = entry["department"]
        if name not in departments:
            departments[name] = save_department(name, company=company)
        user = users.get(entry.get("login", ""))
        made = create_employee(
            NewEmployee(
                name=user.name if user else entry["name"],
                company=company,
                user=user,
                job_title=entry["job"],
                department=departments[name],
                manager=employees.get(entry.get("manager", "")),
                calendar=calendars.get(entry.get("calendar", "")),
                email=user.email if user else "",
                phone=entry.get("phone", company.phone),
            )
        )
        employees[entry.get("login", made.name)] = made
    return employees


def _play_leave(entry: Mapping[str, Any], staff: _Staff, at: datetime) -> None:
    """Asked for some weeks before, answered the same day. Late in a week: from the Monday after."""
    employee, user = staff.employees[entry["login"]], staff.users[entry["login"]]
    decider = employee.manager.user if employee.manager and employee.manager.user else user
    first = timezone.localdate(at) + timedelta(days=entry["from"])
    first += timedelta(days=(7 - first.weekday()) if first.weekday() > 3 else 0)
    asked_at = min(at - timedelta(days=1), at + timedelta(days=entry["from"]) - _AHEAD)
    wish = Wish(
        employee=employee,
        type=_type(entry["type"]),
        first_day=first,
        last_day=first + timedelta(days=entry["days"] - 1),
        length=LeaveLength(entry.get("length", "days")),
        reason=entry.get("reason", ""),
    )
    time_off = ask_for_time_off(wish, by=user, at=asked_at)
    if entry["state"] == "refused":
        refuse_time_off(time_off.pk, by=decider, at=asked_at + _ANSWERED_AFTER, comment=entry.get("comment", ""))
    elif entry["state"] == "approved" and wish.type.needs_approval:
        approve_time_off(time_off.pk, by=decider, at=asked_at + _ANSWERED_AFTER)


def _type(name: str) -> LeaveType:
    return LeaveType.objects.filter(name=name).first() or save_leave_type(LeaveTypeDetails(name))
