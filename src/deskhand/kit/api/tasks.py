"""What the API forgets after a day."""

from __future__ import annotations

from huey import crontab

from deskhand.kit.api.once import forget_old_answers
from deskhand.kit.clock import now
from deskhand.kit.queue import periodic_task


@periodic_task(crontab(minute="17"))  # type: ignore[untyped-decorator]
def sweep_answers() -> None:
    forget_old_answers(at=now())
