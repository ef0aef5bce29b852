"""The rules of working time (RULES.md, SLA), one by one; :mod:`test_working_time_model` proves the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskhand.base.workforce.calendars import (
    Attendance,
    Never,
    PublicHolidays,
    Schedule,
    Span,
    moment_after,
    next_opening,
    next_working_day,
    openings_between,
    week_of,
    working_seconds,
    works_on,
)

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3600


def berlin(text: str) -> datetime:
    """``2026-11-20 17:00`` by a clock in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def office(**more: object) -> Schedule:
    """Monday to Friday, 8 to 12 and 13 to 17 in Berlin."""
    hours = tuple(Attendance(day, start, end) for day in range(5) for start, end in ((480, 720), (780, 1020)))
    return Schedule(**{"zone": BERLIN, "attendances": hours} | more)  # type: ignore[arg-type]


# ---- several intervals a day ----------------------------------------------------------------------------------------


def test_the_break_does_not_count() -> None:
    assert working_seconds(office(), berlin("2026-11-20 08:00"), berlin("2026-11-20 17:00")) == 8 * HOUR
    assert moment_after(office(), berlin("2026-11-20 11:00"), 2 * HOUR) == berlin("2026-11-20 14:00")


def test_a_start_outside_working_time_counts_from_the_next_opening() -> None:
    assert moment_after(office(), berlin("2026-11-20 12:20"), HOUR) == berlin("2026-11-20 14:00")
    assert moment_after(office(), berlin("2026-11-21 10:00"), HOUR) == berlin("2026-11-23 09:00")


def test_an_end_exactly_at_closing_time_is_that_closing_time() -> None:
    assert moment_after(office(), berlin("2026-11-20 16:00"), HOUR) == berlin("2026-11-20 17:00")
    assert moment_after(office(), berlin("2026-11-20 08:00"), 4 * HOUR) == berlin("2026-11-20 12:00")
    assert moment_after(office(), berlin("2026-11-16 08:00"), 40 * HOUR) == berlin("2026-11-20 17:00")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-20 10:30", "2026-11-20 10:30"),
        ("2026-11-20 12:00", "2026-11-20 13:00"),
        ("2026-11-20 17:00", "2026-11-23 08:00"),
    ],
)
def test_a_target_of_nought_ends_at_the_next_working_moment(start: str, end: str) -> None:
    assert moment_after(office(), berlin(start), 0) == berlin(end)


def test_what_has_passed_is_negative() -> None:
    assert working_seconds(office(), berlin("2026-11-23 09:00"), berlin("2026-11-20 16:00")) == -2 * HOUR


def test_nothing_of_a_second_is_lost() -> None:
    start = berlin("2026-11-20 16:59") + timedelta(microseconds=1)

    assert moment_after(office(), start, 60) == berlin("2026-11-23 08:00") + timedelta(microseconds=1)


def test_working_time_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="does not go back"):
        moment_after(office(), berlin("2026-11-20 10:00"), -1)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        next_opening(office(), datetime(2026, 11, 20))  # noqa: DTZ001


def test_who_never_works_reaches_no_deadline() -> None:
    nobody = office(attendances=())

    with pytest.raises(Never):
        moment_after(nobody, berlin("2026-11-20 10:00"), HOUR)
    with pytest.raises(Never):
        next_opening(nobody, berlin("2026-11-20 10:00"))
    assert working_seconds(nobody, berlin("2026-01-01 00:00"), berlin("2027-01-01 00:00")) == 0


# ---- two weeks ------------------------------------------------------------------------------------------------------


def test_two_weeks_take_turns_also_over_the_years() -> None:
    mondays = [date(2026, 11, 16) + timedelta(weeks=week) for week in range(200)]

    assert {week_of(monday) for monday in mondays[::2]} != {week_of(monday) for monday in mondays[1::2]}
    assert len({week_of(monday) for monday in mondays[::2]}) == 1


def test_in_a_two_week_pattern_every_week_has_its_own_hours() -> None:
    schedule = office(
        attendances=(Attendance(0, 480, 720, week=0), Attendance(2, 480, 720, week=1)), has_two_weeks=True
    )
    first = date(2026, 11, 16) if week_of(date(2026, 11, 16)) == 0 else date(2026, 11, 23)

    days = [day for offset in range(28) if works_on(schedule, day := first + timedelta(offset))]

    assert days == [first + timedelta(offset) for offset in (0, 9, 14, 23)]


# ---- clocks put forward and back ------------------------------------------------------------------------------------


def test_the_hour_that_a_clock_leaves_out_does_not_pass() -> None:
    nights = office(attendances=(Attendance(6, 0, 360),))

    assert working_seconds(nights, berlin("2026-03-28 12:00"), berlin("2026-03-29 12:00")) == 5 * HOUR
    assert moment_after(nights, berlin("2026-03-28 12:00"), 5 * HOUR) == berlin("2026-03-29 06:00")


def test_the_hour_that_a_clock_shows_twice_passes_twice() -> None:
    nights = office(attendances=(Attendance(6, 0, 360),))

    assert working_seconds(nights, berlin("2026-10-24 12:00"), berlin("2026-10-25 12:00")) == 7 * HOUR
    assert moment_after(nights, berlin("2026-10-24 12:00"), 7 * HOUR) == berlin("2026-10-25 06:00")


