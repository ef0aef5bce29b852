"""From the clock on a wall to time that passes: clocks are put forward and back, time is not.

Local time is counted as if that clock had never been touched: seconds from 1970-01-01 00:00 as it shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from deskhand.base.workforce.calendars.spans import Stretch, united

SECONDS_A_DAY = 86_400
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # counted without a zone, which zoneinfo then asks for by itself
#: No zone changes its clock twice within so many seconds.
_STEP = 6 * 3600


def seconds_of(day: date) -> int:
    """Local seconds at which a day begins."""
    return (day.toordinal() - _EPOCH_DAY) * SECONDS_A_DAY


def passing(local: Iterable[Stretch], zone: ZoneInfo, start: int, end: int) -> list[Stretch]:
    """What of UTC seconds ``start`` to ``end`` passes while the wall clock shows one of the local stretches.

    An hour that the clock shows twice passes twice; one that it leaves out does not pass at all.
    """
    stretches = list(local)
    return united(
        (max(low - offset, since), min(high - offset, until))
        for since, until, offset in _offsets(zone, start, end)
        for low, high in stretches
    )


def _offsets(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """``(since, until, offset)``: how far the clock is ahead of UTC, from ``start`` to ``end`` without a gap."""
    since, offset = start, _offset_at(zone, start)
    for at in [*range(start + _STEP, end, _STEP), end]:
        offset_then = _offset_at(zone, at)
        if offset_then != offset:
            changed = _change_between(zone, max(since, at - _STEP), at, offset)
            yield since, changed, offset
            since, offset = changed, offset_then
    if since < end:
        yield since, end, offset


def _change_between(zone: ZoneInfo, low: int, high: int, offset: int) -> int:
    """The second at which the clock is changed: ``offset`` holds at ``low`` and not at ``high`` any more."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset_at(zone, middle) == offset else (low, middle)
    return high


def _offset_at(zone: ZoneInfo, second: int) -> int:
    moment = zone.fromutc((_EPOCH + timedelta(seconds=second)).replace(tzinfo=zone))
    ahead = moment.utcoffset()
    return int(ahead.total_seconds()) if ahead else 0
