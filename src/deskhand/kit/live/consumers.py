"""The websocket of a page: says what it watches and where it is, is told when that changed and who else is there."""

from __future__ import annotations

import asyncio
import logging
from time import time
from typing import Any

import redis
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth import get_user_model

from deskhand.kit import figures
from deskhand.kit.live import presence
from deskhand.kit.live.topics import may_be_present, may_watch
from deskhand.kit.live.transport import EVERYTHING, tell_now

logger = logging.getLogger(__name__)
#: One page watches a few things; more is somebody probing.
MOST_WATCHED = 50
_HERE = "here."


class LiveConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """Takes ``{"watch": ["ticket.42", …]}``, answers ``{"changed": "ticket.42"}`` whenever it did.

    Answers ``{"gone": "ticket.42"}`` as soon as the user may not watch it any more.
    Takes ``{"here": "ticket.42", "writing": true}``, answers ``{"present": "ticket.42", "people": […]}`` whenever
    somebody else comes, goes or writes there. A stranger is turned away; what the user may not see is not watched, and
    not said to exist.
    """

    async def connect(self) -> None:
        self.watched: set[str] = set()
        self.here = ""
        self.is_counted = False
        if not self.scope["user"].is_authenticated:
            await self.close(code=4401)
            return
        await self.channel_layer.group_add(EVERYTHING, self.channel_name)
        await self.accept()
        self.is_counted = True
        figures.count_socket(1)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        del kwargs
        if not isinstance(content, dict):
            content = {}
        if isinstance(content.get("here"), str):
            await self._be_here(content["here"], is_writing=content.get("writing") is True)
            return
        asked = content.get("watch", [])
        for address in [str(address) for address in asked if isinstance(address, str)][:MOST_WATCHED]:
            if address not in self.watched and len(self.watched) < MOST_WATCHED and await self._may_watch(address):
                self.watched.add(address)
                await self.channel_layer.group_add(address, self.channel_name)
        await self.send_json({"watching": sorted(self.watched)})

    async def disconnect(self, code: int) -> None:
        del code
        if self.is_counted:
            figures.count_socket(-1)
        for address in [*self.watched, EVERYTHING]:
            await self.channel_layer.group_discard(address, self.channel_name)
        await self._leave()

    async def changed(self, event: dict[str, str]) -> None:
        address = event["address"]
        if address.startswith(_HERE):
            await self._tell_who_is_here()
        else:
            await self.send_json({"changed": address})

    async def rights_changed(self, event: dict[str, str]) -> None:
        """Watch no more what may not be watched any more, and say so: the page shows what it should not."""
        asked = self.watched if event["address"] == EVERYTHING else self.watched & {event["address"]}
        for address in await self._lost(sorted(asked)):
            self.watched.discard(address)
            await self.channel_layer.group_discard(address, self.channel_name)
            if address == self.here:
                await self._leave()
            await self.send_json({"gone": address})

    # ---- who else is here -------------------------------------------------------------------------------------------

    async def _be_here(self, address: str, *, is_writing: bool) -> None:
        if address != self.here:
            await self._leave()
            if not await self._may_be_present(address):
                return
            self.here = address
            await self.channel_layer.group_add(_HERE + address, self.channel_name)
        moment, user = time(), self.scope["user"]
        seen = presence.Seen(user.pk, user.name, moment, moment if is_writing else 0)
        try:
            is_new = await presence.store().put(address, self.channel_name, seen)
        except (redis.RedisError, OSError) as error:
            logger.debug("Nobody knows who is at %s: %s", address, error)
            return
        if is_new or is_writing:
            await asyncio.to_thread(tell_now, _HERE + address)

    async def _leave(self) -> None:
        if not self.here:
            return
        address, self.here = self.here, ""
        await self.channel_layer.group_discard(_HERE + address, self.channel_name)
        try:
            await presence.store().drop(address, self.channel_name)
        except (redis.RedisError, OSError) as error:
            logger.debug("Nobody knows who left %s: %s", address, error)
            return
        await asyncio.to_thread(tell_now, _HERE + address)

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
    def _lost(self, addresses: list[str]) -> list[str]:
        """Those that the user, as they are now, may not watch."""
        user = get_user_model()._default_manager.filter(pk=self.scope["user"].pk, is_active=True).first()  # noqa: SLF001
        return [address for address in addresses if user is None or not may_watch(user, address)]

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _may_be_present(self, address: str) -> bool:
        user = get_user_model()._default_manager.filter(pk=self.scope["user"].pk).first()  # noqa: SLF001
        return user is not None and may_be_present(user, address)
