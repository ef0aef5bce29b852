"""The search of the whole desk: everything that has the words and that the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deskhand.home.pages.access import for_colleagues
from deskhand.kit.keys import key_of
from deskhand.kit.search import MOST, SEARCHES, Found, Search, words_of

_FEW, _PAGE = 5, 20


@dataclass(frozen=True)
class Part:
    """What one app found. ``url`` shows more of it."""

    search: Search
    found: Found
    url: str

    @property
    def has_more(self) -> bool:
        return self.found.total > len(self.found.hits)


@dataclass(frozen=True)
class Pages:
    """Where a page of results stands among them; ``before`` and ``after`` are addresses, or empty."""

    first: int
    last: int
    before: str
    after: str


@require_safe
@for_colleagues
def search(request: HttpRequest) -> HttpResponse:
    """``?q=`` words, ``&in=`` one kind of record, ``&page=``. Without a kind, a few of each."""
    typed, kind = request.GET.get("q", "").strip()[:200], request.GET.get("in", "")
    searches = [one for one in SEARCHES if one.shown_to(request.user)]
    chosen = next((one for one in searches if one.key == kind), None)
    page = max(1, key_of(request.GET.get("page", "")) or 1)
    start, most = ((min(page, MOST // _PAGE) - 1) * _PAGE, _PAGE) if chosen else (0, _FEW)
    parts = [
        Part(one, one.find(request.user, typed, start, most), _address(typed, one))
        for one in ([chosen] if chosen else searches)
    ]
    context = {
        "typed": typed,
        "has_words": bool(words_of(typed)),
        "kinds": [(one.title, _address(typed, one), one is chosen) for one in searches],
        "all_url": _address(typed),
        "chosen": chosen,
        "parts": [part for part in parts if part.found.hits],
        "pages": _pages(typed, chosen, parts[0].found, start) if chosen else None,
        "most": MOST,
    }
    return render(request, "home/search.html", context)


def _address(typed: str, one: Search | None = None, page: int = 1) -> str:
    query = {"q": typed} | ({"in": one.key} if one else {}) | ({"page": page} if page > 1 else {})
    return f"{reverse('home:search')}?{urlencode(query)}"


def _pages(typed: str, one: Search, found: Found, start: int) -> Pages:
    page, last = start // _PAGE + 1, start + len(found.hits)
    return Pages(
        first=start + 1,
        last=last,
        before=_address(typed, one, page - 1) if page > 1 else "",
        after=_address(typed, one, page + 1) if last < found.total else "",
    )
