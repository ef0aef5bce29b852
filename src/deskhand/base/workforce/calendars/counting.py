"""The questions: how much working time between two moments, which moment after so much of it, when one works next.

A block of a week costs a search in a dozen numbers; the first question about a week computes it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from deskhand.base.workforce.calendars.blocks import BLOCK, SECOND, Block, block_of, moment_of, ticks_of
from deskhand.base.workforce.calendars.clocks import SECONDS_A_DAY, passing, seconds_of
from deskhand.base.workforce.calendars.schedules import Schedule, Span

#: Whoever has not worked for so many weeks never will: absences and days off end some day, empty calendars do not.
_WEEKS_WAITED = 520


class Never(Exception):
    """By this schedule nobody works for the next ten years."""


def working_seconds(schedule: Schedule, start: datetime, end: datetime) -> float:
    """Seconds worked from ``start`` to ``end``; negative if ``end`` comes first, as a deadline that has passed."""
    low, high = ticks_of(start), ticks_of(end)
    return _worked(schedule, low, high) / SECOND if low <= high else -_worked(schedule, high, low) / SECOND


def moment_after(schedule: Schedule, start: datetime, seconds: float) -> datetime:
    """When so many working seconds have passed since ``start``, in UTC (SLA-5).

    A start outside working time counts from the next opening. An end exactly at closing time is that closing time, not
    the next opening. Nought seconds end at ``start``, or at the next opening after it.

    :raises ValueError: less than nothing.
    :raises Never: nobody works so much any more.
    """
    left = round(seconds * SECOND)
    if left < 0:
        raise ValueError("Working time does not go back.")
    if left == 0:
        return next_opening(schedule, start)
    at = ticks_of(start)
    number = at // BLOCK
    block = block_of(schedule, number)
    left += _worked_before(block, at)
    waited = 0
    while left > block.total:
        waited = 0 if block.total else waited + 1
        if waited > _WEEKS_WAITED:
            raise Never
        left -= block.total
        number += 1
        block = block_of(schedule, number)
    return moment_of(_moment_in(block, left))


def next_opening(schedule: Schedule, at: datetime) -> datetime:
    """The first moment of working time from ``at`` on: ``at`` itself while one works, in UTC.

    :raises Never: there is none.
    """
    ticks = ticks_of(at)
    first = ticks // BLOCK
    for number in range(first, first + _WEEKS_WAITED):
        block = block_of(schedule, number)
        place = bisect_right(block.ends, ticks)
        if place < len(block.ends):
            return moment_of(max(block.starts[place], ticks))
    raise Never


def openings_between(schedule: Schedule, start: datetime, end: datetime) -> Iterator[Span]:
    """All working time from ``start`` to ``end``, in order, in UTC; stretches that touch are one."""
    low, high = ticks_of(start), ticks_of(end)
    open_since: int | None = None
    open_until = low
    for number in range(low // BLOCK, high // BLOCK + 1):
        block = block_of(schedule, number)
        for opens, closes in zip(block.starts, block.ends, strict=True):
            if closes <= low or opens >= high:
                continue
            if open_since is not None and opens > open_until:
                yield Span(moment_of(open_since), moment_of(open_until))
                open_since = None
            open_since = max(opens, low) if open_since is None else open_since
            open_until = min(closes, high)
    if open_since is not None:
        yield Span(moment_of(open_since), moment_of(open_until))


def works_on(schedule: Schedule, day: date) -> bool:
    """Whether there is any working time on a day at the calendar's place."""
    span = day_of(schedule, day)
    return _worked(schedule, ticks_of(span.start), ticks_of(span.end)) > 0


def next_working_day(schedule: Schedule, day: date, *, within: int) -> date | None:
    """The first day from ``day`` on with working time; None: there is none in so many days."""
    days = (day + timedelta(offset) for offset in range(within))
    return next((known for known in days if works_on(schedule, known)), None)


def day_of(schedule: Schedule, day: date) -> Span:
    """A day at the calendar's place. Nothing, if the clock left it out."""
    midnight = seconds_of(day)
    around = midnight - 2 * SECONDS_A_DAY, midnight + 3 * SECONDS_A_DAY
    found = passing([(midnight, midnight + SECONDS_A_DAY)], schedule.zone, *around) or [(midnight, midnight)]
    return Span(moment_of(found[0][0] * SECOND), moment_of(found[-1][1] * SECOND))


def _worked(schedule: Schedule, low: int, high: int) -> int:
    first, last = low // BLOCK, high // BLOCK
    before_low = _worked_before(block_of(schedule, first), low)
    before_high = _worked_before(block_of(schedule, last), high)
    return sum(block_of(schedule, number).total for number in range(first, last)) + before_high - before_low


def _worked_before(block: Block, at: int) -> int:
    """What of a block is worked before a moment in it."""
    place = bisect_right(block.starts, at) - 1
    if place < 0:
        return 0
    return block.before[place] + min(at, block.ends[place]) - block.starts[place]


def _moment_in(block: Block, worked: int) -> int:
    """When so much of a block is worked: of a closing time and the next opening the closing time. ``worked`` > 0."""
    place = bisect_left(block.before, worked) - 1
    return block.starts[place] + worked - block.before[place]
