from __future__ import annotations

import pytest

from deskhand.kit.keys import LARGEST_KEY, key_of, keys_of


def test_digits_are_a_key() -> None:
    assert [key_of("0"), key_of("42"), key_of(str(LARGEST_KEY))] == [0, 42, LARGEST_KEY]


@pytest.mark.parametrize("text", ["", "x", "-1", "4.2", " 4", "٤", str(LARGEST_KEY + 1), "9" * 5000, "\0"])
def test_nothing_else_is(text: str) -> None:
    assert key_of(text) is None


def test_what_is_no_key_is_left_out() -> None:
    assert keys_of(["3", "x", "1"]) == [3, 1]
