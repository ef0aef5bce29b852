"""What nobody used is forgotten."""

from __future__ import annotations

from huey import crontab

from deskhand.base.files.services import forget_unused
from deskhand.kit.clock import now
from deskhand.kit.queue import periodic_task


@periodic_task(crontab(hour="4", minute="40"))  # type: ignore[untyped-decorator]
def sweep_unused() -> None:
    forget_unused(at=now())
