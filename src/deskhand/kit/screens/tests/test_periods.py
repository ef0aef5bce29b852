from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from deskhand.kit.screens.periods import period_of, read_period, start_of
from deskhand.kit.screens.search import recent_periods


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2026-11-22", date(2026, 11, 22), date(2026, 11, 23)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 5)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_reads_as_it_is_written(text: str, first: date, after: date) -> None:
    period = read_period(text)

    assert period is not None
    assert (period.first, period.after, period.address) == (first, after, text)
    assert period_of(period.by, first) == period


@pytest.mark.parametrize(
    "text", ["", "0001-01", "9999-12", "2026-13", "2026-02-30", "2026-W54", "2026-Q5", "x", "0000"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert read_period(text) is None


def test_a_day_begins_at_midnight_of_the_reader() -> None:
    with timezone.override("Asia/Tokyo"):
        assert start_of(date(2026, 11, 22), is_moment=True).isoformat() == "2026-11-22T00:00:00+09:00"


def test_the_menu_offers_the_time_up_to_now() -> None:
    offered = [period.address for period in recent_periods(date(2026, 5, 31))]

    assert offered == ["2026-05-31", "2026-W22", "2026-05", "2026-04", "2026-03", "2026-Q2", "2026-Q1", "2026", "2025"]
