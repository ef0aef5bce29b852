"""Working time: what lies between two moments, and when so much of it has passed.

Pure: frozen values in, values out, no database, no settings, no clock. A moment is working time if the clock on the
wall of the calendar's place shows a time at which one works there then; everything else follows from this sentence,
also what happens when that clock is put forward or back, and at midnight.
"""

from deskhand.base.workforce.calendars.counting import (
    Never,
    day_of,
    moment_after,
    next_opening,
    next_working_day,
    openings_between,
    working_seconds,
    works_on,
)
from deskhand.base.workforce.calendars.holidays import (
    PublicHolidays,
    public_holidays,
    subdivision_name,
    subdivisions,
)
from deskhand.base.workforce.calendars.schedules import (
    MINUTES_A_DAY,
    NO_DAYS,
    Attendance,
    Days,
    Schedule,
    Span,
    week_of,
)
from deskhand.base.workforce.calendars.typed import HoursOverlap, NotHours, hours_of, hours_per_weekday, hours_text

__all__ = [
    "MINUTES_A_DAY",
    "NO_DAYS",
    "Attendance",
    "Days",
    "HoursOverlap",
    "Never",
    "NotHours",
    "PublicHolidays",
    "Schedule",
    "Span",
    "day_of",
    "hours_of",
    "hours_per_weekday",
    "hours_text",
    "moment_after",
    "next_opening",
    "next_working_day",
    "openings_between",
    "public_holidays",
    "subdivision_name",
    "subdivisions",
    "week_of",
    "working_seconds",
    "works_on",
]
