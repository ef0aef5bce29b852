"""When to try again."""

from __future__ import annotations

from datetime import datetime, timedelta

#: Waits between attempts; the row is given up (failed, shown to people) after the last one.
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 240, 720, 1440))


def next_attempt(attempts: int, *, at: datetime) -> datetime | None:
    """The moment of the next attempt after ``attempts`` failed ones, or None: give up."""
    return at + BACKOFF[attempts - 1] if 1 <= attempts <= len(BACKOFF) else None
