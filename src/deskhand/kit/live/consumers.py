"""The websocket of a page: says what it watches, is told when that changed."""

from __future__ import annotations

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from deskhand.kit.live.topics import may_watch

#: One page watches a few things; more is somebody probing.
MOST_WATCHED = 50


class LiveConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """Takes ``{"watch": ["ticket.42", …]}``, answers ``{"changed": "ticket.42"}`` whenever it did.

    A stranger is turned away; what the user may not see is not watched, and not said to exist.
    """

    async def connect(self) -> None:
        self.watched: set[str] = set()
        if not self.scope["user"].is_authenticated:
            await self.close(code=4401)
            return
        await self.accept()

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        del kwargs
        asked = content.get("watch", []) if isinstance(content, dict) else []
        for address in [str(address) for address in asked if isinstance(address, str)][:MOST_WATCHED]:
            if address not in self.watched and len(self.watched) < MOST_WATCHED and await self._may_watch(address):
                self.watched.add(address)
                await self.channel_layer.group_add(address, self.channel_name)
        await self.send_json({"watching": sorted(self.watched)})

    async def disconnect(self, code: int) -> None:
        del code
        for address in self.watched:
            await self.channel_layer.group_discard(address, self.channel_name)

    async def changed(self, event: dict[str, str]) -> None:
        await self.send_json({"changed": event["address"]})

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _may_watch(self, address: str) -> bool:
        return may_watch(self.scope["user"], address)
