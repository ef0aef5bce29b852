"""What changes working calendars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import Company
from deskhand.base.workforce.calendars import Attendance
from deskhand.base.workforce.events import CalendarChanged
from deskhand.base.workforce.models import CalendarDay, WorkingCalendar, WorkingHours
from deskhand.base.workforce.queries.schedules import STANDARD_HOURS
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction

STANDARD_NAME = _("Standard 40 hours/week")


class CalendarNameTaken(DomainError):
    code = "calendar_name_taken"
    message = _("The company has a calendar of this name already. Choose another name.")
    field = "name"


class CalendarIsDefault(DomainError):
    code = "calendar_is_default"
    message = _("This is the default calendar of its company. Make another one the default first.")


class CalendarInUse(DomainError):
    code = "calendar_in_use"
    message = _("Employees work by this calendar. Give them another one first.")


class CalendarIsArchived(DomainError):
    code = "calendar_is_archived"
    message = _("This calendar is archived. Restore it first.")


class DayIsTaken(DomainError):
    code = "calendar_day_taken"
    message = _("This day stands in the calendar already. Remove it first.")
    field = "day"


class HoursCollide(DomainError):
    code = "calendar_hours_collide"
    message = _("Hours that go past midnight run into those of the next day. Let them end earlier.")
    status = 422


@dataclass(frozen=True)
class CalendarDetails:
    """All that is typed about a calendar."""

    name: str
    company: Company
    time_zone: str
    attendances: Sequence[Attendance] = field(default=STANDARD_HOURS)
    has_two_weeks: bool = False
    country: str = ""
    subdivision: str = ""


@in_transaction
def create_calendar(details: CalendarDetails) -> WorkingCalendar:
    """Make a calendar; the first of a company is its default.

    :raises CalendarNameTaken: the company has one of this name.
    :raises HoursCollide: a night runs into the next morning.
    """
    calendar = WorkingCalendar()
    calendar.is_default = not WorkingCalendar.objects.filter(company=details.company, is_default=True).exists()
    _write(calendar, details)
    return calendar


@in_transaction
def change_calendar(calendar_id: int, details: CalendarDetails) -> WorkingCalendar:
    """Say anew when one works by a calendar; what was counted before stays. It stays with its company.

    :raises CalendarNameTaken: the company has another one of this name.
    :raises HoursCollide: a night runs into the next morning.
    """
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    _write(calendar, details)
    publish(CalendarChanged(calendar))
    return calendar


@in_transaction
def make_default(calendar_id: int) -> WorkingCalendar:
    """Let the company count by this calendar where nobody says otherwise.

    :raises CalendarIsArchived: nobody works by it any more.
    """
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    if not calendar.is_active:
        raise CalendarIsArchived
    WorkingCalendar.objects.filter(company=calendar.company_id, is_default=True).update(is_default=False)
    calendar.is_default = True
    calendar.save(update_fields=["is_default"])
    publish(CalendarChanged(calendar))
    return calendar


@in_transaction
def archive_calendar(calendar_id: int) -> None:
    """Out of the lists.

    :raises CalendarIsDefault: the company counts by it.
    :raises CalendarInUse: employees work by it.
    """
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    if calendar.is_default:
        raise CalendarIsDefault
    if calendar.employees.filter(is_active=True).exists():
        raise CalendarInUse
    calendar.is_active = False
    calendar.save(update_fields=["is_active"])


def restore_calendar(calendar_id: int) -> None:
    WorkingCalendar.objects.filter(pk=calendar_id).update(is_active=True)


@in_transaction
def add_day(calendar_id: int, day: date, *, name: str, is_worked: bool) -> CalendarDay:
    """Give a calendar a day off of its own, or let a public holiday be worked.

    :raises DayIsTaken: the day is there already.
    """
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    if calendar.days.filter(day=day).exists():
        raise DayIsTaken
    added = calendar.days.create(day=day, name=name, is_worked=is_worked)
    publish(CalendarChanged(calendar))
    return added


@in_transaction
def remove_day(calendar_id: int, day_id: int) -> None:
    """Take such a day out again; one that is gone stays gone."""
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    if calendar.days.filter(pk=day_id).delete()[0]:
        publish(CalendarChanged(calendar))


def create_standard_calendar(company: Company) -> WorkingCalendar:
    """The calendar that a new company starts with: 40 hours in its time zone."""
    return create_calendar(CalendarDetails(str(STANDARD_NAME), company, company.time_zone))


def _write(calendar: WorkingCalendar, details: CalendarDetails) -> None:
    company = calendar.company if calendar.pk else details.company
    if WorkingCalendar.objects.filter(company=company, name__iexact=details.name).exclude(pk=calendar.pk).exists():
        raise CalendarNameTaken
    _refuse_collisions(details)
    calendar.name, calendar.company, calendar.time_zone = details.name, company, details.time_zone
    calendar.has_two_weeks = details.has_two_weeks
    calendar.country, calendar.subdivision = details.country, details.subdivision if details.country else ""
    calendar.save()
    calendar.hours.all().delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(calendar=calendar, week=one.week, weekday=one.weekday, start=one.start, end=one.end)
        for one in details.attendances
        if details.has_two_weeks or one.week == 0
    )


def _refuse_collisions(details: CalendarDetails) -> None:
    """Hours past midnight must end before those of the next day begin, also from one week to the next."""
    first: Mapping[tuple[int, int], int] = {
        (one.week, one.weekday): one.start for one in sorted(details.attendances, reverse=True)
    }
    for one in details.attendances:
        over = one.end - 24 * 60
        week = one.week if one.weekday < 6 or not details.has_two_weeks else 1 - one.week
        if over > first.get((week, (one.weekday + 1) % 7), over):
            raise HoursCollide
