"""What is done once a day."""

from __future__ import annotations

from django.conf import settings
from huey import crontab

from deskhand.base.accounts.services import forget_expired_sessions, forget_old_entries
from deskhand.kit.clock import now
from deskhand.kit.queue import periodic_task


@periodic_task(crontab(hour="3", minute="17"))  # type: ignore[untyped-decorator]
def forget_what_is_old() -> None:
    """Sessions that let nobody in any more, and what was written down longer ago than is kept."""
    forget_expired_sessions(at=now())
    forget_old_entries(at=now(), days=settings.AUDIT_DAYS)
