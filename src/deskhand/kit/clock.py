"""Time inside the house: always aware, always UTC."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def start_of_day(*, days_ago: int = 0) -> datetime:
    """When today, or an earlier day, began where the reader is."""
    day = timezone.localdate() - timedelta(days=days_ago)
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
