"""Settings from the environment: what is wrong is said, and the secret key is made once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from deskhand.config import env


@pytest.mark.parametrize(
    ("given", "understood"), [("1", True), ("Yes", True), ("off", False), (" 0 ", False), ("", True)]
)
def test_a_switch_is_read_as_people_write_it(monkeypatch, given, understood):
    monkeypatch.setenv("A_SWITCH", given)

    assert env.switch("A_SWITCH", default=True) is understood


def test_a_switch_that_is_neither_is_said_with_its_name(monkeypatch):
    monkeypatch.setenv("A_SWITCH", "maybe")

    with pytest.raises(ImproperlyConfigured, match=r"A_SWITCH is 'maybe'\. Use 1 or 0"):
        env.switch("A_SWITCH", default=True)


def test_a_number_that_is_none_is_said_with_its_name(monkeypatch):
    monkeypatch.setenv("A_NUMBER", "ten")

    with pytest.raises(ImproperlyConfigured, match=r"A_NUMBER is 'ten'\. Use a whole number"):
        env.number("A_NUMBER", 5)


def test_what_is_set_but_empty_is_not_set(monkeypatch):
    monkeypatch.setenv("A_TEXT", "")

    assert env.text("A_TEXT", "default") == "default"


def test_words_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("SOME_WORDS", "desk.example, , www.desk.example")

    assert env.words("SOME_WORDS") == ["desk.example", "www.desk.example"]


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setattr(env, "HOME", tmp_path / "data")

    keys = {env.secret_key() for _ in range(3)}

    assert len(keys) == 1
    assert len(keys.pop()) > 50
    kept = tmp_path / "data" / "secret_key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_a_given_secret_key_is_not_written_anywhere(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "given")
    monkeypatch.setattr(env, "HOME", tmp_path / "data")

    assert env.secret_key() == "given"
    assert not (tmp_path / "data").exists()
