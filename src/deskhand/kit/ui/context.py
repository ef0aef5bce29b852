"""What every page's frame needs to know: the apps, the menus, language and theme of the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, get_language_info

from deskhand.kit.addresses import page_address
from deskhand.kit.requests import begun_at
from deskhand.kit.shell import APPS, SITE_MENU, App, MenuEntry, SiteEntry


@dataclass(frozen=True)
class SiteLink:
    """An entry of the head of customers' pages, with its address."""

    entry: SiteEntry
    url: str
    is_current: bool


class Shell:
    """Asked for lazily: a page without frame, or one that is drawn because the database is away, costs no query."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def theme(self) -> str:
        """``auto``, ``light`` or ``dark``; rendered into ``<html>``, so that no page flashes in the wrong one."""
        user = self._user
        return str(user.theme) if user else "auto"

    @cached_property
    def language(self) -> str:
        return get_language() or "en"

    @property
    def languages(self) -> list[dict[str, Any]]:
        """What strangers may choose from, each in its own words; none where there is but one, and for who is signed in:
        their account knows."""
        if len(settings.LANGUAGES) == 1 or self._user:
            return []
        return [get_language_info(code) for code, _name in settings.LANGUAGES]

    @cached_property
    def direction(self) -> str:
        return "rtl" if get_language_bidi() else "ltr"

    @property
    def begun_at(self) -> str:
        """What the page may not know of changed after this moment: its websocket says so (``kit/live``)."""
        return f"{begun_at(self._request):.3f}"

    @cached_property
    def apps(self) -> list[App]:
        """The apps that the user may open."""
        user = self._user
        return [app for app in APPS if app.shown_to(user)] if user else []

    @property
    def is_customer(self) -> bool:
        """Whether somebody is signed in who does not work here."""
        user = self._user
        return user is not None and not user.is_internal

    @cached_property
    def company(self) -> Any:
        """The present company of who is signed in; None for strangers."""
        user = self._user
        return user.company if user else None

    @cached_property
    def site_menu(self) -> list[SiteLink]:
        """The pages in the head of customers' pages that the person may open."""
        user = getattr(self._request, "user", None)
        return [_site_link(self._request, entry) for entry in SITE_MENU if user is not None and entry.shown_to(user)]

    @property
    def _user(self) -> Any:
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None


def _site_link(request: HttpRequest, entry: SiteEntry) -> SiteLink:
    match = request.resolver_match
    is_current = match is not None and match.view_name in {entry.url_name, *entry.near}
    return SiteLink(entry, page_address(entry.url_name), is_current)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``shell`` in every template."""
    return {"shell": Shell(request)}


@dataclass(frozen=True)
class MenuLink:
    """A page in the menu, with its address. ``is_near``: the page asked for belongs to it, without being it."""

    title: str
    url: str
    is_current: bool
    is_near: bool
    keys: str = ""

    @property
    def marks(self) -> SafeString:
        current = ' class="cur" aria-current="page"' if self.is_current else ""
        return SafeString(f'{current} data-key="{escape(self.keys)}"' if self.keys else current)


@dataclass(frozen=True)
class MenuGroup:
    """One thing on the menu bar: a link when ``title`` is empty, otherwise a drop-down of links."""

    title: str
    links: tuple[MenuLink, ...]

    @property
    def is_current(self) -> bool:
        return any(link.is_near for link in self.links)


def menu_links(links: Sequence[MenuLink]) -> SafeString:
    """The links of a drop-down, as they stand twice on every page: in the bar, and in the menu of phones."""
    return format_html_join("", '<a href="{}"{}>{}</a>', [(link.url, link.marks, link.title) for link in links])


def current_app(request: HttpRequest, apps: Sequence[App], key: str = "") -> App | None:
    """The app among ``apps`` that a page belongs to: the one named, or whose menu knows the page or its namespace."""
    if key:
        return next((app for app in apps if app.key == key), None)
    match = request.resolver_match
    if match is None:
        return None
    by_page = (app for app in apps if match.view_name in _pages(app))
    by_namespace = (app for app in apps if match.namespace and match.namespace in map(_namespace, _pages(app)))
    return next(by_page, None) or next(by_namespace, None)


def menu_of(request: HttpRequest, app: App) -> list[MenuGroup]:
    """The menu of an app for the person who asks, entries of one drop-down together, in the order they were added."""
    entries = [entry for entry in app.menu if entry.shown_to(request.user)]
    nearness = [_nearness(request, entry) for entry in entries]
    nearest = nearness.index(max(nearness)) if any(nearness) else None
    groups: dict[str, list[MenuLink]] = {}
    for place, entry in enumerate(entries):
        link = MenuLink(
            title=str(entry.title),
            url=page_address(entry.url_name) + (f"?{entry.query}" if entry.query else ""),
            is_current=place == nearest and nearness[place] >= _SAME_PAGE,
            is_near=place == nearest,
            keys=entry.keys,
        )
        groups.setdefault(str(entry.under) or f"\0{place}", []).append(link)
    return [MenuGroup("" if title.startswith("\0") else title, tuple(links)) for title, links in groups.items()]


_SAME_APP, _SAME_PAGE = 1, 2


def _nearness(request: HttpRequest, entry: MenuEntry) -> int:
    """0: elsewhere; then the same namespace, the same page, and the more of the entry's query is asked for."""
    match = request.resolver_match
    if match is None:
        return 0
    if match.view_name != entry.url_name:
        return _SAME_APP if match.namespace and match.namespace == _namespace(entry.url_name) else 0
    wanted, asked = set(parse_qsl(entry.query)), set(parse_qsl(request.META.get("QUERY_STRING", "")))
    return _SAME_PAGE + len(wanted) if wanted <= asked else _SAME_APP


def _pages(app: App) -> list[str]:
    return [app.url_name, *(entry.url_name for entry in app.menu)]


def _namespace(url_name: str) -> str:
    return url_name.rpartition(":")[0]
