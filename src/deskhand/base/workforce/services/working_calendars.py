"""What changes working calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company
from deskhand.base.workforce.calendars import Attendance, hours_text
from deskhand.base.workforce.enums import Weekday
from deskhand.base.workforce.events import CalendarChanged
from deskhand.base.workforce.models import CalendarDay, WorkingCalendar, WorkingHours
from deskhand.base.workforce.queries.schedules import STANDARD_HOURS
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.tracking import FieldChange, RecordChanged, Snapshot
from deskhand.kit.transactions import in_transaction

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: What of a calendar's own is recorded when it changes; hours and days are recorded by themselves.
_TRACKED = ("name", "time_zone", "has_two_weeks", "country", "subdivision")
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
def change_calendar(calendar_id: int, details: CalendarDetails, *, by: User | None = None) -> WorkingCalendar:
    """Say anew when one works by a calendar; what was counted before stays. It stays with its company. What differs is
    recorded.

    :raises CalendarNameTaken: the company has another one of this name.
    :raises HoursCollide: a night runs into the next morning.
    """
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    before, hours = Snapshot(calendar, _TRACKED), _hours_in_words(calendar)
    _write(calendar, details)
    publish(CalendarChanged(calendar))
    changed = (*before.changes(), *_changed_hours(hours, _hours_in_words(calendar)))
    _record(calendar, changed, by=by)
    return calendar


@in_transaction
def make_default(calendar_id: int, *, by: User | None = None) -> WorkingCalendar:
    """Let the company count by this calendar where nobody says otherwise.

    :raises CalendarIsArchived: nobody works by it any more.
    """
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    if not calendar.is_active:
        raise CalendarIsArchived
    if calendar.is_default:
        return calendar
    WorkingCalendar.objects.filter(company=calendar.company_id, is_default=True).update(is_default=False)
    calendar.is_default = True
    calendar.save(update_fields=["is_default"])
    publish(CalendarChanged(calendar))
    _record(calendar, text=_("Is the default of its company now"), by=by)
    return calendar


@in_transaction
def archive_calendar(calendar_id: int, *, by: User | None = None) -> None:
    """Out of the lists.

    :raises CalendarIsDefault: the company counts by it.
    :raises CalendarInUse: employees work by it.
    """
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    if calendar.is_default:
        raise CalendarIsDefault
    if calendar.employees.filter(is_active=True).exists():
        raise CalendarInUse
    _set_active(calendar, is_active=False, by=by)


@in_transaction
def restore_calendar(calendar_id: int, *, by: User | None = None) -> None:
    """Back into the lists."""
    _set_active(WorkingCalendar.objects.select_for_update().get(pk=calendar_id), is_active=True, by=by)


@in_transaction
def add_day(calendar_id: int, day: date, *, name: str, is_worked: bool, by: User | None = None) -> CalendarDay:
    """Give a calendar a day off of its own, or let a public holiday be worked.

    :raises DayIsTaken: the day is there already.
    """
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    if calendar.days.filter(day=day).exists():
        raise DayIsTaken
    added = calendar.days.create(day=day, name=name, is_worked=is_worked)
    publish(CalendarChanged(calendar))
    _record(calendar, (_day_change(added, new=_day_in_words(added)),), by=by)
    return added


@in_transaction
def remove_day(calendar_id: int, day_id: int, *, by: User | None = None) -> None:
    """Take such a day out again; one that is gone stays gone."""
    calendar = WorkingCalendar.objects.select_for_update().get(pk=calendar_id)
    day = calendar.days.filter(pk=day_id).first()
    if day is None:
        return
    change = _day_change(day, old=_day_in_words(day))
    day.delete()
    publish(CalendarChanged(calendar))
    _record(calendar, (change,), by=by)


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


def _set_active(calendar: WorkingCalendar, *, is_active: bool, by: User | None) -> None:
    if calendar.is_active != is_active:
        calendar.is_active = is_active
        calendar.save(update_fields=["is_active"])
        _record(calendar, text=_("Restored") if is_active else _("Archived"), by=by)


def _record(
    calendar: WorkingCalendar, changes: Sequence[FieldChange] = (), *, text: StrPromise | str = "", by: User | None
) -> None:
    publish(RecordChanged(calendar, tuple(changes), by.contact if by else None, now(), text=str(text)))


def _hours_in_words(calendar: WorkingCalendar) -> dict[tuple[int, int], str]:
    """Week and weekday → its hours, as they are typed. One query."""
    stretches: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in WorkingHours.objects.filter(calendar=calendar):
        stretches.setdefault((row.week, row.weekday), []).append((row.start, row.end))
    return {day: hours_text(sorted(hours)) for day, hours in stretches.items()}


def _changed_hours(
    before: Mapping[tuple[int, int], str], after: Mapping[tuple[int, int], str]
) -> Iterator[FieldChange]:
    for week, weekday in sorted(before.keys() | after.keys()):
        old, new = before.get((week, weekday), ""), after.get((week, weekday), "")
        if old != new:
            name = str(Weekday(weekday).label)
            label = gettext("%(day)s of the second week") % {"day": name} if week else name
            yield FieldChange(f"hours_{week}_{weekday}", label, old, new)


def _day_change(day: CalendarDay, *, old: str = "", new: str = "") -> FieldChange:
    return FieldChange(f"day_{day.day.isoformat()}", _date_in_words(day.day), old, new)


def _date_in_words(day: date) -> str:
    return formatted(day, pgettext("date format: 18 Nov 2025", "j M Y"))


def _day_in_words(day: CalendarDay) -> str:
    what = gettext("worked") if day.is_worked else gettext("day off")
    return f"{day.name} ({what})" if day.name else what


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
