"""Who works when: calendars of the database as schedules to count with, and people who are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from deskhand.base.accounts.public import User
from deskhand.base.workforce.calendars import (
    NO_DAYS,
    Attendance,
    Days,
    PublicHolidays,
    Schedule,
    Span,
    next_working_day,
    openings_between,
    works_on,
)
from deskhand.base.workforce.models import Employee, TimeOff, WorkingCalendar

#: What holds where nobody has said otherwise: Monday to Friday, 8 to 12 and 13 to 17.
STANDARD_HOURS = tuple(Attendance(day, start, end) for day in range(5) for start, end in ((480, 720), (780, 1020)))
#: How far ahead the desk looks for somebody who works (ASSIGN-5).
DAYS_LOOKED_AHEAD = 30


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Public holidays and days of one's own."""

    own: frozenset[date]
    public: PublicHolidays | None = None

    def __contains__(self, day: object) -> bool:
        return day in self.own or (self.public is not None and day in self.public)


def schedule_of(calendar: WorkingCalendar) -> Schedule:
    """What a calendar means. Two queries, none if ``hours`` and ``days`` are prefetched.

    Calendars that mean the same are one schedule, which remembers the weeks that were counted with it.
    """
    days = list(calendar.days.all())
    return _schedule(
        calendar.time_zone,
        tuple(sorted(row.attendance for row in calendar.hours.all())),
        calendar.has_two_weeks,
        DaysOff(
            frozenset(known.day for known in days if not known.is_worked),
            PublicHolidays(calendar.country, calendar.subdivision) if calendar.country else None,
        ),
        frozenset(known.day for known in days if known.is_worked),
    )


@lru_cache(maxsize=256)
def _schedule(
    time_zone: str,
    attendances: tuple[Attendance, ...],
    has_two_weeks: bool,  # noqa: FBT001  # positional for the cache
    days_off: Days,
    working_days: Days,
) -> Schedule:
    return Schedule(ZoneInfo(time_zone), attendances, has_two_weeks, days_off, working_days)


def standard_schedule(time_zone: str) -> Schedule:
    """For a company without any calendar."""
    return _schedule(time_zone, STANDARD_HOURS, False, NO_DAYS, NO_DAYS)


def company_schedules(company_ids: Iterable[int]) -> Mapping[int, Schedule]:
    """The default schedule of each company that has one. Three queries, none for no company."""
    wanted = set(company_ids)
    if not wanted:
        return {}
    calendars = _with_days(WorkingCalendar.objects.filter(is_default=True, company__in=wanted))
    return {calendar.company_id: schedule_of(calendar) for calendar in calendars}


def company_schedule(company_id: int, time_zone: str = "UTC") -> Schedule:
    """By which calendar deadlines of a company count (SLA-1). Three queries.

    ``time_zone`` is the company's, for one that has no calendar yet.
    """
    return company_schedules([company_id]).get(company_id) or standard_schedule(time_zone)


def schedules_of_users(user_ids: Iterable[int], *, since: datetime) -> dict[int, Schedule]:
    """When each user works, with approved time off that ends after ``since``. Eight queries for any number of users.

    Who is no employee works by the default calendar of the present company.
    """
    users = list(User.objects.filter(pk__in=list(user_ids)).select_related("company").order_by("pk"))
    employees = list(Employee.objects.filter(user__in=users).select_related("company", "calendar"))
    by_user = {employee.user_id: employee for employee in employees}
    own = schedules_of_employees(employees)
    absences = _absences([employee.pk for employee in employees], since)
    others = company_schedules({user.company_id for user in users if user.pk not in by_user})
    found = {}
    for user in users:
        employee = by_user.get(user.pk)
        if employee is None:
            found[user.pk] = others.get(user.company_id) or standard_schedule(user.company.time_zone)
        else:
            away = absences.get(employee.pk, ())
            found[user.pk] = own[employee.pk].without_absences(*away) if away else own[employee.pk]
    return found


def schedules_of_employees(employees: Sequence[Employee]) -> dict[int, Schedule]:
    """The hours of employees (with company and calendar), time off not taken out. At most six queries."""
    own = _calendars(employee.calendar_id for employee in employees if employee.calendar_id)
    shared = company_schedules({employee.company_id for employee in employees if not employee.calendar_id})
    return {
        employee.pk: own.get(employee.calendar_id or 0)
        or shared.get(employee.company_id)
        or standard_schedule(employee.company.time_zone)
        for employee in employees
    }


def schedule_of_employee(employee: Employee) -> Schedule:
    """The hours of an employee, time off not taken out. At most five queries."""
    if employee.calendar is not None:
        return schedule_of(employee.calendar)
    return company_schedule(employee.company_id, employee.company.time_zone)


def available_users(user_ids: Iterable[int], *, at: datetime) -> set[int]:
    """Who is there today and not away at this moment (ASSIGN-5)."""
    return {pk for pk, schedule in schedules_of_users(user_ids, since=at).items() if _is_available(schedule, at)}


def next_working_days(user_ids: Iterable[int], *, at: datetime, within: int = DAYS_LOOKED_AHEAD) -> dict[int, date]:
    """The first day after that of ``at`` on which each user works; who does not in so many days is left out."""
    found = {}
    for pk, schedule in schedules_of_users(user_ids, since=at).items():
        tomorrow = at.astimezone(schedule.zone).date() + timedelta(days=1)
        day = next_working_day(schedule, tomorrow, within=within)
        if day is not None:
            found[pk] = day
    return found


def is_away(schedule: Schedule, at: datetime) -> bool:
    return any(absence.start <= at < absence.end for absence in schedule.absences)


def working_hours(schedule: Schedule, span: Span) -> float:
    """Hours worked in a stretch."""
    return sum((one.end - one.start).total_seconds() for one in openings_between(schedule, span.start, span.end)) / 3600


def _is_available(schedule: Schedule, at: datetime) -> bool:
    return not is_away(schedule, at) and works_on(schedule, at.astimezone(schedule.zone).date())


def _calendars(pks: Iterable[int]) -> dict[int, Schedule]:
    wanted = set(pks)
    if not wanted:
        return {}
    return {one.pk: schedule_of(one) for one in _with_days(WorkingCalendar.objects.filter(pk__in=wanted))}


def _with_days(calendars: QuerySet[WorkingCalendar]) -> QuerySet[WorkingCalendar]:
    return calendars.prefetch_related("hours", "days")


def _absences(employee_ids: Sequence[int], since: datetime) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    if employee_ids:
        rows = TimeOff.objects.approved().filter(employee__in=employee_ids, end_at__gt=since).order_by("start_at")
        for employee, start, end in rows.values_list("employee", "start_at", "end_at"):
            found[employee].append(Span(start, end))
    return found
