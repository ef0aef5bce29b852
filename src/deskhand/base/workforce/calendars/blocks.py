"""Working time by blocks of a week, each computed once and kept with its schedule.

A block begins at the same second of UTC everywhere, so that blocks follow each other without gap or overlap whatever
clocks do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import cast

from deskhand.base.workforce.calendars.clocks import SECONDS_A_DAY, passing, seconds_of
from deskhand.base.workforce.calendars.schedules import MINUTES_A_DAY, Schedule
from deskhand.base.workforce.calendars.spans import Stretch, united, within, without

#: Time is counted in microseconds since 1970 in UTC: whole numbers, so that nothing is lost on the way.
SECOND = 1_000_000
BLOCK_SECONDS = 7 * SECONDS_A_DAY
BLOCK = BLOCK_SECONDS * SECOND
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
#: No clock is further from UTC, and no attendance longer.
_FAR = 2


def ticks_of(moment: datetime) -> int:
    """:raises ValueError: a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone is no moment.")
    return (moment - _EPOCH) // _TICK


def moment_of(ticks: int) -> datetime:
    return _EPOCH + timedelta(microseconds=ticks)


@dataclass(frozen=True, slots=True)
class Block:
    """What is worked in a week: starts, ends, and how much was worked in the week before each start."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]
    total: int


def block_of(schedule: Schedule, number: int) -> Block:
    """The block with a number, made when it is asked for first."""
    known = schedule.known_blocks.get(number)
    if known is None:
        known = schedule.known_blocks[number] = _made(schedule, number)
    return cast(Block, known)


def _made(schedule: Schedule, number: int) -> Block:
    start = number * BLOCK_SECONDS
    end = start + BLOCK_SECONDS
    local = _local(schedule, start, end)
    worked = [(low * SECOND, high * SECOND) for low, high in passing(local, schedule.zone, start, end)]
    absences = [(ticks_of(absence.start), ticks_of(absence.end)) for absence in schedule.absences]
    left = without(worked, united(within(absences, start * SECOND, end * SECOND)))
    lengths = [high - low for low, high in left]
    return Block(
        starts=tuple(low for low, _ in left),
        ends=tuple(high for _, high in left),
        before=tuple(accumulate(lengths, initial=0))[:-1],
        total=sum(lengths),
    )


def _local(schedule: Schedule, start: int, end: int) -> list[Stretch]:
    """What is worked by the clock on the wall, on all days that can lie in the block."""
    first, last = (date(1970, 1, 1) + timedelta(seconds // SECONDS_A_DAY) for seconds in (start, end))
    days = [first + timedelta(offset) for offset in range(-_FAR, (last - first).days + _FAR)]
    worked = united(stretch for day in days for stretch in _of_day(schedule, day))
    off = [(seconds_of(day), seconds_of(day) + SECONDS_A_DAY) for day in days if schedule.is_off(day)]
    return without(worked, united(off))


def _of_day(schedule: Schedule, day: date) -> list[Stretch]:
    midnight = seconds_of(day)
    return [(midnight + known.start * 60, midnight + known.end * 60) for known in schedule.attendances_of(day)]


assert MINUTES_A_DAY * 60 == SECONDS_A_DAY  # noqa: S101  # what the two counts agree on
