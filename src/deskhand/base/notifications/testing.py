"""Makers of data for tests and demo."""

from __future__ import annotations

from typing import Any

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import Draft, log_note
from deskhand.base.notifications.models import Notification
from deskhand.kit.clock import now


def make_notification(record: Any, user: User) -> Notification:
    """Somebody called the user by name."""
    log_note(record, Draft(html="<p>Look</p>", author=None, mentions=[user.contact_id]), at=now())
    return Notification.objects.filter(user=user).latest("pk")
