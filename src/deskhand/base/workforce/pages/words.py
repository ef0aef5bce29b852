"""What lists and pages say of calendars and time off."""

from __future__ import annotations

from typing import Any

from deskhand.base.workforce.enums import LeaveState
from deskhand.base.workforce.models import TimeOff, WorkingCalendar
from deskhand.kit.ui.moments import duration
from deskhand.kit.ui.shapes import Badge

#: State of time off → its icon and tone.
_LOOKS: dict[str, tuple[str, Any]] = {
    LeaveState.REQUESTED: ("hourglass", "soon"),
    LeaveState.APPROVED: ("check", "ok"),
    LeaveState.REFUSED: ("x", "bad"),
    LeaveState.WITHDRAWN: ("arrow-back-up", ""),
}


def hours_per_week(calendar: WorkingCalendar) -> str:
    """Of two weeks the mean."""
    minutes = sum(row.end - row.start for row in calendar.hours.all())
    return duration(minutes / 60 / (2 if calendar.has_two_weeks else 1))


def place_of(calendar: WorkingCalendar) -> str:
    if not calendar.country:
        return ""
    name, part = calendar.get_country_display(), calendar.get_subdivision_display()
    return f"{name}, {part}" if part else name


def length_of(time_off: TimeOff) -> str:
    """Working time, ``24 h``."""
    return duration(float(time_off.hours))


def state_badge(time_off: TimeOff) -> Badge:
    icon, tone = _LOOKS[time_off.state]
    return Badge(time_off.get_state_display(), icon=icon, tone=tone)
