"""The bar on top of every agent page, drawn once for a person and a place in the menu."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from deskhand.kit.shell import TOOLS, App, Tool
from deskhand.kit.ui.context import MenuGroup, Shell, current_app, menu_of
from deskhand.kit.ui.languages import language
from deskhand.kit.ui.parts import initials

#: Stands for the token of the form while the bar is kept. No name has it: it would have been escaped.
_TOKEN = SafeString("<token>")


@dataclass(frozen=True)
class CompanyChoice:
    """A company the person may work in: the present one, or one whose records are shown besides, or not."""

    pk: int
    name: str
    is_present: bool
    is_shown: bool


@dataclass(frozen=True)
class TopBar:
    """All that the bar shows, but the counts of its tools, which the page asks for."""

    pk: int
    name: str
    email: str
    company: str
    companies: tuple[CompanyChoice, ...]
    theme: str
    apps: tuple[App, ...]
    app: App | None
    menu: tuple[MenuGroup, ...]
    tools: tuple[Tool, ...]

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def further(self) -> int:
        """How many companies are shown besides the present one."""
        return sum(one.is_shown and not one.is_present for one in self.companies)


def drawn_top_bar(request: HttpRequest, shell: Shell, *, app_key: str, csrf_token: str) -> SafeString:
    """The bar of the person who asks, on a page of the app ``app_key``; empty: of the app that the page belongs to."""
    user: Any = request.user
    app = current_app(request, shell.apps, app_key)
    shown = TopBar(
        pk=user.pk,
        name=user.name,
        email=user.email,
        company=user.company.name if user.company else "",
        companies=_companies_of(user),
        theme=shell.theme,
        apps=tuple(app for app in shell.apps if app.in_switcher),
        app=app,
        menu=tuple(menu_of(request, app)) if app else (),
        tools=tuple(TOOLS) if user.is_internal else (),
    )
    return SafeString(_drawn(shown, settings.ROOT_URLCONF, language()).replace(_TOKEN, escape(csrf_token)))


def _companies_of(user: Any) -> tuple[CompanyChoice, ...]:
    """None where there is nothing to choose."""
    if len(user.works_in) <= 1:
        return ()
    shown = set(user.company_ids)
    return tuple(CompanyChoice(pk, name, pk == user.company_id, pk in shown) for pk, name in user.works_in.items())


@lru_cache(maxsize=256)
def _drawn(bar: TopBar, _urlconf: str, _language: str) -> str:
    return render_to_string("shell/top_bar.html", {"bar": bar, "csrf_token": _TOKEN})
