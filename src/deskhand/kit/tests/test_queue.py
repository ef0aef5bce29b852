from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest

from deskhand.kit.queue import WakeUp, queue

done: list[str] = []


@pytest.fixture
def water() -> Iterator[WakeUp]:
    """A wake-up call for work that only notes that it was done."""
    done.clear()
    queue.flush()

    def water_plants() -> None:
        done.append("watered")

    wake_up = WakeUp(water_plants)
    yield wake_up
    queue.flush()
    queue._registry.unregister(wake_up._enqueue.task_class)


def work_off() -> None:
    while task := queue.dequeue():
        queue.execute(task)


def test_many_calls_are_one_in_the_queue(water):
    for _ in range(3):
        water()
    assert (queue.pending_count(), done) == (1, [])

    work_off()
    assert (queue.pending_count(), done) == (0, ["watered"])


def test_a_call_after_the_work_began_is_a_new_one(water):
    water()
    work_off()
    water()
    work_off()

    assert done == ["watered", "watered"]


def test_a_call_that_was_lost_does_not_silence_those_that_follow(water):
    water()
    queue.dequeue()  # and the worker dies

    water()
    assert queue.pending_count() == 0

    water.again()
    work_off()
    assert done == ["watered"]


def test_in_one_process_one_thread_works_and_once_more_if_it_was_called_meanwhile(water, monkeypatch):
    has_begun, may_end = Event(), Event()

    def slowly() -> None:
        done.append("began")
        has_begun.set()
        may_end.wait(10)
        done.append("ended")

    monkeypatch.setattr(water, "call_local", slowly)
    thread = Thread(target=water._take_up)
    thread.start()
    assert has_begun.wait(10)

    water._take_up()  # answers at once
    assert done == ["began"]
    may_end.set()
    thread.join(10)

    assert done == ["began", "ended", "began", "ended"]


def test_the_first_call_is_answered_at_once_and_the_next_after_a_rest(monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr("deskhand.kit.queue.sleep", pauses.append)
    monkeypatch.setattr("deskhand.kit.queue.monotonic", lambda: 100.0)
    done.clear()
    water = WakeUp(lambda: done.append("watered"), rest=0.5)
    queue._registry.unregister(water._enqueue.task_class)

    water._take_up()
    water._take_up()

    assert (pauses, done) == ([0, 0.5], ["watered", "watered"])
