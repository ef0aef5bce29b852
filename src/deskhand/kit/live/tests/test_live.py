"""A nudge from any process reaches the sockets of those who may watch, and nobody else."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from time import time
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from deskhand.kit.live import transport
from deskhand.kit.live.consumers import NONSENSE, LiveConsumer
from deskhand.kit.live.testing import OpenPage
from deskhand.kit.live.topics import Topic, may_watch, register_topic


class Reader:
    is_authenticated = True


@pytest.fixture(autouse=True)
def _topics(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.REDIS_URL = ""
    settings.LIVE_SOCKET = tmp_path / "live.sock"
    monkeypatch.setattr("deskhand.kit.live.topics._topics", {})
    register_topic(Topic("thing", lambda user, pk: pk < 100))


@pytest.mark.parametrize(
    "address", ["", "thing", "thing.", "thing.x", "thing.-1", "other.1", "thing.100", "thing." + "9" * 30]
)
def test_what_is_no_address_or_not_for_them_is_not_watched(address):
    assert not may_watch(Reader(), address)


def test_a_nudge_from_another_thread_reaches_a_watching_page():
    async def scenario() -> Any:
        stop = await transport._listen_socket()
        page = OpenPage(Reader())
        assert await page.is_let_in()
        assert await page.watch("thing.1", "thing.500", 7) == ["thing.1"]
        thread = threading.Thread(target=transport._send, args=("thing.1",))
        thread.start()
        told = await page.hear()
        await page.leave()
        await stop()
        return told

    assert asyncio.run(scenario()) == {"changed": "thing.1"}


def test_a_stranger_is_turned_away():
    assert asyncio.run(OpenPage(AnonymousUser()).is_let_in()) is False


@pytest.mark.parametrize("frame", [{"text": "{"}, {"text": "[" * 100_000}, {"bytes": b"\0"}])
def test_who_speaks_nonsense_is_hung_up_on(frame):
    async def scenario() -> Any:
        page = OpenPage(Reader())
        await page.is_let_in()
        await page.send(**frame)
        return await page.hear()

    assert asyncio.run(scenario()) == NONSENSE


@pytest.mark.parametrize("asked", [7, "thing.1", None, {"thing.1": 1}])
def test_what_is_no_list_of_addresses_watches_nothing(asked):
    async def scenario() -> Any:
        page = OpenPage(Reader())
        await page.is_let_in()
        await page.say({"watch": asked})
        return await page.hear()

    assert asyncio.run(scenario()) == {"watching": []}


def test_without_a_web_process_a_nudge_is_lost_quietly():
    transport._send("thing.1")


def test_a_second_web_process_is_refused_and_a_dead_ones_socket_is_taken_over():
    async def scenario() -> None:
        stop = await transport._listen_socket()
        with pytest.raises(transport.SecondWebProcess):
            transport._bind(transport.socket_path())
        await stop()

    asyncio.run(scenario())
    leftover = transport._bind(transport.socket_path())
    leftover.close()
    transport._bind(transport.socket_path()).close()


@pytest.mark.django_db
def test_a_nudge_waits_for_the_commit(monkeypatch, django_capture_on_commit_callbacks):
    sent: list[str] = []
    monkeypatch.setattr(transport, "_send", sent.append)

    with django_capture_on_commit_callbacks(execute=True):
        transport.nudge("thing.1")
        assert sent == []

    assert sent == ["thing.1"]


@pytest.mark.django_db
def test_what_changes_several_times_in_one_transaction_is_told_once(monkeypatch, django_capture_on_commit_callbacks):
    sent: list[str] = []
    monkeypatch.setattr(transport, "_send", sent.append)

    with django_capture_on_commit_callbacks(execute=True):
        for address in ("thing.1", "thing.2", "thing.1"):
            transport.nudge(address)

    assert sent == ["thing.1 thing.2"]


@pytest.mark.django_db(transaction=True)
def test_what_a_batch_of_transactions_changes_is_told_at_its_end_or_after_half_a_second(monkeypatch):
    sent: list[str] = []
    monkeypatch.setattr(transport, "_send", sent.append)

    with transport.nudged_together():
        for address in ("thing.1", "thing.2", "thing.1"):
            with transaction.atomic():
                transport.nudge(address)
        assert sent == []
    assert sent == ["thing.1 thing.2"]

    monkeypatch.setattr(transport, "_LONGEST_HOLD_SECONDS", -1)
    with transport.nudged_together():
        transport.nudge("thing.3")
        assert sent[1:] == ["thing.3"]
    assert len(sent) == 2


def test_several_nudges_in_one_go_reach_who_watches_each():
    async def scenario() -> list[Any]:
        stop = await transport._listen_socket()
        page = OpenPage(Reader())
        await page.is_let_in()
        await page.watch("thing.1", "thing.2")
        transport._send("thing.1 thing.3 thing.2")
        told = [await page.hear(), await page.hear()]
        await page.leave()
        await stop()
        return told

    assert asyncio.run(scenario()) == [{"changed": "thing.1"}, {"changed": "thing.2"}]


@pytest.fixture
def _no_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_changes", {})


@pytest.mark.usefixtures("_no_changes")
def test_what_changed_after_a_page_was_drawn_is_told_as_soon_as_it_watches():
    async def scenario() -> list[Any]:
        page, drawn_at = OpenPage(Reader()), time()
        await page.is_let_in()
        await transport.deliver("thing.1 ?thing.2 thing.3")
        await page.say({"watch": ["thing.1", "thing.2"], "since": drawn_at})
        told = [await page.hear(), await page.hear()]
        await page.say({"watch": ["thing.1", "thing.3"], "since": drawn_at})
        told += [await page.hear(), await page.hear()]
        await page.leave()
        return told

    assert asyncio.run(scenario()) == [
        {"watching": ["thing.1", "thing.2"]},
        {"changed": "thing.1"},
        {"watching": ["thing.1", "thing.2", "thing.3"]},
        {"changed": "thing.3"},
    ]


@pytest.mark.usefixtures("_no_changes")
@pytest.mark.parametrize("since", [3e12, None, "yesterday", [1]])
def test_what_changed_before_a_page_was_drawn_is_not_told(since):
    async def scenario() -> bool:
        page = OpenPage(Reader())
        await page.is_let_in()
        await transport.deliver("thing.1")
        await page.say({"watch": ["thing.1"], "since": since})
        await page.hear()
        quiet = await page.hears_nothing()
        await page.leave()
        return quiet

    assert asyncio.run(scenario())


@pytest.mark.usefixtures("_no_changes")
def test_changes_are_known_for_a_minute(time_machine):
    async def scenario() -> None:
        for pk in range(9):
            await transport.deliver(f"thing.{pk} thing.x")
        time_machine.shift(61)
        for pk in range(9, 18):
            await transport.deliver(f"thing.{pk}")

    time_machine.move_to(1_000_000)
    asyncio.run(scenario())

    assert not transport.changed_since("thing.8", 1)
    assert transport.changed_since("thing.9", 1)
    assert len(transport._changes) <= 10


class Rights:
    """Which things may be watched; what the database would say of a real user."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may = {1, 2}
        register_topic(Topic("thing", lambda user, pk: pk in self.may))

        async def lost(consumer: LiveConsumer, addresses: list[str]) -> list[str]:
            return [address for address in addresses if not may_watch(Reader(), address)]

        monkeypatch.setattr(LiveConsumer, "lost", lost)


