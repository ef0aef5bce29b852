"""Moments and sizes as people read them: relative, the exact time on hover, in the reader's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from deskhand.kit.clock import now
from deskhand.kit.ui.languages import language

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_DAYS_COUNTED = 7
_UNITS = ((10**3, "KB"), (10**6, "MB"), (10**9, "GB"), (10**12, "TB"))
_TEN, _THOUSAND = 10, 1000


def ago(moment: datetime | None, at: datetime | None = None) -> SafeString:
    """``19 min ago``, ``in 6 h``, ``3 d ago``, and from a week on the day: ``17 Nov``; the exact time on hover.

    No moment: nothing. What is made for one list is kept for the minute: the next page with the same rows has it.
    """
    if moment is None:
        return SafeString()
    minute = int((at or now()).timestamp()) // _MINUTE
    return _ago(int(moment.timestamp()), minute, timezone.get_current_timezone(), language())


@lru_cache(maxsize=16384)
def _ago(second: int, minute: int, zone: tzinfo, _language: str) -> SafeString:
    moment, at = datetime.fromtimestamp(second, zone), datetime.fromtimestamp(minute * _MINUTE, zone)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', _machine(moment), _exact(moment), relative(moment, at)
    )


def when(moment: datetime | date | None) -> SafeString:
    """``Tue 18 Nov 2025, 15:41``; of a day only the day. No moment: nothing."""
    if moment is None:
        return SafeString()
    if isinstance(moment, datetime):
        return _when(moment, timezone.get_current_timezone(), language())
    return format_html('<time datetime="{}">{}</time>', _machine(moment), _day(moment))


@lru_cache(maxsize=16384)
def _when(moment: datetime, zone: tzinfo, _language: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', _machine(moment), _exact(moment.astimezone(zone)))


def exact(moment: datetime) -> str:
    """The moment in the reader's zone, to the minute."""
    return _exact(moment.astimezone(timezone.get_current_timezone()))


def _exact(local: datetime) -> str:
    return formatted(local, pgettext("date format: Tue 18 Nov 2025, 15:41", "D j M Y, H:i"))


def _day(day: date) -> str:
    return formatted(day, pgettext("date format: Tue 18 Nov 2025", "D j M Y"))


def relative(moment: datetime, at: datetime) -> str:
    """How long before or after ``at``, in the largest unit that fits; from a week on the day, in the zone of ``at``."""
    seconds = int((at - moment).total_seconds())
    if abs(seconds) < _MINUTE:
        return gettext("just now")
    if abs(seconds) >= _DAYS_COUNTED * _DAY:
        return _short_day(moment, at)
    length = {"time": _length(abs(seconds))}
    return gettext("%(time)s ago") % length if seconds > 0 else gettext("in %(time)s") % length


def _length(seconds: int) -> str:
    if seconds < _HOUR:
        return gettext("%(count)d min") % {"count": seconds // _MINUTE}
    if seconds < _DAY:
        return gettext("%(count)d h") % {"count": seconds // _HOUR}
    return gettext("%(count)d d") % {"count": seconds // _DAY}


def _short_day(moment: datetime, at: datetime) -> str:
    local = moment.astimezone(at.tzinfo)
    if local.year == at.year:
        return formatted(local, pgettext("date format: 18 Nov", "j M"))
    return formatted(local, pgettext("date format: 18 Nov 2025", "j M Y"))


def _machine(moment: datetime | date) -> str:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


def duration(length: timedelta | float) -> str:
    """``2 h 15 min`` of a length of time or a number of hours."""
    seconds = length.total_seconds() if isinstance(length, timedelta) else length * _HOUR
    minutes = round(seconds / _MINUTE)
    hours, rest = divmod(minutes, 60)
    parts = [gettext("%(count)d h") % {"count": hours}] if hours else []
    parts += [gettext("%(count)d min") % {"count": rest}] if rest or not hours else []
    return " ".join(parts)


def filesize(size: int) -> str:
    """``212 KB``, ``1.8 MB``: thousands, one digit after the point below ten."""
    if size < _THOUSAND:
        return gettext("%(count)d bytes") % {"count": size}
    unit = next((unit for unit in _UNITS if size < (_THOUSAND - 0.5) * unit[0]), _UNITS[-1])
    value = size / unit[0]
    digits = 1 if value < _TEN and round(value, 1) % 1 else 0
    return f"{number_format(round(value, digits), digits)}\N{NO-BREAK SPACE}{unit[1]}"
