"""Who comes in by the agents' doors, and to what."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from deskhand.base.accounts.public import User, Viewer
from deskhand.kit.prepared import prepared
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.policies import can_work_on

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def helpdesk_page(view: View[P]) -> View[P]:
    """A page for Helpdesk users: strangers sign in first, all others are refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not agent(request).has_role("helpdesk"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("View[P]", login_required(cast(Any, guarded)))


def agent(request: HttpRequest) -> User:
    """Who asks; the page is behind a sign-in."""
    return cast(User, request.user)


def visible_ticket(request: HttpRequest, pk: int) -> Ticket:
    """The ticket with all that its page shows, or 404. Two queries."""
    return _only(_with_all_of_its_page(agent(request).viewer, pk))


def workable_ticket(request: HttpRequest, pk: int) -> Ticket:
    """The ticket, if the user may work on it: 404 if they do not see it, 403 if they may not. One query."""
    ticket = _only(_with_its_place(agent(request).viewer, pk))
    if not can_work_on(request.user, ticket):
        raise PermissionDenied
    return ticket


@prepared
def _with_all_of_its_page(viewer: Viewer, pk: int) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(viewer).for_page().filter(pk=pk)


@prepared
def _with_its_place(viewer: Viewer, pk: int) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(viewer).select_related("team", "stage", "company").filter(pk=pk)


def _only(found: list[Ticket]) -> Ticket:
    if not found:
        raise Http404
    return found[0]
