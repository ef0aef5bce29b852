"""Makers of data for tests and demo."""

from __future__ import annotations

from datetime import date
from typing import Any

from deskhand.base.accounts.public import User
from deskhand.base.activities.models import Activity, ActivityType
from deskhand.base.activities.services import Plan, schedule_activity
from deskhand.kit.clock import now


def make_activity(
    record: Any, assignee: User, *, due_on: date, summary: str = "Call back", kind: str = "Call", by: User | None = None
) -> Activity:
    found, _ = ActivityType.objects.get_or_create(name=kind)
    return schedule_activity(record, Plan(found, due_on, assignee, summary), by=by, at=now())
