"""Wake-up calls of the notifications."""

from __future__ import annotations

from huey import crontab

from deskhand.base.notifications.services.digests import send_digests
from deskhand.kit.clock import now
from deskhand.kit.queue import periodic_task


@periodic_task(crontab(minute="0"))  # type: ignore[untyped-decorator]
def write_digests() -> None:
    send_digests(at=now())
