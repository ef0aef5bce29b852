"""The doors that every screen has: suggestions while one types, favourites, custom filters, columns, Kanban.

They answer the page that is open, whose state is in its address (``HX-Current-URL``), for whoever may open the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deskhand.kit.errors import DomainError
from deskhand.kit.keys import key_of
from deskhand.kit.screens import registry, suggesting
from deskhand.kit.screens.access import require
from deskhand.kit.screens.conditions import MOST_CONDITIONS
from deskhand.kit.screens.custom import ConditionForm, CustomFilterForm
from deskhand.kit.screens.favorites import NewFavorite, choose_columns, delete_favorite, favorites_of, save_favorite
from deskhand.kit.screens.fields import EMPTY
from deskhand.kit.screens.models import Favorite
from deskhand.kit.screens.moving import move_card
from deskhand.kit.screens.screen import ListScreen
from deskhand.kit.screens.state import KANBAN, ListState
from deskhand.kit.ui.responses import close_popup, toast

P = ParamSpec("P")
Screen = ListScreen[Any]


def screen_door(view: Callable[Concatenate[HttpRequest, Screen, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of any screen: strangers sign in first (302); 404 where there is none; 403 for whom it is not."""

    @wraps(view)
    def guarded(request: HttpRequest, screen: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = registry.screen_of(screen)
        if found is None:
            raise Http404
        if not found.may_open(request.user):
            raise PermissionDenied
        return view(request, found, *args, **kwargs)

    return login_required(guarded)


# ---- the open page --------------------------------------------------------------------------------------------------


def page_of(request: HttpRequest, screen: Screen) -> tuple[str, QueryDict]:
    """Path and parameters of the page that asks; the list itself, where none is said."""
    path = getattr(request, "htmx", None) and request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    parts = urlsplit(path if path and not path.startswith("//") else reverse(screen.list_url))
    return parts.path, QueryDict(parts.query)


def state_of_page(request: HttpRequest, screen: Screen) -> ListState:
    _path, query = page_of(request, screen)
    return screen.state_of(request, query)


# ---- searching ------------------------------------------------------------------------------------------------------


@require_GET
@screen_door
def suggestions(request: HttpRequest, screen: Screen) -> HttpResponse:
    """What could be meant by what is typed (``q``). One query for each link of the screen."""
    path, query = page_of(request, screen)
    state = screen.state_of(request, query)
    found = suggesting.suggestions(
        screen, request, state, typed=request.GET.get("q", ""), url_of=lambda state: f"{path}?{state.query}"
    )
    return render(request, "screens/suggestions.html", {"suggestions": found})


@require_http_methods(["GET", "HEAD", "POST"])
@screen_door
def custom_filter(request: HttpRequest, screen: Screen) -> HttpResponse:
    """The pop-up for a custom filter; posted, the page is searched by it."""
    offer = _offer(request, screen)
    if request.method != "POST":
        form = CustomFilterForm.empty(screen.known_fields, offer)
        return render(request, "screens/custom_filter.html", _custom_context(request, screen, form))
    form = CustomFilterForm(request.POST, screen.known_fields, offer)
    custom = form.custom_filter()
    if custom is None:
        return render(request, "screens/custom_filter.html", _custom_context(request, screen, form), status=422)
    path, query = page_of(request, screen)
    return close_popup(redirect=f"{path}?{screen.state_of(request, query).with_custom(custom).query}")


@require_GET
@screen_door
def condition(request: HttpRequest, screen: Screen) -> HttpResponse:
    """One line of a custom filter, for the field that was chosen."""
    form = ConditionForm.of(request.GET, screen.known_fields, _offer(request, screen))
    return render(request, "screens/condition.html", {"condition": form, "doors": registry.doors_of(screen)})


def _offer(request: HttpRequest, screen: Screen) -> Callable[[Any, int], list[tuple[str, str]]]:
    return lambda field, most: field.offered(screen.rows(request), request.user, most=most)


def _custom_context(request: HttpRequest, screen: Screen, form: CustomFilterForm) -> dict[str, Any]:
    del request
    return {"form": form, "doors": registry.doors_of(screen), "most": MOST_CONDITIONS}


# ---- favourites and columns -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@screen_door
def favorites(request: HttpRequest, screen: Screen) -> HttpResponse:
    """The favourites of the menu; posted, the page's search is kept as one."""
    if request.method != "POST":
        return _favorites(request, screen)
    state = state_of_page(request, screen)
    kept = state if state.columns else state.showing(_own_columns(request, screen, state))
    new = NewFavorite(
        screen=screen.list_url,
        name=request.POST.get("name", "").replace("\0", ""),
        query=kept.favorite_query,
        is_shared="is_shared" in request.POST,
        is_default="is_default" in request.POST,
    )
    try:
        save_favorite(new, by=request.user)
    except DomainError as refusal:
        return _favorites(request, screen, refusal=str(refusal), typed=new.name, status=422)
    return toast(_favorites(request, screen), _("The search is kept as “%(name)s”.") % {"name": new.name.strip()})


@require_http_methods(["DELETE", "POST"])
@screen_door
def favorite(request: HttpRequest, screen: Screen, pk: int) -> HttpResponse:
    """Remove a favourite: one's own, or as an administrator a shared one."""
    found = get_object_or_404(Favorite.objects.visible_to(request.user).of(screen.list_url), pk=pk)
    delete_favorite(found, by=request.user, may_tidy=screen.may_tidy(request.user))
    return toast(_favorites(request, screen), _("The favorite “%(name)s” is removed.") % {"name": found.name})


def _favorites(
    request: HttpRequest, screen: Screen, *, refusal: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    path, _query = page_of(request, screen)
    state, may_tidy = state_of_page(request, screen), screen.may_tidy(request.user)
    context = {
        "doors": registry.doors_of(screen),
        "path": path,
        "current": state.favorite_query,
        "refusal": refusal,
        "typed": typed,
        "favorites": [
            (found, may_tidy or found.owner_id == request.user.pk, found.query == state.favorite_query)
            for found in favorites_of(screen.list_url, request.user)
        ],
    }
    return render(request, "screens/favorites.html", context, status=status)


def _own_columns(request: HttpRequest, screen: Screen, state: ListState) -> list[str]:
    """The columns that the person chose; none where they are the screen's."""
    shown = [column.key for column in screen.shown_columns(request, state)]
    plain = [column.key for column in screen.columns_for(request) if column.is_shown]
    return [] if shown == plain else shown


@require_POST
@screen_door
def columns(request: HttpRequest, screen: Screen) -> HttpResponse:
    """Which columns the person wants to see (``column=``, several); none: those of the screen."""
    known = [column for column in screen.columns_for(request) if screen.may_hide(column)]
    asked = set(request.POST.getlist("column"))
    if "reset" in request.POST:
        choose_columns(screen.list_url, [], by=request.user)
    else:
        kept = [column.key for column in screen.columns_for(request) if column.key in asked or column not in known]
        choose_columns(screen.list_url, kept, by=request.user)
    path, query = page_of(request, screen)
    state = screen.state_of(request, query).showing([])
    return close_popup(redirect=f"{path}?{state.query}")


# ---- Kanban ---------------------------------------------------------------------------------------------------------


@require_POST
@screen_door
def cards(request: HttpRequest, screen: Screen) -> HttpResponse:
    """A card was dropped into a column (``card``, ``stage``: the column's value)."""
    state = _kanban_state(request, screen)
    record = get_object_or_404(screen.rows(request), pk=key_of(request.POST.get("card", "")) or 0)
    require(screen.may_change(request.user, record))
    try:
        said = move_card(screen, request, state, record, request.POST.get("stage", ""))
    except DomainError as refusal:
        return toast(screen.kanban_response(request, state), str(refusal), tone="bad")
    answer = screen.kanban_response(request, state)
    return toast(answer, said) if said else answer


@require_http_methods(["GET", "HEAD", "POST"])
@screen_door
def new_card(request: HttpRequest, screen: Screen) -> HttpResponse:
    """Quick create in a column: one word is typed. What the form wants besides is asked on its page."""
    maker: Any = screen
    require(screen.may_create(request.user) and screen.may_make_quickly(request.user))
    group = screen.groups_by_key.get(request.GET.get("group", ""))
    if group is None:
        raise Http404
    value = request.GET.get("value", "")
    given = {} if value == EMPTY else {screen.known_fields[group.key].path: value}
    state = _kanban_state(request, screen)
    context = {"address": request.get_full_path(), "label": maker.quick_label}
    if request.method != "POST":
        return render(request, "screens/new_card.html", context)
    typed = request.POST.get("quick", "").replace("\0", "").strip()
    refusal = "" if "edit" in request.POST else maker.make_quickly(request, typed, given)
    if refusal is None:
        return screen.kanban_response(request, state)
    if not refusal:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = f"{reverse(screen.new_url)}?{urlencode({**given, maker.sheet.title: typed})}"
        return answer
    answer = render(request, "screens/new_card.html", context | {"refusal": refusal, "typed": typed}, status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = "this", "outerHTML"
    return answer


def _kanban_state(request: HttpRequest, screen: Screen) -> ListState:
    if not screen.groups:
        raise Http404
    return state_of_page(request, screen).seen_as(KANBAN)
