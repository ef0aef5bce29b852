"""The engine against a model that looks at every minute: what the clock on the wall shows, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhand.base.workforce.calendars import (
    Attendance,
    Schedule,
    Span,
    moment_after,
    next_opening,
    openings_between,
    week_of,
    working_seconds,
)

MINUTE = timedelta(minutes=1)
#: Around their changes of the clock: by an hour, by half an hour, at midnight, over the end of a week, by a whole day.
PLACES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("America/Havana", date(2026, 11, 1)),
    ("Asia/Beirut", date(2026, 10, 25)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("Africa/Cairo", date(2014, 5, 16)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Asia/Kathmandu", date(2026, 11, 22)),
    ("UTC", date(2026, 12, 31)),
]


# ---- the model ------------------------------------------------------------------------------------------------------


def is_working(schedule: Schedule, at: datetime) -> bool:
    shown = at.astimezone(schedule.zone)
    if schedule.is_off(shown.date()) or any(absence.start <= at < absence.end for absence in schedule.absences):
        return False
    minute = shown.hour * 60 + shown.minute
    today, yesterday = shown.date(), shown.date() - timedelta(days=1)
    return any(
        known.weekday == day.weekday()
        and (not schedule.has_two_weeks or known.week == week_of(day))
        and known.start <= minute + since < known.end
        for day, since in ((today, 0), (yesterday, 1440))
        for known in schedule.attendances
    )


def minutes(schedule: Schedule, start: datetime, end: datetime) -> Iterator[datetime]:
    at = start
    while at < end:
        if is_working(schedule, at):
            yield at
        at += MINUTE


def after(schedule: Schedule, start: datetime, end: datetime, count: int) -> datetime | None:
    """The moment after so many working minutes; None: not before ``end``."""
    for number, at in enumerate(minutes(schedule, start, end), start=1):
        if count == 0:
            return at
        if number == count:
            return at + MINUTE
    return None


# ---- what is tried --------------------------------------------------------------------------------------------------

attendances = st.builds(
    lambda weekday, start, length, week: Attendance(weekday, start, start + length, week),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 1440) | st.sampled_from([60, 240, 480, 1440]),
    st.integers(0, 1),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Schedule, datetime, datetime]:
    """A schedule, and a stretch of some days around a change of the clock at its place."""
    place, change = draw(st.sampled_from(PLACES))
    first = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(days=draw(st.integers(0, 3)))
    start = first + timedelta(minutes=draw(st.integers(0, 2880)))
    end = start + timedelta(minutes=draw(st.integers(0, 4 * 1440)))
    away = st.builds(
        lambda since, length: Span(first + since * MINUTE, first + (since + length) * MINUTE),
        st.integers(-2000, 6000),
        st.integers(0, 3000),
    )
    days = st.frozensets(st.integers(-4, 6).map(lambda offset: change + timedelta(offset)), max_size=3)
    has_two_weeks = draw(st.booleans())
    schedule = Schedule(
        zone=ZoneInfo(place),
        attendances=tuple(draw(st.lists(attendances, max_size=8))),
        has_two_weeks=has_two_weeks,
        days_off=draw(days),
        working_days=draw(days),
        absences=tuple(draw(st.lists(away, max_size=3))),
    )
    if not has_two_weeks:
        schedule = Schedule(
            schedule.zone,
            tuple(Attendance(known.weekday, known.start, known.end) for known in schedule.attendances),
            days_off=schedule.days_off,
            working_days=schedule.working_days,
            absences=schedule.absences,
        )
    return schedule, start, end


tried = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(cases())
@tried
def test_as_much_is_worked_as_the_clock_shows(case: tuple[Schedule, datetime, datetime]) -> None:
    schedule, start, end = case

    assert working_seconds(schedule, start, end) == 60 * sum(1 for _ in minutes(schedule, start, end))
    assert working_seconds(schedule, end, start) == -working_seconds(schedule, start, end)


@given(cases(), st.integers(0, 2000))
@tried
def test_a_deadline_is_the_first_moment_at_which_enough_is_worked(
    case: tuple[Schedule, datetime, datetime], count: int
) -> None:
    schedule, start, end = case
    expected = after(schedule, start, end, count)

    if expected is not None:
        assert moment_after(schedule, start, count * 60) == expected


@given(cases())
@tried
def test_openings_are_the_minutes_worked_put_together(case: tuple[Schedule, datetime, datetime]) -> None:
    schedule, start, end = case
    spans = list(openings_between(schedule, start, end))

    opened = [span.start + offset * MINUTE for span in spans for offset in range((span.end - span.start) // MINUTE)]

    assert opened == list(minutes(schedule, start, end))
    assert all(one.end < other.start for one, other in pairwise(spans))


@given(cases(), st.integers(1, 400_000))
@tried
def test_a_deadline_and_the_time_to_it_say_the_same(case: tuple[Schedule, datetime, datetime], seconds: int) -> None:
    """Over months, where the model would be too slow: round trips hold, and a deadline is never early."""
    schedule, start, _ = case
    if not schedule.attendances:
        return

    deadline = moment_after(schedule, start, seconds)

    assert working_seconds(schedule, start, deadline) == seconds
    assert working_seconds(schedule, start, deadline - timedelta(seconds=1)) == seconds - 1


@given(cases(), st.integers(0, 100_000), st.integers(0, 100_000))
@tried
def test_time_adds_up(case: tuple[Schedule, datetime, datetime], one: int, other: int) -> None:
    schedule, start, _ = case
    if not schedule.attendances:
        return
    between = moment_after(schedule, start, one)

    assert moment_after(schedule, between, other) == (
        moment_after(schedule, start, one + other) if other else next_opening(schedule, between)
    )
