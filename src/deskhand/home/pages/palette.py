"""The command palette (Ctrl+K): pages, things to begin, and records, as one types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from deskhand.home.pages.access import for_colleagues
from deskhand.kit.addresses import page_address
from deskhand.kit.search import ACTIONS, SEARCHES, words_of
from deskhand.kit.shell import APPS

#: Records of each kind that are offered; the page of the search shows the others.
_MOST_RECORDS = 5
_MOST_PAGES = 8
#: One letter says too little about a record.
_SHORTEST = 2


@dataclass(frozen=True)
class Option:
    """A line of the palette that leads somewhere."""

    icon: str
    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    options: list[Option] = field(default_factory=list)


@require_safe
@for_colleagues
def palette(request: HttpRequest) -> HttpResponse:
    """What fits ``?q=``, as options to choose from. Costs what the searches of the apps cost; nothing for no words."""
    typed = request.GET.get("q", "").strip()[:200]
    sections = [
        Section(_("Go to"), _matching(_pages(request), typed)[:_MOST_PAGES]),
        Section(_("Do"), _matching(_actions(request), typed)),
        *(_records(request, typed) if len(typed) >= _SHORTEST else []),
    ]
    context = {
        "sections": [section for section in sections if section.options],
        "typed": typed,
        "everything": f"{reverse('home:search')}?{urlencode({'q': typed})}" if words_of(typed) else "",
    }
    return render(request, "home/palette.html", context)


def _pages(request: HttpRequest) -> Iterator[Option]:
    """The pages in the menus of the apps that the person may open."""
    for app in APPS:
        if not app.shown_to(request.user):
            continue
        if app.in_switcher:
            yield Option(app.icon, str(app.title), page_address(app.url_name))
        for entry in app.menu:
            is_the_app = app.in_switcher and (entry.url_name, entry.query) == (app.url_name, "")
            if entry.shown_to(request.user) and not is_the_app:
                url = page_address(entry.url_name) + (f"?{entry.query}" if entry.query else "")
                yield Option(app.icon, str(entry.title), url, str(app.title))


def _actions(request: HttpRequest) -> Iterator[Option]:
    for action in ACTIONS:
        if action.shown_to(request.user):
            url = page_address(action.url_name) + (f"?{action.query}" if action.query else "")
            yield Option(action.icon, str(action.title), url)


def _matching(options: Iterator[Option], typed: str) -> list[Option]:
    """Those in whose words all typed ones stand; begun like the title first."""
    words = typed.casefold().split()
    fitting = [one for one in options if all(word in f"{one.title} {one.detail}".casefold() for word in words)]
    return sorted(fitting, key=lambda one: not one.title.casefold().startswith(typed.casefold()))


def _records(request: HttpRequest, typed: str) -> Iterator[Section]:
    for search in SEARCHES:
        if search.shown_to(request.user):
            found = search.find(request.user, typed, 0, _MOST_RECORDS)
            options = [Option(search.icon, hit.title, hit.url, hit.detail) for hit in found.hits]
            yield Section(str(search.title), options)
