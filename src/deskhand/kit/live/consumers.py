"""The websocket of a page: says what it watches and where it is, is told when that changed and who else is there."""

from __future__ import annotations

import asyncio
import json
import logging
from time import time
from typing import Any

import redis
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth import get_user_model

from deskhand.kit import figures
from deskhand.kit.limits import within_limit
from deskhand.kit.live import presence
from deskhand.kit.live.topics import may_be_present, may_watch, opened_by
from deskhand.kit.live.transport import EVERYTHING, changed_since, rights_taken_since, tell_now

logger = logging.getLogger(__name__)
#: One page watches a few things; more is somebody probing.
MOST_WATCHED = 50
#: Before the address of a thing: who looks at it.
HERE = "here."
#: Why a socket is closed: it says nothing that can be understood; not signed in and without a link that opens
#: anything; too many of them.
NONSENSE, STRANGER, TOO_MANY = 4400, 4401, 4429
#: Sockets behind personal links that one address of the net may open. An office of people shares one.
LINKS_PER_MINUTE = 60
LINK_PATIENCE_SECONDS = 10


class Watching(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """A page that watches things, whoever looks at it. It is told ``{"changed": "ticket.42"}`` whenever one did, and
    ``{"gone": "ticket.42"}`` as soon as it may not be watched any more.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.watched: set[str] = set()
        self.is_counted = False

    async def let_in(self) -> None:
        await self.channel_layer.group_add(EVERYTHING, self.channel_name)
        await self.accept()
        self.is_counted = True
        figures.count_socket(1)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        del bytes_data, kwargs
        try:
            content = json.loads(text_data or "")
        except (ValueError, RecursionError):
            await self.close(code=NONSENSE)
            return
        await self.receive_json(content if isinstance(content, dict) else {})

    async def watch(self, addresses: list[str], *, since: Any) -> None:
        """From now on; what changed before, but after the page was drawn (``since``), is told at once."""
        for address in addresses:
            self.watched.add(address)
            await self.channel_layer.group_add(address, self.channel_name)
        await self.send_json({"watching": sorted(self.watched)})
        for address in addresses:
            if isinstance(since, int | float) and changed_since(address, since):
                await self.changed({"address": address})

    async def refuse(self, addresses: list[str], *, since: Any) -> None:
        """Say nothing of what may not be watched, whether it exists or not. Only a page that was drawn before rights
        were taken (``since``) may show it, and is told to look again.
        """
        if isinstance(since, int | float) and rights_taken_since(since):
            for address in addresses:
                await self.send_json({"gone": address})

    async def disconnect(self, code: int) -> None:
        del code
        if self.is_counted:
            figures.count_socket(-1)
        for address in [*self.watched, EVERYTHING]:
            await self.channel_layer.group_discard(address, self.channel_name)

    async def changed(self, event: dict[str, str]) -> None:
        await self.send_json({"changed": event["address"]})

    async def rights_changed(self, event: dict[str, str]) -> None:
        """Watch no more what may not be watched any more, and say so: the page shows what it should not."""
        asked = self.watched if event["address"] == EVERYTHING else self.watched & {event["address"]}
        for address in await self.lost(sorted(asked)):
            await self.part_with(address)

    async def part_with(self, address: str) -> None:
        self.watched.discard(address)
        await self.channel_layer.group_discard(address, self.channel_name)
        await self.send_json({"gone": address})

    async def lost(self, addresses: list[str]) -> list[str]:
        """Those that whoever looks at the page may not watch, by now."""
        raise NotImplementedError


class LinkConsumer(Watching):
    """The socket of a page behind a personal link, whoever is signed in.

    Takes ``{"token": "…", "since": 1.5}`` once, and soon; answers ``{"watching": ["letters.42"]}``. What opens nothing
    is turned away. The token is asked again before anything is told: an expired link is gone. An address of the net
    gets as many of these sockets in a minute as a few people need, and no more.
    """

    async def connect(self) -> None:
        self.token = ""
        self.patience: asyncio.Task[None] | None = None
        caller = (self.scope.get("client") or ("",))[0]
        if not await self._may_come(caller):
            await self.close(code=TOO_MANY)
            return
        await self.let_in()
        self.patience = asyncio.create_task(self._turn_away_who_says_nothing())

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        del kwargs
        self._be_patient_no_more()
        token = content.get("token")
        opened = await self._opened_by(token) if isinstance(token, str) and not self.token else []
        if not opened:
            await self.refuse([EVERYTHING], since=content.get("since"))
            await self.close(code=STRANGER)
            return
        self.token = str(token)
        await self.watch(opened, since=content.get("since"))

    async def disconnect(self, code: int) -> None:
        self._be_patient_no_more()
        await super().disconnect(code)

    async def changed(self, event: dict[str, str]) -> None:
        if await self.lost([event["address"]]):
            await self.part_with(event["address"])
        else:
            await super().changed(event)

    async def lost(self, addresses: list[str]) -> list[str]:
        opened = await self._opened_by(self.token) if addresses else []
        return [address for address in addresses if address not in opened]

    async def _turn_away_who_says_nothing(self) -> None:
        await asyncio.sleep(LINK_PATIENCE_SECONDS)
        await self.close(code=STRANGER)

    def _be_patient_no_more(self) -> None:
        if self.patience:
            self.patience.cancel()

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _may_come(self, caller: str) -> bool:
        return within_limit(f"link-socket:{caller}", times=LINKS_PER_MINUTE, seconds=60)

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _opened_by(self, token: str) -> list[str]:
        return opened_by(token)


class LiveConsumer(Watching):
    """Takes ``{"watch": ["ticket.42", …], "since": 1.5}``, answers as :class:`Watching` does.

    Takes ``{"here": "ticket.42", "writing": true}``, answers ``{"present": "ticket.42", "people": […]}`` whenever
    somebody else comes, goes or writes there. A stranger is turned away; what the user may not see is not watched, and
    not said to exist.
    """

    async def connect(self) -> None:
        self.here = ""
        if self.scope["user"].is_authenticated:
            await self.let_in()
        else:
            await self.close(code=STRANGER)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        del kwargs
        if isinstance(content.get("here"), str):
            await self._be_here(content["here"], is_writing=content.get("writing") is True)
            return
        asked = content["watch"] if isinstance(content.get("watch"), list) else []
        fresh = dict.fromkeys(address for address in asked if isinstance(address, str) and address not in self.watched)
        some = [*fresh][: MOST_WATCHED - len(self.watched)]
        allowed = [one for one in some if await self._may_watch(one)]
        await self.watch(allowed, since=content.get("since"))
        await self.refuse([one for one in some if one not in allowed], since=content.get("since"))

    async def disconnect(self, code: int) -> None:
        await super().disconnect(code)
        await self._leave()

    async def changed(self, event: dict[str, str]) -> None:
        if event["address"].startswith(HERE):
            await self._tell_who_is_here()
        else:
            await super().changed(event)

    async def part_with(self, address: str) -> None:
        if address == self.here:
            await self._leave()
        await super().part_with(address)

    # ---- who else is here -------------------------------------------------------------------------------------------

    async def _be_here(self, address: str, *, is_writing: bool) -> None:
        if address != self.here:
            await self._leave()
            if not await self._may_be_present(address):
                return
            self.here = address
            await self.channel_layer.group_add(HERE + address, self.channel_name)
        moment, user = time(), self.scope["user"]
        seen = presence.Seen(user.pk, user.name, moment, moment if is_writing else 0)
        try:
            is_new = await presence.store().put(address, self.channel_name, seen)
        except (redis.RedisError, OSError) as error:
            logger.debug("Nobody knows who is at %s: %s", address, error)
            return
        if is_new or is_writing:
            await asyncio.to_thread(tell_now, HERE + address)

    async def _leave(self) -> None:
        if not self.here:
            return
        address, self.here = self.here, ""
        await self.channel_layer.group_discard(HERE + address, self.channel_name)
        try:
            await presence.store().drop(address, self.channel_name)
        except (redis.RedisError, OSError) as error:
            logger.debug("Nobody knows who left %s: %s", address, error)
            return
        await asyncio.to_thread(tell_now, HERE + address)

    async def _tell_who_is_here(self) -> None:
        """Rights are asked again each time: they may have been taken away since the page was opened."""
        if not self.here or not await self._may_be_present(self.here):
            return
        try:
            people = await presence.others(self.here, than=self.scope["user"].pk)
        except (redis.RedisError, OSError) as error:
            logger.debug("Nobody knows who is at %s: %s", self.here, error)
            return
        await self.send_json({"present": self.here, "people": people})

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _may_watch(self, address: str) -> bool:
        return may_watch(self.scope["user"], address)

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def lost(self, addresses: list[str]) -> list[str]:
        """As the user is now."""
        user = get_user_model()._default_manager.filter(pk=self.scope["user"].pk, is_active=True).first()  # noqa: SLF001
        return [address for address in addresses if user is None or not may_watch(user, address)]

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _may_be_present(self, address: str) -> bool:
        user = get_user_model()._default_manager.filter(pk=self.scope["user"].pk).first()  # noqa: SLF001
        return user is not None and may_be_present(user, address)
