"""Colleagues who look at the same thing are told of each other, and nobody else is."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator

from deskhand.kit.live import presence, transport
from deskhand.kit.live.consumers import LiveConsumer
from deskhand.kit.live.topics import Topic, may_be_present, register_topic


class Person:
    is_authenticated = True

    def __init__(self, pk: int, name: str, *, is_internal: bool = True) -> None:
        self.pk, self.name, self.is_internal = pk, name, is_internal


AMARA, JONAS = Person(1, "Amara"), Person(2, "Jonas")
CUSTOMER = Person(3, "Olena", is_internal=False)


class Page:
    """A page that is open in front of somebody."""

    def __init__(self, user: Person) -> None:
        scope = {"type": "websocket", "path": "/live/", "user": user}
        self.app = ApplicationCommunicator(LiveConsumer.as_asgi(), scope)

    async def open(self, address: str = "thing.1") -> None:
        await self.app.send_input({"type": "websocket.connect"})
        await self.app.receive_output()
        await self.say({"here": address})

    async def say(self, content: Any) -> None:
        await self.app.send_input({"type": "websocket.receive", "text": json.dumps(content)})

    async def hears(self, expected: list[dict[str, Any]]) -> bool:
        """Whether the page is told of exactly these people, sooner or later."""
        while True:
            told = json.loads((await self.app.receive_output(timeout=3))["text"])
            if told == {"present": "thing.1", "people": expected}:
                return True

    async def hears_nothing(self) -> bool:
        return bool(await self.app.receive_nothing(timeout=0.3))

    async def close(self) -> None:
        await self.app.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.app.wait()


@pytest.fixture(autouse=True)
def _topics(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.REDIS_URL = ""
    settings.LIVE_SOCKET = tmp_path / "live.sock"
    monkeypatch.setattr("deskhand.kit.live.topics._topics", {})
    monkeypatch.setattr(presence, "_in_memory", presence.InMemory())
    register_topic(Topic("thing", lambda user, pk: pk < 100, shows_presence=True))
    register_topic(Topic("quiet", lambda user, pk: True))

    async def allowed(self: LiveConsumer, address: str) -> bool:
        return may_be_present(self.scope["user"], address)

    monkeypatch.setattr(LiveConsumer, "_may_be_present", allowed)


def run(scenario: Any) -> Any:
    async def listening() -> Any:
        stop = await transport._listen_socket()
        try:
            return await scenario()
        finally:
            await stop()

    return asyncio.run(listening())


def test_who_comes_writes_and_goes_is_told_to_who_is_there():
    async def scenario() -> None:
        amara, jonas = Page(AMARA), Page(JONAS)
        await amara.open()
        await jonas.open()
        assert await amara.hears([{"name": "Jonas", "writing": False}])
        await jonas.say({"here": "thing.1", "writing": True})
        assert await amara.hears([{"name": "Jonas", "writing": True}])
        await jonas.close()
        assert await amara.hears([])
        await amara.close()

    run(scenario)


def test_a_customer_neither_shows_up_nor_sees_anybody():
    async def scenario() -> bool:
        amara, customer = Page(AMARA), Page(CUSTOMER)
        await amara.open()
        assert await amara.hears([])
        await customer.open()
        quiet = await customer.hears_nothing() and await amara.hears_nothing()
        await amara.close()
        await customer.close()
        return quiet

    assert run(scenario)


@pytest.mark.parametrize("address", ["thing.500", "quiet.1", "other.1", "thing.x", ""])
def test_nobody_is_where_they_may_not_look(address):
    async def scenario() -> bool:
        page = Page(JONAS)
        await page.open(address)
        quiet = await page.hears_nothing()
        await page.close()
        return quiet

    assert run(scenario)
    assert asyncio.run(presence.others("thing.500", than=0)) == []


def test_rights_that_were_taken_away_end_it(monkeypatch):
    async def scenario() -> bool:
        amara, jonas = Page(AMARA), Page(JONAS)
        await amara.open()
        assert await amara.hears([])
        register_topic(Topic("thing", lambda user, pk: user.pk != AMARA.pk, shows_presence=True))
        await jonas.open()
        quiet = await amara.hears_nothing()
        await amara.close()
        await jonas.close()
        return quiet

    assert run(scenario)


def test_who_is_not_heard_of_any_more_is_forgotten():
    async def scenario() -> list[dict[str, Any]]:
        await presence.store().put("thing.1", "page", presence.Seen(2, "Jonas", seen_at=0))
        return await presence.others("thing.1", than=1)

    assert asyncio.run(scenario()) == []