def test_opening_times_follow_the_clock_on_the_wall() -> None:
    summer, winter = (
        next_opening(office(), berlin("2026-07-01 00:00")),
        next_opening(office(), berlin("2026-12-01 00:00")),
    )

    assert (summer.hour, winter.hour) == (6, 7)
    assert summer.tzinfo is UTC


def test_an_opening_inside_the_missing_hour_is_the_end_of_it() -> None:
    schedule = office(attendances=(Attendance(6, 150, 300),))

    assert next_opening(schedule, berlin("2026-03-29 00:00")) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_what_lies_inside_the_doubled_hour_is_there_twice() -> None:
    schedule = office(attendances=(Attendance(6, 120, 150),))

    spans = list(openings_between(schedule, berlin("2026-10-25 00:00"), berlin("2026-10-25 12:00")))

    assert [span.end - span.start for span in spans] == [timedelta(minutes=30)] * 2


def test_a_day_that_a_place_skipped_has_no_working_time() -> None:
    """Samoa went from 29 to 31 December 2011."""
    every_day = office(zone=ZoneInfo("Pacific/Apia"), attendances=tuple(Attendance(day, 480, 720) for day in range(7)))

    assert not works_on(every_day, date(2011, 12, 30))
    assert works_on(every_day, date(2011, 12, 31))


# ---- midnight -------------------------------------------------------------------------------------------------------


def test_a_shift_over_midnight_belongs_to_the_day_it_begins_on() -> None:
    shift = office(attendances=(Attendance(4, 22 * 60, 30 * 60),))

    (span,) = openings_between(shift, berlin("2026-11-16 00:00"), berlin("2026-11-23 00:00"))

    assert span == Span(berlin("2026-11-20 22:00").astimezone(UTC), berlin("2026-11-21 06:00").astimezone(UTC))


def test_a_shift_over_midnight_may_go_over_the_end_of_the_week() -> None:
    shift = office(attendances=(Attendance(6, 22 * 60, 30 * 60),))

    assert moment_after(shift, berlin("2026-11-22 21:00"), 8 * HOUR) == berlin("2026-11-23 06:00")


def test_around_the_clock_has_no_gap() -> None:
    always = office(attendances=tuple(Attendance(day, 0, 1440) for day in range(7)))
    start, end = berlin("2026-01-01 00:00"), berlin("2027-01-01 00:00")

    assert working_seconds(always, start, end) == 365 * 24 * HOUR
    assert list(openings_between(always, start, end)) == [Span(start.astimezone(UTC), end.astimezone(UTC))]


@pytest.mark.parametrize(
    ("weekday", "start", "end", "week"),
    [(7, 0, 60, 0), (0, 60, 60, 0), (0, 1440, 1500, 0), (0, 0, 1441, 0), (0, 0, 60, 2)],
)
def test_an_attendance_that_cannot_be_is_refused(weekday: int, start: int, end: int, week: int) -> None:
    with pytest.raises(ValueError, match="Not an attendance"):
        Attendance(weekday, start, end, week)


# ---- days off and absences ------------------------------------------------------------------------------------------


def test_public_holidays_are_no_working_time() -> None:
    schedule = office(days_off=PublicHolidays("DE", "BY"))

    assert moment_after(schedule, berlin("2026-12-23 16:00"), 2 * HOUR) == berlin("2026-12-24 09:00")
    assert moment_after(schedule, berlin("2026-12-24 16:00"), 2 * HOUR) == berlin("2026-12-28 09:00")
    assert not works_on(schedule, date(2026, 1, 6))
    assert works_on(office(days_off=PublicHolidays("DE", "BE")), date(2026, 1, 6))


def test_a_holiday_may_be_worked() -> None:
    schedule = office(days_off=PublicHolidays("DE"), working_days=frozenset({date(2026, 12, 25)}))

    assert works_on(schedule, date(2026, 12, 25))


def test_a_day_off_begins_and_ends_at_midnight_by_the_clock_of_the_place() -> None:
    shifts = tuple(Attendance(day, 22 * 60, 30 * 60) for day in range(7))
    schedule = office(attendances=shifts, days_off=frozenset({date(2026, 11, 18)}))

    spans = list(openings_between(schedule, berlin("2026-11-17 12:00"), berlin("2026-11-19 12:00")))

    assert [(span.start, span.end) for span in spans] == [
        (berlin("2026-11-17 22:00"), berlin("2026-11-18 00:00")),
        (berlin("2026-11-19 00:00"), berlin("2026-11-19 06:00")),
    ]


def test_absences_are_no_working_time_to_the_minute() -> None:
    away = Span(berlin("2026-11-20 10:00"), berlin("2026-11-23 09:30"))

    schedule = office().without_absences(away)

    assert moment_after(schedule, berlin("2026-11-20 09:00"), 2 * HOUR) == berlin("2026-11-23 10:30")
    assert next_working_day(schedule, date(2026, 11, 21), within=30) == date(2026, 11, 23)


def test_who_is_away_for_a_month_works_on_no_day_of_it() -> None:
    schedule = office().without_absences(Span(berlin("2026-11-01 00:00"), berlin("2027-02-01 00:00")))

    assert next_working_day(schedule, date(2026, 11, 20), within=30) is None


def test_a_country_that_nobody_knows_has_no_holidays() -> None:
    assert date(2026, 1, 1) not in PublicHolidays("XX")
    assert date(2026, 1, 1) in PublicHolidays("DE", "nonsense")
