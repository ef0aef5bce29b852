from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.base.workforce.calendars import HoursOverlap, NotHours, hours_of, hours_text

OFFICE = [(480, 720), (780, 1020)]


@pytest.mark.parametrize(
    "text",
    ["8-12, 13-17", "08:00–12:00 13:00–17:00", "13 - 17; 8 - 12", "8.00-12.00,13h00-17h00", "8 to 12, 13 to 17"],
)
def test_hours_are_read_as_people_type_them(text: str) -> None:
    assert hours_of(text) == OFFICE


def test_a_night_ends_on_the_next_day() -> None:
    assert hours_of("22-6") == [(1320, 1800)]
    assert hours_of("22-0") == [(1320, 1440)]
    assert hours_of("0-24") == [(0, 1440)]


@pytest.mark.parametrize("text", ["", "  ", " , "])
def test_nothing_is_no_hours(text: str) -> None:
    assert hours_of(text) == []


@pytest.mark.parametrize("text", ["all day", "8", "8-12 and more", "25-26", "8:70-9", "24-25"])
def test_what_names_no_hours_is_refused(text: str) -> None:
    with pytest.raises(NotHours):
        hours_of(text)


def test_hours_do_not_lie_on_each_other() -> None:
    with pytest.raises(HoursOverlap):
        hours_of("8-12, 11-14")


@given(st.lists(st.integers(0, 1439), unique=True, max_size=8).map(sorted))
def test_what_is_written_is_read_as_it_was(marks: list[int]) -> None:
    hours = list(zip(marks[::2], marks[1::2], strict=False))

    assert hours_of(hours_text(hours)) == hours
