from __future__ import annotations

import logging

import pytest
from pytest_django import Settings

from deskhand.kit.ui.icons import UnknownIcon, icon


def test_an_icon_beside_a_word_is_hidden_from_screen_readers() -> None:
    drawn = icon("check", "s")

    assert drawn.startswith('<svg class="icon s" viewBox="0 0 24 24" aria-hidden="true"><path d="M')


def test_an_icon_that_stands_alone_says_what_it_is() -> None:
    assert 'role="img" aria-label="Sent &amp; seen"' in icon("mail-check", label="Sent & seen")


def test_a_filled_icon_is_filled() -> None:
    assert 'class="icon icon-filled"' in icon("star-filled")


def test_an_icon_that_points_turns_with_the_direction_of_reading() -> None:
    assert 'class="icon s turns"' in icon("chevron-right", "s")
    assert "turns" not in icon("check")


def test_an_unknown_icon_is_an_error_while_deskhand_is_worked_on(settings: Settings) -> None:
    settings.STRICT_ICONS = True

    with pytest.raises(UnknownIcon, match="no-such-icon"):
        icon("no-such-icon")


def test_an_unknown_icon_leaves_a_gap_and_a_line_in_the_log_in_use(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.STRICT_ICONS = False

    with caplog.at_level(logging.ERROR):
        drawn = icon("no-icon-either")

    assert '<path d=""/>' in drawn
    assert "no-icon-either" in caplog.text


def test_a_size_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="huge"):
        icon("check", "huge")
