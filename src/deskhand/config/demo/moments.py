"""When things happen: customers write when they have time, the desk answers while people are at work."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

#: How long the company has had its help desk.
HISTORY = timedelta(days=182)
_ZONE = ZoneInfo("Europe/Oslo")
_OPENS, _CLOSES = 8, 17
#: Of a hundred tickets: how many came within the last day, and within the week before it.
_LAST_DAY, _LAST_WEEK = 5, 10
#: Hours of the day, as often as customers write in them.
_WRITING_HOURS = [7, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 12, 13, 13, 14, 14, 15, 15, 16, 17, 18, 19, 20, 20, 21, 22]


def arrivals(at: datetime, count: int, random: Random) -> list[datetime]:
    """Moments at which ``count`` tickets come, the oldest first: over half a year, some today, a few just now."""
    today = max(1, count * _LAST_DAY // 100)
    week = count * _LAST_WEEK // 100
    spread = [at - timedelta(hours=22) * (index + random.random()) / today for index in range(today)]
    spread += [_at_writing_hour(at - timedelta(days=random.uniform(1, 7)), random) for _ in range(week)]
    while len(spread) < count:
        spread.append(_at_writing_hour(at - random.triangular(0.04, 1, 0.1) * HISTORY, random))
    return sorted(min(moment, at - timedelta(minutes=2)) for moment in spread[:count])


def at_work(moment: datetime, random: Random) -> datetime:
    """This moment, or shortly after people come to work next."""
    local = moment.astimezone(_ZONE)
    if local.weekday() < 5 and _OPENS <= local.hour < _CLOSES:
        return moment
    opening = local.replace(hour=_OPENS, minute=0, second=0, microsecond=0)
    if local.hour >= _OPENS:
        opening += timedelta(days=1)
    while opening.weekday() >= 5:
        opening += timedelta(days=1)
    return (opening + timedelta(seconds=random.uniform(60, 5_400))).astimezone(moment.tzinfo)


def awake(moment: datetime, random: Random) -> datetime:
    """This moment, or shortly after getting up."""
    local = moment.astimezone(_ZONE)
    if local.hour >= _WRITING_HOURS[0]:
        return moment
    return moment + timedelta(hours=_WRITING_HOURS[0] - local.hour, minutes=random.uniform(0, 90))


def _at_writing_hour(moment: datetime, random: Random) -> datetime:
    """The same day at an hour at which people write; on weekends fewer do."""
    local = moment.astimezone(_ZONE)
    if local.weekday() >= 5 and random.random() < 0.7:
        local -= timedelta(days=local.weekday() - 4)
    hour = random.choice(_WRITING_HOURS)
    written = local.replace(hour=hour, minute=random.randrange(60), second=random.randrange(60))
    return written.astimezone(moment.tzinfo)
