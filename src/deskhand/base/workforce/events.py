from __future__ import annotations

from dataclasses import dataclass

from deskhand.base.workforce.models import Employee, TimeOff, WorkingCalendar


@dataclass(frozen=True)
class TimeOffAsked:
    """Somebody would like to be away."""

    time_off: TimeOff


@dataclass(frozen=True)
class TimeOffDecided:
    """Time off was approved, refused or withdrawn: who works when has changed."""

    time_off: TimeOff


@dataclass(frozen=True)
class CalendarChanged:
    """Hours, place or days off of a calendar are others now; deadlines counted by it may have moved."""

    calendar: WorkingCalendar


@dataclass(frozen=True)
class HoursChanged:
    """An employee works by another calendar now."""

    employee: Employee
