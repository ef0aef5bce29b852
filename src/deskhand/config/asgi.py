"""One port: pages through a2wsgi (threads with lasting database connections), websockets through Channels."""

from __future__ import annotations

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deskhand.config.settings")

from deskhand.config.wsgi import application as pages  # isort: skip  (starts Django)

from a2wsgi import WSGIMiddleware
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path, re_path

from deskhand.config import env
from deskhand.config.bodies import at_their_own_pace
from deskhand.config.connections import parting_now_and_then
from deskhand.kit.live.consumers import LinkConsumer, LiveConsumer
from deskhand.kit.live.transport import with_live_listener

application = with_live_listener(
    ProtocolTypeRouter(
        {
            "http": parting_now_and_then(
                at_their_own_pace(WSGIMiddleware(cast(Any, pages), workers=env.number("WEB_THREADS", 2)))
            ),
            "websocket": AllowedHostsOriginValidator(
                URLRouter(
                    [
                        path("live/link/", LinkConsumer.as_asgi()),
                        re_path("", AuthMiddlewareStack(LiveConsumer.as_asgi())),
                    ]
                )
            ),
        }
    )
)
