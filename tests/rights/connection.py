"""A page's websocket, from its opening to its end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import time
from typing import Any, ParamSpec, TypeVar
from unittest import mock

from asgiref.sync import async_to_sync

from deskhand.kit.live import presence
from deskhand.kit.live.consumers import HERE
from deskhand.kit.live.testing import OpenPage
from deskhand.kit.live.transport import deliver

P, Told = ParamSpec("P"), TypeVar("Told")


def _in_the_test(scenario: Callable[P, Awaitable[Told]]) -> Callable[P, Told]:
    """Runs it to its end; the connection to the database is the test's own, in the midst of a transaction."""
    return mock.patch("channels.db.close_old_connections", mock.Mock())(async_to_sync(scenario))


@_in_the_test
async def watched_by(user: Any, address: str) -> list[str]:
    """What the server says that it watches for a page of the user that asks for an address; strangers stay outside."""
    page = OpenPage(user)
    if not await page.is_let_in():
        return []
    said = await page.watch(address)
    await page.leave()
    return said


@_in_the_test
async def opened_by_link(token: str) -> list[str]:
    """What the server says that it watches for the page behind a personal link; it hangs up on a wrong one."""
    page = OpenPage()
    if not await page.is_let_in():
        return []
    await page.say({"token": token})
    said = await page.hear()
    await page.leave()
    return said["watching"] if isinstance(said, dict) else []


@_in_the_test
async def is_present(user: Any, address: str) -> bool:
    """Whether a page that says where it is shows up there for others, and is told of them: both or neither."""
    page = OpenPage(user)
    if not await page.is_let_in():
        return False
    await presence.store().put(address, "another page", presence.Seen(0, "Somebody else", time()))
    await page.say({"here": address})
    await page.say({"watch": []})
    await page.hear()  # so it has heard both
    shows_up = user.name in [person["name"] for person in await presence.others(address, than=0)]
    if shows_up:
        await deliver(HERE + address)
        told = await page.hear()
        assert told == {"present": address, "people": [{"name": "Somebody else", "writing": False}]}
    await page.leave()
    await presence.store().drop(address, "another page")
    return shows_up
