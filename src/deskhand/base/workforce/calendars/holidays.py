"""Public holidays by country and part of it, from the ``holidays`` package; every year is computed once.

The package is imported where it is asked: it is large, and most processes never ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The public holidays of a country (``DE``), with those of a part of it (``BY``). A country that the package does
    not know has none."""

    country: str
    subdivision: str = ""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and _plain(day) in public_holidays(self.country, self.subdivision, day.year)


@lru_cache(maxsize=512)
def public_holidays(country: str, subdivision: str, year: int, language: str = "") -> Mapping[date, str]:
    """Day → name, in the language if the package speaks it, else in one of the country's."""
    import holidays

    if subdivision and subdivision not in subdivisions(country):
        subdivision = ""
    try:
        found = holidays.country_holidays(
            country, subdiv=subdivision or None, years=year, expand=False, language=_spoken(country, language)
        )
    except NotImplementedError:
        return {}
    return {day: name for day, name in sorted(cast(Any, found).items()) if day.year == year}


@lru_cache(maxsize=512)
def subdivisions(country: str) -> tuple[str, ...]:
    """Codes of the parts of a country that have holidays of their own."""
    import holidays

    return tuple(sorted(holidays.list_supported_countries().get(country, ())))


def subdivision_name(country: str, code: str) -> str:
    """What a part of a country is called there, *Bayern* for ``BY``; a code that nobody knows stays as it is."""
    return _subdivision_names(country).get(code, code) if country and code else code


@lru_cache(maxsize=64)
def _subdivision_names(country: str) -> Mapping[str, str]:
    """The package lists names with their codes, the usual one first; what has none is called by its code."""
    import holidays

    try:
        known = holidays.country_holidays(country).subdivisions_aliases
    except NotImplementedError:
        return {}
    names: dict[str, str] = {}
    for name, code in cast("Mapping[str, str]", known or {}).items():
        names.setdefault(code, name)
    return names


@lru_cache(maxsize=512)
def _spoken(country: str, language: str) -> str | None:
    if not language:
        return None
    import holidays

    speaks = holidays.list_localized_countries().get(country, ())
    asked = language.replace("-", "_").split("_")[0]
    return next((known for known in speaks if known.split("_")[0] == asked), None)


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
