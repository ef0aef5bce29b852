"""The websocket of a page, for tests."""

from __future__ import annotations

import json
from typing import Any

from asgiref.testing import ApplicationCommunicator

from deskhand.kit.live.consumers import LinkConsumer, LiveConsumer


class OpenPage:
    """A page's end of the line, from its opening to its end. ``user`` None: the page behind a personal link."""

    def __init__(self, user: Any = None) -> None:
        consumer, path = (LinkConsumer, "/live/link/") if user is None else (LiveConsumer, "/live/")
        scope = {"type": "websocket", "path": path, "user": user, "client": ("192.0.2.7", 4242)}
        self._line: Any = ApplicationCommunicator(consumer.as_asgi(), scope)  # type: ignore[no-untyped-call]

    async def is_let_in(self) -> bool:
        await self._line.send_input({"type": "websocket.connect"})
        return bool((await self._line.receive_output())["type"] == "websocket.accept")

    async def say(self, content: Any) -> None:
        await self.send(text=json.dumps(content))

    async def send(self, **frame: str | bytes) -> None:
        """``text`` or ``bytes``, whatever they are."""
        await self._line.send_input({"type": "websocket.receive", **frame})

    async def hear(self, *, within_seconds: float = 1) -> Any:
        """What the server says, or the code with which it hangs up."""
        heard = await self._line.receive_output(within_seconds)
        return json.loads(heard["text"]) if heard["type"] == "websocket.send" else heard["code"]

    async def watch(self, *addresses: Any) -> list[str]:
        """Those of the addresses that the server watches for the page."""
        await self.say({"watch": addresses})
        watching: list[str] = (await self.hear())["watching"]
        return watching

    async def hears_nothing(self, *, for_seconds: float = 0.05) -> bool:
        return bool(await self._line.receive_nothing(for_seconds))

    async def leave(self) -> None:
        await self._line.send_input({"type": "websocket.disconnect", "code": 1000})
        await self._line.wait()
