"""Colleagues who look at the same thing are told of each other, and nobody else is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from deskhand.kit.live import presence, transport
from deskhand.kit.live.consumers import LiveConsumer
from deskhand.kit.live.testing import OpenPage
from deskhand.kit.live.topics import Topic, may_be_present, register_topic


class Person:
    is_authenticated = True

    def __init__(self, pk: int, name: str, *, is_internal: bool = True) -> None:
        self.pk, self.name, self.is_internal = pk, name, is_internal


AMARA, JONAS = Person(1, "Amara"), Person(2, "Jonas")
CUSTOMER = Person(3, "Olena", is_internal=False)


async def open_page(user: Person, address: str = "thing.1") -> OpenPage:
    """A page that is open in front of somebody, and says where it is."""
    page = OpenPage(user)
    await page.is_let_in()
    await page.say({"here": address})
    return page


async def is_told(page: OpenPage, expected: list[dict[str, Any]]) -> bool:
    """Whether the page is told of exactly these people, sooner or later."""
    while await page.hear(within_seconds=3) != {"present": "thing.1", "people": expected}:
        pass
    return True


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
        amara, jonas = await open_page(AMARA), await open_page(JONAS)
        assert await is_told(amara, [{"name": "Jonas", "writing": False}])
        await jonas.say({"here": "thing.1", "writing": True})
        assert await is_told(amara, [{"name": "Jonas", "writing": True}])
        await jonas.leave()
        assert await is_told(amara, [])
        await amara.leave()

    run(scenario)


def test_a_customer_neither_shows_up_nor_sees_anybody():
    async def scenario() -> bool:
        amara = await open_page(AMARA)
        assert await is_told(amara, [])
        customer = await open_page(CUSTOMER)
        quiet = await customer.hears_nothing(for_seconds=0.3) and await amara.hears_nothing(for_seconds=0.3)
        await amara.leave()
        await customer.leave()
        return quiet

    assert run(scenario)


@pytest.mark.parametrize("address", ["thing.500", "quiet.1", "other.1", "thing.x", ""])
def test_nobody_is_where_they_may_not_look(address):
    async def scenario() -> bool:
        page = await open_page(JONAS, address)
        quiet = await page.hears_nothing(for_seconds=0.3)
        await page.leave()
        return quiet

    assert run(scenario)
    assert asyncio.run(presence.others("thing.500", than=0)) == []


def test_rights_that_were_taken_away_end_it(monkeypatch):
    async def scenario() -> bool:
        amara = await open_page(AMARA)
        assert await is_told(amara, [])
        register_topic(Topic("thing", lambda user, pk: user.pk != AMARA.pk, shows_presence=True))
        jonas = await open_page(JONAS)
        quiet = await amara.hears_nothing(for_seconds=0.3)
        await amara.leave()
        await jonas.leave()
        return quiet

    assert run(scenario)


def test_who_is_not_heard_of_any_more_is_forgotten():
    async def scenario() -> list[dict[str, Any]]:
        await presence.store().put("thing.1", "page", presence.Seen(2, "Jonas", seen_at=0))
        return await presence.others("thing.1", than=1)

    assert asyncio.run(scenario()) == []
