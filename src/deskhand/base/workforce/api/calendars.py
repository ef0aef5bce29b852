"""Working calendars in the API, with their hours and their days of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from deskhand.base.workforce.api.employees import company_of
from deskhand.base.workforce.calendars import MINUTES_A_DAY, Attendance, subdivisions
from deskhand.base.workforce.models import CalendarDay, WorkingCalendar
from deskhand.base.workforce.pages.screens import CALENDARS
from deskhand.base.workforce.policies import can_administer, can_see_colleagues
from deskhand.base.workforce.queries.schedules import STANDARD_HOURS
from deskhand.base.workforce.services.working_calendars import (
    CalendarDetails,
    add_day,
    archive_calendar,
    change_calendar,
    create_calendar,
    make_default,
    remove_day,
    restore_calendar,
)
from deskhand.kit.api.checks import Country, TimeZone, one_line
from deskhand.kit.api.problems import invalid
from deskhand.kit.api.public import Answer, Body, Key, Name, Part, Ref, Resource, Verb, changes_of, ref
from deskhand.kit.api.shapes import NO_NUL, in_path


class Hours(BaseModel):
    """A stretch of work."""

    week: int = Field(description="0, or 1 for the second of two weeks.")
    weekday: int = Field(description="0 is Monday.")
    start: int = Field(description="Minutes since midnight.")
    end: int = Field(description="Minutes since midnight; past 1,440 on the next day.")


class HoursBody(Body):
    """A stretch of work."""

    week: Annotated[int, Field(ge=0, le=1)] = 0
    weekday: Annotated[int, Field(ge=0, le=6)]
    start: Annotated[int, Field(ge=0, lt=MINUTES_A_DAY)]
    end: Annotated[int, Field(ge=1, le=2 * MINUTES_A_DAY)]


class CalendarAnswer(Answer):
    id: int
    name: str
    company: Ref
    time_zone: str
    has_two_weeks: bool
    hours: list[Hours]
    country: str = Field(description="Whose public holidays are days off, ISO 3166; empty: nobody's.")
    subdivision: str = Field(description="In particular of this part of the country; empty: of the whole.")
    is_default: bool = Field(description="Whether the company counts by it.")
    is_active: bool


class NewCalendarBody(Body):
    name: Name
    company: Key | None = Field(None, description="Null: the company you work in at present. It never changes.")
    time_zone: TimeZone | None = Field(None, description="Null: that of the company.")
    has_two_weeks: bool = False
    hours: Annotated[list[HoursBody], Field(max_length=100)] | None = Field(
        None, description="Null: Monday to Friday, 8 to 12 and 13 to 17."
    )
    country: Country = ""
    subdivision: Annotated[str, Field(pattern=NO_NUL, max_length=20)] = ""


class Calendars(Resource[WorkingCalendar]):
    key, title, one, screen = "working-calendars", _("Working Calendars"), _("Working calendar"), CALENDARS
    answer, new = CalendarAnswer, NewCalendarBody
    changes = changes_of(NewCalendarBody, "CalendarChanges", without=("company",))
    joins = ("company",)
    prefetches = ("hours",)

    def rows(self, user: Any) -> QuerySet[WorkingCalendar]:
        return WorkingCalendar.objects.visible_to(user)

    def may_read(self, user: Any) -> bool:
        return can_see_colleagues(user)

    def may_create(self, user: Any) -> bool:
        return can_administer(user)

    def shown(self, record: WorkingCalendar, user: Any) -> Mapping[str, Any]:
        del user
        return {
            "id": record.pk,
            "name": record.name,
            "company": ref(record.company),
            "time_zone": record.time_zone,
            "has_two_weeks": record.has_two_weeks,
            "hours": [_hours_shown(row.attendance) for row in record.hours.all()],
            "country": record.country,
            "subdivision": record.subdivision,
            "is_default": record.is_default,
            "is_active": record.is_active,
        }

    def create(self, user: Any, body: NewCalendarBody) -> WorkingCalendar:
        company = company_of(user, body.company)
        values = body.model_dump() | {"company": company, "time_zone": body.time_zone or company.time_zone}
        return create_calendar(_details(values))

    def change(self, user: Any, record: WorkingCalendar, body: Any) -> None:
        before: dict[str, Any] = {
            "name": record.name,
            "company": record.company,
            "time_zone": record.time_zone,
            "has_two_weeks": record.has_two_weeks,
            "hours": [_hours_shown(row.attendance) for row in record.hours.all()],
            "country": record.country,
            "subdivision": record.subdivision,
        }
        changes = body.model_dump(include=body.model_fields_set)
        if changes.get("time_zone", "") is None:
            changes["time_zone"] = record.company.time_zone
        if "country" in changes and "subdivision" not in changes and changes["country"] != record.country:
            changes["subdivision"] = ""
        change_calendar(record.pk, _details(before | changes), by=user)

    def archive(self, user: Any, record: WorkingCalendar) -> None:
        archive_calendar(record.pk, by=user)

    def restore(self, user: Any, record: WorkingCalendar) -> None:
        restore_calendar(record.pk, by=user)


def _hours_shown(hours: Attendance) -> dict[str, int]:
    return {"week": hours.week, "weekday": hours.weekday, "start": hours.start, "end": hours.end}


def _details(values: Mapping[str, Any]) -> CalendarDetails:
    """:raises InvalidValues: hours that nobody can work, a part that the country does not have."""
    if not values["time_zone"]:
        raise invalid("time_zone", __("There is no such code."))
    country, part = values["country"], values["subdivision"]
    if part and part not in (subdivisions(country) if country else ()):
        raise invalid("subdivision", __("The country has no such part with holidays of its own."))
    return CalendarDetails(
        name=one_line(values["name"]),
        company=values["company"],
        time_zone=values["time_zone"],
        attendances=_attendances(values["hours"]),
        has_two_weeks=values["has_two_weeks"],
        country=country,
        subdivision=part,
    )


def _attendances(hours: Sequence[Mapping[str, int]] | None) -> Sequence[Attendance]:
    if hours is None:
        return STANDARD_HOURS
    found = sorted(Attendance(one["weekday"], one["start"], one["end"], one["week"]) for one in hours)
    for place, one in enumerate(found):
        if not one.start < one.end <= one.start + MINUTES_A_DAY:
            raise invalid("hours", __("Each stretch ends after it starts, and within a day."))
        before = found[place - 1] if place else None
        same_day = before is not None and (before.week, before.weekday) == (one.week, one.weekday)
        if before is not None and same_day and before.end > one.start:
            raise invalid("hours", __("These hours lie on each other. Let one end before the next begins."))
    return found


CALENDARS_API = Calendars()


class DayAnswer(Answer):
    id: int
    day: date
    name: str
    is_worked: bool = Field(description="False: nobody works; true: one works, public holiday or not.")


class NewDayBody(Body):
    day: Annotated[date, Field(strict=False)]
    name: Name
    is_worked: bool = False


def _day_shown(day: CalendarDay) -> Mapping[str, Any]:
    return {"id": day.pk, "day": day.day, "name": day.name, "is_worked": day.is_worked}


def _days(record: WorkingCalendar, user: Any) -> QuerySet[CalendarDay]:
    """Days of the calendar's own: off, or worked although they are public holidays."""
    del user
    return record.days.all()


