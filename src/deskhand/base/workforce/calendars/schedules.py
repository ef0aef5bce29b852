"""What a working calendar is to those who count: attendances of a week or two, days off, absences."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60
DAYS_A_WEEK = 7


class Days(Hashable, Protocol):
    """Some days, as many years as one asks for."""

    def __contains__(self, day: object, /) -> bool: ...


NO_DAYS: Days = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Attendance:
    """Work from ``start`` to ``end``, both in minutes since midnight by the clock on the wall.

    ``weekday`` 0 is Monday; ``week`` says in which week of a two-week pattern, see :func:`week_of`. An ``end`` past
    1,440 lies on the next day: a night shift belongs to the weekday on which it begins.

    :raises ValueError: no such weekday, week or minute, or more than a day long.
    """

    weekday: int
    start: int
    end: int
    week: int = 0

    def __post_init__(self) -> None:
        fits = 0 <= self.weekday < DAYS_A_WEEK and self.week in {0, 1} and 0 <= self.start < MINUTES_A_DAY
        if not fits or not self.start < self.end <= self.start + MINUTES_A_DAY:
            raise ValueError(f"Not an attendance: {self}")

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one moment to another, both aware; the second does not belong to it.

    :raises ValueError: it ends before it starts.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"It ends before it starts: {self}")


@dataclass(frozen=True)
class Schedule:
    """When one works. Frozen; it only remembers the weeks that somebody asked for, so keep it as long as it is true.

    Without ``has_two_weeks`` the attendances of week 0 hold every week. ``days_off`` are whole days at the calendar's
    place, from midnight to midnight, and also cut what reaches into them from the night before. ``working_days`` are
    worked although they are among the days off. ``absences`` are moments, wherever one is.
    """

    zone: ZoneInfo
    attendances: tuple[Attendance, ...]
    has_two_weeks: bool = False
    days_off: Days = NO_DAYS
    working_days: Days = NO_DAYS
    absences: tuple[Span, ...] = ()
    #: Block of time → what is worked in it; filled by :mod:`~deskhand.base.workforce.calendars.blocks`.
    known_blocks: dict[int, object] = field(default_factory=dict, init=False, compare=False, repr=False)

    def is_off(self, day: date) -> bool:
        """Whether nobody works on a day that is a working day by its weekday."""
        return day in self.days_off and day not in self.working_days

    def attendances_of(self, day: date) -> list[Attendance]:
        """Those that begin on a day, by weekday and week alone."""
        week = week_of(day) if self.has_two_weeks else 0
        return [known for known in self.attendances if known.weekday == day.weekday() and known.week == week]

    def without_absences(self, *absences: Span) -> Schedule:
        """The same with other absences."""
        return Schedule(
            self.zone, self.attendances, self.has_two_weeks, self.days_off, self.working_days, tuple(absences)
        )


def week_of(day: date) -> int:
    """Which week of a two-week pattern a day lies in: 0 and 1 take turns for ever, also where a year has 53 weeks."""
    return (day.toordinal() - 1) // DAYS_A_WEEK % 2