@pytest.mark.parametrize("asked", ["?thing.1", "?everything"])
def test_who_may_not_watch_any_more_is_told_so_at_once_and_nothing_after_that(monkeypatch, asked):
    rights = Rights(monkeypatch)

    async def scenario() -> list[Any]:
        stop = await transport._listen_socket()
        page = OpenPage(Reader())
        await page.is_let_in()
        await page.watch("thing.1", "thing.2")
        rights.may = {2}
        transport._send(asked)
        told = [await page.hear()]
        transport._send("thing.1 thing.2")
        told.append(await page.hear())
        await page.leave()
        await stop()
        return told

    assert asyncio.run(scenario()) == [{"gone": "thing.1"}, {"changed": "thing.2"}]


def test_who_still_may_hears_nothing_of_rights_that_changed(monkeypatch):
    Rights(monkeypatch)

    async def scenario() -> Any:
        stop = await transport._listen_socket()
        page = OpenPage(Reader())
        await page.is_let_in()
        await page.watch("thing.1")
        transport._send("?everything ?thing.1 ?thing.7 thing.1")
        told = await page.hear()
        await page.leave()
        await stop()
        return told

    assert asyncio.run(scenario()) == {"changed": "thing.1"}


@pytest.mark.usefixtures("_no_changes")
@pytest.mark.parametrize(("drawn_before", "then"), [(True, [{"gone": "thing.1"}, {"gone": "thing.9"}]), (False, [])])
def test_who_lost_a_right_while_a_page_was_being_opened_is_told_as_soon_as_it_watches(monkeypatch, drawn_before, then):
    rights = Rights(monkeypatch)

    async def scenario() -> list[Any]:
        page, drawn_at = OpenPage(Reader()), time()
        await page.is_let_in()
        rights.may = {2}
        await transport.deliver("?thing.1")
        since = drawn_at if drawn_before else time() + 1
        await page.say({"watch": ["thing.1", "thing.2", "thing.9"], "since": since})
        told = [await page.hear()]
        told += [await page.hear() for _ in then]
        assert await page.hears_nothing()
        await page.leave()
        return told

    assert asyncio.run(scenario()) == [{"watching": ["thing.2"]}, *then]
