"""Who comes in by the agents' doors, and to what."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from deskhand.base.accounts.public import User
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
    return get_object_or_404(Ticket.objects.visible_to(request.user).for_page(), pk=pk)


def workable_ticket(request: HttpRequest, pk: int) -> Ticket:
    """The ticket, if the user may work on it: 404 if they do not see it, 403 if they may not. One query."""
    tickets = Ticket.objects.visible_to(request.user).select_related("team", "stage", "company")
    ticket = get_object_or_404(tickets, pk=pk)
    if not can_work_on(request.user, ticket):
        raise PermissionDenied
    return ticket