def _add_day(record: WorkingCalendar, user: Any, sent: NewDayBody) -> CalendarDay:
    """Give the calendar a day off of its own, or let a public holiday be worked."""
    return add_day(record.pk, sent.day, name=one_line(sent.name), is_worked=sent.is_worked, by=user)


def _remove_day(record: WorkingCalendar, user: Any, day: int) -> None:
    """Take such a day out again."""
    if not record.days.filter(pk=day).exists():
        raise Http404
    remove_day(record.pk, day, by=user)


def _make_default(record: WorkingCalendar, user: Any) -> WorkingCalendar:
    """Let the company count by this calendar where nobody says otherwise."""
    return make_default(record.pk, by=user)


CALENDARS_API.part(Part("days", "days", _("List own days"), _days, _day_shown, DayAnswer, ("day", "pk")))
CALENDARS_API.verb(
    Verb("POST", "days", "add-day", _("Add an own day"), _add_day, body=NewDayBody, status=201, answer=DayAnswer,
         shown=_day_shown)
)  # fmt: skip
CALENDARS_API.verb(
    Verb("DELETE", "days/{day}", "remove-day", _("Remove an own day"), _remove_day, status=204,
         takes={"day": in_path(Key)})
)  # fmt: skip
CALENDARS_API.verb(Verb("PUT", "default", "make-default", _("Make it the default"), _make_default))
