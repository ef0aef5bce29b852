"""The door of mass actions: what is to be done with which records, what has to be typed first, then doing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from deskhand.kit.errors import DomainError
from deskhand.kit.screens.access import door, require
from deskhand.kit.screens.actions import MassAction
from deskhand.kit.screens.selection import ALL, PK, is_everything, meant_rows, ticked

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen
    from deskhand.kit.screens.shapes import Listing
    from deskhand.kit.screens.state import ListState

#: Posted by the pop-up that asks what has to be typed first.
GO = "go"
_NOT_TYPED = {"csrfmiddlewaretoken", "action", GO, PK, ALL}


@dataclass(frozen=True)
class MassMenu:
    """The bar above a list whose records are ticked."""

    url: str
    actions: Sequence[MassAction]
    #: All records of the list; None: more than are counted for a page of groups.
    total: int | None
    is_more_than_shown: bool


def mass_menu(screen: ListScreen[Any], request: HttpRequest, state: ListState, listing: Listing) -> MassMenu:
    """What the person may do with records of the list as it stands."""
    url = f"{reverse(f'{screen.list_url}-mass')}?{state.at_page(1).query}"
    among_archived = screen.ARCHIVED in state.filters
    offered = [
        action for action in screen.mass_actions() if action.is_offered(request.user, among_archived=among_archived)
    ]
    total = _total(listing)
    shown = len(listing.rows) + sum(len(section.rows) for section in listing.sections)
    return MassMenu(
        url, sorted(offered, key=lambda action: action.is_destructive), total, total is None or total > shown
    )


def _total(listing: Listing) -> int | None:
    pager = listing.pager
    if not listing.sections:
        return pager.total
    are_all_groups_here = not pager.previous_url and not pager.next_url
    return sum(section.count for section in listing.sections) if are_all_groups_here else None


@door
def mass(screen: ListScreen[Any], request: HttpRequest) -> HttpResponse:
    """Do what ``action`` names with the ticked records, or, with ``all``, with all that the address describes.

    What one may not do is 403. A few records are done at once, for many the worker goes on.
    """
    from deskhand.kit.screens.runs.answers import answer, refused

    action = next((known for known in screen.mass_actions() if known.key == request.POST.get("action")), None)
    if action is None:
        raise Http404
    require(action.shown_to(request.user))
    try:
        keys = _keys(screen, request)
        if action.form:
            form = action.form(request.user, request.POST if GO in request.POST else None)
            if not form.is_bound or not form.is_valid():
                return _asking(request, action, keys, form)
        return answer(request, _started(screen, request, action, keys))
    except DomainError as refusal:
        return refused(request, refusal, screen)


def _started(screen: ListScreen[Any], request: HttpRequest, action: MassAction, keys: Sequence[int]) -> Any:
    from deskhand.kit.screens.runs.running import start_run

    typed = request.POST.copy()
    for name in _NOT_TYPED:
        typed.pop(name, None)
    return start_run(screen, action, by=request.user, keys=keys, values=typed.urlencode())


def _keys(screen: ListScreen[Any], request: HttpRequest) -> list[int]:
    from deskhand.kit.screens.runs.running import MOST, NothingChosen

    if not is_everything(request) and not ticked(request):
        raise NothingChosen
    return list(meant_rows(screen, request).values_list("pk", flat=True)[: MOST + 1])


def _asking(request: HttpRequest, action: MassAction, keys: Sequence[int], form: Any) -> HttpResponse:
    context = {
        "action": action,
        "label": str(action.label).rstrip("…."),
        "count": len(keys),
        "keys": [] if is_everything(request) else ticked(request),
        "form": form,
    }
    return render(request, "screens/mass_form.html", context, status=422 if form.is_bound else 200)
