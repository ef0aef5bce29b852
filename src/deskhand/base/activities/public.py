"""What other apps may use of the activities."""

from deskhand.base.activities.events import ActivitiesChanged, ActivityAssigned
from deskhand.base.activities.models import Activity, ActivityType
from deskhand.base.activities.queries import next_badges, record_url
from deskhand.base.activities.services import Plan, finish_activity, schedule_activity

__all__ = [
    "ActivitiesChanged",
    "Activity",
    "ActivityAssigned",
    "ActivityType",
    "Plan",
    "finish_activity",
    "next_badges",
    "record_url",
    "schedule_activity",
]
