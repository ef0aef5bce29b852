from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from deskhand.kit.languages import ActiveTranslation, spoken


@pytest.fixture(autouse=True)
def _as_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's tests put its own place back where a test changes a setting."""
    monkeypatch.setattr(trans_real, "_active", ActiveTranslation())


def test_the_first_language_that_there_are_texts_in_is_spoken(settings: Any) -> None:
    settings.LANGUAGE_CODE = "de"

    assert [spoken("en", "de"), spoken("fr", "en"), spoken("", "fr"), spoken()] == ["en", "en", "de", "de"]


def test_languages_are_chosen_for_a_while() -> None:
    with translation.override("de"):
        with translation.override("en"):
            assert translation.gettext("Priority") == "Priority"
        assert (translation.get_language(), translation.gettext("Priority")) == ("de", "Priorität")
        translation.deactivate()
        assert translation.get_language() == "en"


def test_a_language_is_chosen_for_one_thread() -> None:
    heard: list[str | None] = []
    with translation.override("de"):
        other = Thread(target=lambda: heard.append(translation.get_language()))
        other.start()
        other.join()

    assert heard == ["en"]
