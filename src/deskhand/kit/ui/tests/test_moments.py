from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from deskhand.kit.ui.moments import ago, duration, exact, filesize, relative, when

NOON = datetime(2025, 11, 18, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _zone() -> Iterator[None]:
    with timezone.override(UTC):
        yield


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(seconds=-30), "just now"),
        (timedelta(minutes=19, seconds=59), "19 min ago"),
        (timedelta(hours=18, minutes=30), "18 h ago"),
        (timedelta(days=6, hours=23), "6 d ago"),
        (timedelta(days=7), "11 Nov"),
        (timedelta(days=365), "18 Nov 2024"),
        (timedelta(hours=-6), "in 6 h"),
        (timedelta(days=-8), "26 Nov"),
    ],
)
def test_a_moment_is_told_in_the_largest_unit_that_fits(passed: timedelta, words: str) -> None:
    assert relative(NOON - passed, NOON) == words


def test_the_exact_time_is_there_on_hover_in_the_readers_zone() -> None:
    with timezone.override(zoneinfo.ZoneInfo("Europe/Berlin")):
        drawn = ago(NOON - timedelta(hours=1), NOON)

    assert drawn == '<time datetime="2025-11-18T11:00:00Z" title="Tue 18 Nov 2025, 12:00">1 h ago</time>'


def test_what_is_remembered_for_one_zone_is_not_shown_in_another() -> None:
    in_utc = exact(NOON)
    with timezone.override(zoneinfo.ZoneInfo("Asia/Tokyo")):
        in_tokyo = exact(NOON)

    assert (in_utc, in_tokyo) == ("Tue 18 Nov 2025, 12:00", "Tue 18 Nov 2025, 21:00")


def test_no_moment_is_nothing() -> None:
    assert ago(None) == when(None) == ""


def test_a_day_has_no_time() -> None:
    assert when(date(2025, 11, 18)) == '<time datetime="2025-11-18">Tue 18 Nov 2025</time>'


@pytest.mark.parametrize(
    ("length", "words"),
    [(2.25, "2 h 15 min"), (timedelta(minutes=45), "45 min"), (3, "3 h"), (0, "0 min"), (0.999, "1 h")],
)
def test_a_duration_is_told_in_hours_and_minutes(length: timedelta | float, words: str) -> None:
    assert duration(length) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 KB"),
        (212_400, "212 KB"),
        (999_600, "1 MB"),
        (1_840_000, "1.8 MB"),
        (12_345_678, "12 MB"),
        (5_000_000_000_000, "5 TB"),
    ],
)
def test_a_size_is_told_in_the_unit_people_know(size: int, words: str) -> None:
    assert filesize(size).replace("\N{NO-BREAK SPACE}", " ") == words
