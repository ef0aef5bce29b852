"""``deskhand run``: what happens when one of its children ends."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from deskhand.config import exits, supervisor
from deskhand.config.supervisor import Child, Supervisor


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_a_child_that_can_never_start_stops_everything_and_says_why(capsys):
    code = Supervisor([Child("web", ["no-such-command"]), Child("worker", ["run", "--help"])]).run()

    assert code == exits.USAGE
    said = capsys.readouterr().out
    assert "web    | deskhand no-such-command: There is no such command" in said
    assert "web    | cannot start; everything stops." in said
    assert said.startswith("run    | Everything starts. Ctrl+C ends it.")
    assert said.endswith("run    | Everything has ended.\n")


def test_a_child_that_keeps_ending_is_given_up(capsys, monkeypatch):
    monkeypatch.setattr(supervisor, "_LONGEST_WAIT_SECONDS", 0.01)

    assert Supervisor([Child("web", ["--version"])]).run() == exits.SOFTWARE

    said = capsys.readouterr().out
    assert said.count("ended unexpectedly") == supervisor._MOST_FAILED_STARTS - 1
    assert "did not start 5 times in a row" in said


def test_the_wait_doubles_with_every_failed_start_and_is_forgotten_after_a_good_one():
    child = Child("web", [])
    child.start()
    assert child.process is not None
    child.process.communicate()

    assert [child.retry_later() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]

    child.started_at -= supervisor._LIVED_WELL_SECONDS + 1
    assert child.retry_later() == 1
