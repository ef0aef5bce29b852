from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deskhand.base.accounts.public import User
from deskhand.base.activities.models import Activity


@dataclass(frozen=True)
class ActivityAssigned:
    """Somebody got something to do about ``record``."""

    activity: Activity
    record: Any
    by: User | None


@dataclass(frozen=True)
class ActivitiesChanged:
    """What is to be done about ``record`` is not what it was: scheduled, edited, done or cancelled."""

    activity: Activity
    record: Any
