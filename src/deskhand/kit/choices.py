"""What the world offers to choose from, by names in the reader's language: countries, currencies, time zones."""

from __future__ import annotations

import zoneinfo
from functools import cache, lru_cache
from unicodedata import normalize

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.conf import settings
from django.utils.translation import get_language

#: Codes of the list that are no countries: unions, outliers, pseudo-locales, reserved.
_NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())  # noqa: SIM905

Choices = list[tuple[str, str]]


def countries() -> Choices:
    """ISO 3166 code and name, by name."""
    return [*_countries(get_language() or "en")]


def country_name(code: str) -> str:
    """The name of a country; a code that nobody knows stays as it is."""
    return _country_names(get_language() or "en").get(code, code)


def language_name(code: str) -> str:
    """The name of a language; a code that nobody knows stays as it is."""
    return str(_locale(get_language() or "en").languages.get(code.replace("-", "_"), code))


def country_names(code: str) -> list[str]:
    """How a country is called by those who speak a language of the desk, whatever the reader's is."""
    return [name for language in _spoken() if (name := _country_names(language).get(code))]


def language_names(code: str) -> list[str]:
    """As :func:`country_names`, for a language."""
    return [name for language in _spoken() if (name := _locale(language).languages.get(code.replace("-", "_")))]


def currencies() -> Choices:
    """ISO 4217 code, and code with name, of the currencies in use, by code."""
    return [*_currencies(get_language() or "en")]


def time_zones() -> Choices:
    """Names of the tz database that stand for a place where people live, and UTC."""
    return [*_time_zones()]


def _spoken() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


@cache
def _time_zones() -> tuple[tuple[str, str], ...]:
    places = (name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return ("UTC", "UTC"), *((name, name.replace("_", " ")) for name in sorted(places))


@lru_cache(maxsize=32)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = _locale(language).territories.items()
    found = ((code, name) for code, name in names if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES)
    return tuple(sorted(found, key=lambda choice: normalize("NFKD", choice[1]).casefold()))


@lru_cache(maxsize=32)
def _country_names(language: str) -> dict[str, str]:
    return dict(_countries(language))


@lru_cache(maxsize=32)
def _currencies(language: str) -> tuple[tuple[str, str], ...]:
    names = _locale(language).currencies
    in_use = {
        code
        for uses in get_global("territory_currencies").values()
        for code, _since, until, is_tender in uses
        if until is None and is_tender
    }
    return tuple((code, f"{code} – {names.get(code, code)}") for code in sorted(in_use))


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
