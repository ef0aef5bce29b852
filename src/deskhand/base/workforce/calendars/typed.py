"""Hours as people type them: ``8-12, 13-17``, ``08:30–12:00 13:00–17:30``, ``22-6`` for a night."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from deskhand.base.workforce.calendars.schedules import MINUTES_A_DAY, Attendance
from deskhand.base.workforce.calendars.spans import Stretch

_MARK = r"(\d{1,2})(?:[:.h](\d{2}))?"
_RANGE = re.compile(rf"{_MARK}\s*(?:-|–|—|to)\s*{_MARK}", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;+&]*")


class NotHours(ValueError):
    """What was typed names no hours; the argument is the part that could not be read."""


class HoursOverlap(ValueError):
    """Two of the hours lie on each other."""


def hours_of(text: str) -> list[Stretch]:
    """Minutes since midnight, in order. An end that is not after its start lies on the next day; nothing: no hours.

    :raises NotHours: see there.
    :raises HoursOverlap: see there.
    """
    found, at = [], _skip(text, 0)
    while at < len(text):
        read = _RANGE.match(text, at)
        if not read:
            raise NotHours(text[at:].strip())
        found.append(_stretch(read))
        at = _skip(text, read.end())
    found.sort()
    if _overlap(found):
        raise HoursOverlap(text)
    return found


def hours_per_weekday(texts: Iterable[str], *, week: int = 0) -> list[Attendance]:
    """The attendances of a week whose days are typed, from Monday on."""
    return [Attendance(day, start, end, week) for day, text in enumerate(texts) for start, end in hours_of(text)]


def hours_text(hours: Iterable[Stretch]) -> str:
    """``08:00–12:00, 13:00–17:00``; what :func:`hours_of` reads."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in hours)


def _overlap(hours: list[Stretch]) -> bool:
    return any(one[1] > other[0] for one, other in pairwise(hours))


def _skip(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _stretch(read: re.Match[str]) -> Stretch:
    start, end = _minute(read[1], read[2]), _minute(read[3], read[4])
    if start >= MINUTES_A_DAY:
        raise NotHours(read[0])
    return start, end if end > start else end + MINUTES_A_DAY


def _minute(hour: str, minute: str | None) -> int:
    found = int(hour) * 60 + int(minute or 0)
    if found > MINUTES_A_DAY or int(minute or 0) >= 60:
        raise NotHours(f"{hour}:{minute or '00'}")
    return found


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    return f"{hour if hour <= 24 and minute <= MINUTES_A_DAY else hour - 24:02}:{rest:02}"
