"""The shell around every agent page: which apps there are, and their menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deskhand.kit.panels import Place

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def everybody(user: Any) -> bool:
    """For entries that every internal user may open."""
    return bool(user.is_internal)


@dataclass(frozen=True)
class MenuEntry:
    """A page in the menu of an app. ``under`` names the drop-down it stands in; empty: on the bar itself.

    ``keys`` are pressed one after the other to go there (``g t``).
    """

    title: str | StrPromise
    url_name: str
    under: str | StrPromise = ""
    shown_to: Callable[[Any], bool] = everybody
    query: str = ""
    keys: str = ""


@dataclass(frozen=True, eq=False)
class App:
    """An app: in the app switcher, with a menu. ``key`` is also the name of its roles, where it ``has_roles``.

    ``user_may`` and ``administrator_may`` say in a sentence what the two roles are for; an app without the role *User*
    leaves the first empty. One that is not ``in_switcher`` is the frame of pages that everybody has whatever apps they
    use: its menu stands on them and in the palette.
    """

    key: str
    title: str | StrPromise
    icon: str
    url_name: str
    menu: Place[MenuEntry]
    shown_to: Callable[[Any], bool] = everybody
    has_roles: bool = False
    user_may: str | StrPromise = ""
    administrator_may: str | StrPromise = ""
    in_switcher: bool = True


APPS: Place[App] = Place("shell.apps")


@dataclass(frozen=True, eq=False)
class Tool:
    """Something that every page of those who work here has in its top bar, with a count: activities, notifications.

    ``menu_url`` answers what its drop-down shows. ``count`` is asked by the page itself, apart from all else: at most
    one query. ``counted`` says in words what the count means (``%s due``). A page asks again when ``bell.<user>``
    rings.
    """

    key: str
    title: str | StrPromise
    icon: str
    menu_url: str
    count: Callable[[Any], int]
    counted: str | StrPromise


TOOLS: Place[Tool] = Place("shell.tools")


def anybody(user: Any) -> bool:
    """For entries that strangers find, too."""
    del user
    return True


def signed_in(user: Any) -> bool:
    """For entries that everybody with an account finds, customers too."""
    return bool(user.is_authenticated)


def works_here(user: Any) -> bool:
    """For entries of colleagues."""
    return signed_in(user) and bool(user.is_internal)


def customer(user: Any) -> bool:
    """For entries of customers with an account."""
    return signed_in(user) and not user.is_internal


@dataclass(frozen=True)
class SiteEntry:
    """A page in the head of customers' pages: *Help* beside the company's name, *Tickets* at the end of the line.

    ``near``: names of other pages that belong to it. ``is_folded``: on phones it stands in the menu.
    """

    title: str | StrPromise
    url_name: str
    shown_to: Callable[[Any], bool] = anybody
    near: tuple[str, ...] = ()
    is_at_end: bool = False
    is_folded: bool = True


SITE_MENU: Place[SiteEntry] = Place("shell.site_menu")


@dataclass(frozen=True)
class AccountCard:
    """Something of a customer's own that *My Account* leads to, with a count.

    ``count`` is asked for when the page is drawn: one query at most; None: nothing is counted. ``counted`` says in
    words what it means (``%s open``).
    """

    key: str
    title: str | StrPromise
    sentence: str | StrPromise
    icon: str
    url_name: str
    count: Callable[[Any], int] | None = None
    counted: str | StrPromise = ""


ACCOUNT_CARDS: Place[AccountCard] = Place("shell.account_cards")
