"""What employees do when something happens elsewhere."""

from __future__ import annotations

from deskhand.base.companies.public import CompanyFounded
from deskhand.base.workforce.events import CalendarChanged, HoursChanged
from deskhand.base.workforce.models import Employee
from deskhand.base.workforce.services.time_off import recount_time_off
from deskhand.base.workforce.services.working_calendars import create_standard_calendar
from deskhand.kit.clock import now
from deskhand.kit.events import on


@on(CompanyFounded)
def give_calendar(fact: CompanyFounded) -> None:
    create_standard_calendar(fact.company)


@on(CalendarChanged)
def recount_by_calendar(fact: CalendarChanged) -> None:
    """Who works by the calendar is away for other hours now."""
    recount_time_off(Employee.objects.working_by(fact.calendar), at=now())


@on(HoursChanged)
def recount_of_employee(fact: HoursChanged) -> None:
    recount_time_off([fact.employee], at=now())
