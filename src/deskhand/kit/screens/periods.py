"""Days, weeks, months, quarters and years, as they stand in an address: ``2026-11-22``, ``2026-W47``, ``2026-11``,
``2026-Q4``, ``2026``. Where they begin is said by the reader's time zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Any, get_args

from django.db.models import Func, Q
from django.db.models.functions import TruncDay, TruncMonth, TruncQuarter, TruncWeek, TruncYear
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from deskhand.kit.screens.declarations import Interval

INTERVALS: tuple[Interval, ...] = get_args(Interval)
INTERVAL_NAMES = {
    "day": gettext_lazy("Day"),
    "week": gettext_lazy("Week"),
    "month": gettext_lazy("Month"),
    "quarter": gettext_lazy("Quarter"),
    "year": gettext_lazy("Year"),
}
TRUNCATED: Mapping[str, type[Func]] = {
    "day": TruncDay,
    "week": TruncWeek,
    "month": TruncMonth,
    "quarter": TruncQuarter,
    "year": TruncYear,
}
_FORMS: Mapping[Interval, re.Pattern[str]] = {
    "day": re.compile(r"(\d{4})-(\d{2})-(\d{2})"),
    "week": re.compile(r"(\d{4})-W(\d{2})"),
    "month": re.compile(r"(\d{4})-(\d{2})"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "year": re.compile(r"(\d{4})"),
}


@dataclass(frozen=True)
class Period:
    """From the start of ``first`` to the start of ``after``."""

    by: Interval
    first: date
    after: date

    @property
    def address(self) -> str:
        return _ADDRESSES[self.by](self.first)

    @property
    def label(self) -> str:
        return _LABELS[self.by](self.first)

    def condition(self, path: str, *, is_moment: bool) -> Q:
        """That what lies at ``path`` is in the period."""
        first, after = start_of(self.first, is_moment=is_moment), start_of(self.after, is_moment=is_moment)
        return Q((f"{path}__gte", first), (f"{path}__lt", after))


def period_of(by: Interval, day: date) -> Period:
    """The period in which a day lies.

    :raises ValueError: it is at the end of all time.
    """
    first = _STARTS[by](day)
    after = _AFTERS[by](first)
    if first.year == MINYEAR or after.year == MAXYEAR:  # no zone is far enough from UTC to lead out of all others
        raise ValueError(day)
    return Period(by, first, after)


def read_period(text: str) -> Period | None:
    """The period that an address names; None: it names none."""
    for by, form in _FORMS.items():
        if found := form.fullmatch(text):
            try:
                return period_of(by, _READERS[by](*map(int, found.groups())))
            except (ValueError, OverflowError):
                return None
    return None


def start_of(day: date, *, is_moment: bool) -> date | datetime:
    """When a day begins where the reader is; the day itself for fields that know only days."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone()) if is_moment else day


def address_of(by: Interval, value: Any) -> str:
    """What stands in an address for a value that the database cut down to its period."""
    return _ADDRESSES[by](_day(value))


def label_of(by: Interval, value: Any) -> str:
    return _LABELS[by](_day(value))


def today() -> date:
    """Where the reader is."""
    return timezone.localdate()


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


_STARTS: Mapping[str, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: date(day.year, _quarter(day) * 3 - 2, 1),
    "year": lambda day: date(day.year, 1, 1),
}
_AFTERS: Mapping[str, Callable[[date], date]] = {
    "day": lambda first: first + timedelta(days=1),
    "week": lambda first: first + timedelta(days=7),
    "month": _next_month,
    "quarter": lambda first: _next_month(first.replace(month=first.month + 2)),
    "year": lambda first: date(first.year + 1, 1, 1),
}
_READERS: Mapping[str, Callable[..., date]] = {
    "day": date,
    "week": lambda year, week: date.fromisocalendar(year, week, 1),
    "month": lambda year, month: date(year, month, 1),
    "quarter": lambda year, quarter: date(year, quarter * 3 - 2, 1),
    "year": lambda year: date(year, 1, 1),
}
_ADDRESSES: Mapping[str, Callable[[date], str]] = {
    "day": lambda first: first.isoformat(),
    "week": lambda first: "{}-W{:02}".format(*first.isocalendar()[:2]),
    "month": lambda first: f"{first.year:04}-{first.month:02}",
    "quarter": lambda first: f"{first.year:04}-Q{_quarter(first)}",
    "year": lambda first: f"{first.year:04}",
}
_LABELS: Mapping[str, Callable[[date], str]] = {
    "day": lambda first: formatted(first, pgettext("date format: 22 November 2025", "j F Y")),
    "week": lambda first: (
        _("Week %(week)s, %(year)s") % dict(zip(("year", "week"), first.isocalendar()[:2], strict=True))
    ),
    "month": lambda first: formatted(first, pgettext("date format: November 2025", "F Y")),
    "quarter": lambda first: _("Quarter %(quarter)s, %(year)s") % {"quarter": _quarter(first), "year": first.year},
    "year": lambda first: str(first.year),
}
