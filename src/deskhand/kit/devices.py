"""What a browser calls itself, in words that people know."""

from __future__ import annotations

from django.utils.translation import gettext

#: The first that is found counts: most browsers call themselves by the names of others too.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)
_HANDHELD = frozenset({"iPhone", "iPad", "Android"})


def spoken_device(user_agent: str) -> str:
    """``Firefox on Windows``; what nobody knows is an unknown device."""
    browser, system = _named(_BROWSERS, user_agent), _named(_SYSTEMS, user_agent)
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("Unknown device")


def is_handheld(user_agent: str) -> bool:
    """Whether it is a phone or a tablet."""
    return _named(_SYSTEMS, user_agent) in _HANDHELD


def _named(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
