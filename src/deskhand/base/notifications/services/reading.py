"""What a user has read."""

from __future__ import annotations

from datetime import datetime

from deskhand.base.accounts.public import User
from deskhand.base.notifications.models import Notification
from deskhand.kit.live import nudge
from deskhand.kit.transactions import in_transaction


@in_transaction
def mark_read(user: User, *, at: datetime, pk: int | None = None, until: datetime | None = None) -> int:
    """Mark one of the user's notifications read, or (None) all, or all ``until`` a moment. How many were unread."""
    unread = Notification.objects.filter(user=user).unread()
    if until is not None:
        unread = unread.filter(created_at__lte=until)
    changed = (unread if pk is None else unread.filter(pk=pk)).update(read_at=at)
    if changed:
        nudge(f"bell.{user.pk}")
    return changed


@in_transaction
def mark_unread(user: User, pk: int) -> None:
    """Put one back among the unread."""
    if Notification.objects.filter(user=user, pk=pk).update(read_at=None):
        nudge(f"bell.{user.pk}")
