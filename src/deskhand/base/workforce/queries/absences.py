"""Who is away when, as tables: a month by days, a year by months. Colleagues see that somebody is away, not why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from deskhand.base.workforce.calendars import Schedule, works_on
from deskhand.base.workforce.enums import LeaveLength, LeaveState
from deskhand.base.workforce.models import Department, Employee, TimeOff
from deskhand.base.workforce.queries.schedules import schedules_of_employees
from deskhand.base.workforce.queries.time_off import days_in_words

#: More people than these are looked at by departments.
MOST_SHOWN = 150


@dataclass(frozen=True)
class Cell:
    """A day: ``look`` is ``off``, ``holiday``, ``asked``, ``away`` or nothing; ``text`` says it in words."""

    look: str = ""
    text: str = ""
    is_part: bool = False
    url_pk: int | None = None


@dataclass(frozen=True)
class DayHead:
    day: date
    is_today: bool


@dataclass(frozen=True)
class MonthRow:
    """``company`` stands above the first line of each, where several are shown."""

    employee: Employee
    company: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class MonthTable:
    days: Sequence[DayHead]
    rows: Sequence[MonthRow]
    is_cut: bool


@dataclass(frozen=True)
class YearRow:
    """``months`` and ``total``: working days away, half a day counts half. ``company`` as in :class:`MonthRow`."""

    employee: Employee
    company: str
    months: Sequence[float]
    total: float


@dataclass(frozen=True)
class YearTable:
    year: int
    months: Sequence[date]
    rows: Sequence[YearRow]
    is_cut: bool

    @property
    def columns(self) -> int:
        """Those of the months and their sum."""
        return len(self.months) + 1


def month_of(user: Any, month: date, *, today: date, department: Department | None) -> MonthTable:
    """The days of a month, one line for each colleague. Nine queries for any number of people."""
    days = list(_days(month, _next_month(month)))
    known = _Known(user, department, days[0], days[-1])
    rows = [MonthRow(one, name, [known.cell(one, day) for day in days]) for one, name in known.by_company()]
    return MonthTable([DayHead(day, day == today) for day in days], rows, known.is_cut)


def year_of(user: Any, year: int, *, department: Department | None) -> YearTable:
    """How many days of each month everybody is away. Nine queries for any number of people."""
    known = _Known(user, department, date(year, 1, 1), date(year, 12, 31))
    months = [date(year, month, 1) for month in range(1, 13)]
    rows = []
    for one, name in known.by_company():
        counts = [known.days_away(one, month, _next_month(month)) for month in months]
        rows.append(YearRow(one, name, counts, sum(counts)))
    return YearTable(year, months, rows, known.is_cut)


class _Known:
    """All that the table needs, asked for once."""

    def __init__(self, user: Any, department: Department | None, first: date, last: date) -> None:
        rows = Employee.objects.visible_to(user).active().select_related("company", "calendar")
        rows = rows.filter(department=department) if department else rows
        found = list(rows.order_by("company__name", "company", "name", "pk")[: MOST_SHOWN + 1])
        self.employees, self.is_cut = found[:MOST_SHOWN], len(found) > MOST_SHOWN
        self._schedules = schedules_of_employees(self.employees)
        self._seen = set(
            TimeOff.objects.visible_to(user)
            .filter(first_day__lte=last, last_day__gte=first)
            .values_list("pk", flat=True)
        )
        self._time_off = self._by_employee(first, last)
        self._works_on: Callable[[Schedule, date], bool] = cache(works_on)

    def by_company(self) -> Iterator[tuple[Employee, str]]:
        """The employees, with the name of their company at the first of each, if there are several."""
        several = len({one.company_id for one in self.employees}) > 1
        before = None
        for one in self.employees:
            yield one, one.company.name if several and one.company_id != before else ""
            before = one.company_id

    def _by_employee(self, first: date, last: date) -> dict[int, dict[date, TimeOff]]:
        rows = TimeOff.objects.counted().filter(employee__in=self.employees, first_day__lte=last, last_day__gte=first)
        by_employee: dict[int, dict[date, TimeOff]] = defaultdict(dict)
        for one in rows.select_related("type"):
            if one.state == LeaveState.REQUESTED and one.pk not in self._seen:
                continue
            for day in _days(max(one.first_day, first), min(one.last_day, last) + timedelta(days=1)):
                by_employee[one.employee_id][day] = one
        return by_employee

    def cell(self, employee: Employee, day: date) -> Cell:
        schedule = self._schedules[employee.pk]
        if not self._works_on(schedule, day):
            is_holiday = schedule.is_off(day) and bool(schedule.attendances_of(day))
            return Cell("holiday", _("Public holiday")) if is_holiday else Cell("off", _("Does not work"))
        time_off = self._time_off[employee.pk].get(day)
        return self._away(time_off) if time_off else Cell()

    def _away(self, time_off: TimeOff) -> Cell:
        is_part = time_off.length != LeaveLength.DAYS
        if time_off.pk not in self._seen:
            return Cell("away", _("Away"), is_part)
        look = "away" if time_off.state == LeaveState.APPROVED else "asked"
        words = {"type": time_off.type.name, "when": days_in_words(time_off), "state": time_off.get_state_display()}
        return Cell(look, _("%(type)s, %(when)s (%(state)s)") % words, is_part, time_off.pk)

    def days_away(self, employee: Employee, first: date, until: date) -> float:
        schedule = self._schedules[employee.pk]
        away = self._time_off[employee.pk]
        return sum(
            1 if one.length == LeaveLength.DAYS else 0.5
            for day, one in away.items()
            if first <= day < until and one.state == LeaveState.APPROVED and self._works_on(schedule, day)
        )


def _days(first: date, until: date) -> Iterator[date]:
    day = first
    while day < until:
        yield day
        day += timedelta(days=1)


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
