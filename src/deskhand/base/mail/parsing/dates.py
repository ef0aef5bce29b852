"""When a mail was written, from dates in whatever form."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from deskhand.kit.clock import now

#: Mail is not older than this, and a clock that is more than a year fast tells nothing.
_FIRST_YEAR = 1980
_FARTHEST = timedelta(days=366)

#: Zones that programs write by name and that the standard library does not know, in minutes east of Greenwich.
_ZONES = {
    "WET": 0, "WEST": 60, "BST": 60, "IST": 330, "CET": 60, "MEZ": 60, "MET": 60, "CEST": 120, "MESZ": 120,
    "MEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "SGT": 480, "HKT": 480, "JST": 540, "KST": 540, "AEST": 600,
    "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
#: Months as people's own languages write them (three letters are enough), by number.
_MONTHS = {
    1: "jan janv ene gen jän sty янв", 2: "feb févr fév fev lut фев", 3: "mar mär mrz mars maa märz мар",
    4: "apr avr abr kwi апр", 5: "may mai mag maj mei мая май", 6: "jun juin giu cze июн", 7: "jul juil lug lip июл",
    8: "aug août ago sie авг", 9: "sep sept set wrz сен", 10: "oct okt ott out paź окт", 11: "nov lis ноя",
    12: "dec dez déc dic gru дек",
}  # fmt: skip
_MONTH_NUMBERS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_TIME = r"(?:[ T,]+(?:um |at )?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?)?"
_ZONE = r"\s*(Z|[+-]\d{2}:?\d{2}|[A-Z]{3,4})?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}{_ZONE}")
_DOTTED = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}){_TIME}{_ZONE}")
_NAMED = re.compile(rf"(\d{{1,2}})[.\s-]+(?:de )?([^\W\d]{{3,9}})[.\s-]+(?:de )?(\d{{4}}){_TIME}{_ZONE}")


def parse_date(value: str) -> datetime | None:
    """The moment in UTC; None if it cannot be read, or makes no sense. Without a zone it is taken for UTC."""
    value = value[:200].strip()
    if not value:
        return None
    try:
        moment = _standard(value) or _iso(value) or _other(value)
    except (ValueError, OverflowError, TypeError, IndexError):
        try:
            moment = _other(value)
        except (ValueError, OverflowError):
            return None
    if moment is None or moment.year < _FIRST_YEAR or moment > now() + _FARTHEST:
        return None
    return moment


def _standard(value: str) -> datetime | None:
    """RFC 5322 and its elders."""
    parts = parsedate_tz(value)
    if parts is None:
        return None
    naive = datetime(*parts[:5], min(parts[5], 59), tzinfo=UTC)
    named = re.search(r"\b([A-Z]{3,4})\)?$", value)
    minutes = _ZONES.get(named[1]) if named and parts[9] in {None, 0} and not re.search(r"[+-]\d{4}", value) else None
    if minutes is not None:
        return naive - timedelta(minutes=minutes)
    offset = parts[9] or 0
    return naive - timedelta(seconds=offset if abs(offset) < 86_400 else 0)


def _iso(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _other(value: str) -> datetime | None:
    """Year first, with dots, or with the month's name in the language of the sender."""
    if found := _YEAR_FIRST.search(value):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _DOTTED.search(value):
        year, month, day = int(found[3]), int(found[2]), int(found[1])
    elif found := _NAMED.search(value):
        name = found[2].lower()
        year, month, day = int(found[3]), _MONTH_NUMBERS.get(name) or _MONTH_NUMBERS.get(name[:3], 0), int(found[1])
    else:
        return None
    hour, minute, second = (int(part or 0) for part in found.group(4, 5, 6))
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_zone(found[7])).astimezone(UTC)


def _zone(name: str | None) -> timezone:
    if name is None or name == "Z":
        return UTC
    if name[0] in "+-":
        minutes = int(name[1:3]) * 60 + int(name[-2:])
        return timezone(timedelta(minutes=minutes if name[0] == "+" else -minutes))
    return timezone(timedelta(minutes=_ZONES.get(name, 0)))
