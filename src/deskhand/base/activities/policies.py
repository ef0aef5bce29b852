"""Who may do what with activities."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from deskhand.base.chatter.public import can_write


def can_schedule(user: Any, record: Model) -> bool:
    """Schedule, edit, do and cancel: whoever takes part in the conversation of the record."""
    return can_write(user, record)
