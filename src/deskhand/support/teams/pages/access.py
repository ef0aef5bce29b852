"""Who comes in by the doors of the configuration."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404

from deskhand.base.accounts.public import User
from deskhand.kit.keys import key_of
from deskhand.support.teams.models import Stage, Team
from deskhand.support.teams.policies import can_configure

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def opens_configuration(user: Any) -> bool:
    """Administrators configure, other Helpdesk users may not (403); for all others there is no such page.

    :raises Http404: the user has no part in the Helpdesk.
    """
    if not user.has_role("helpdesk"):
        raise Http404
    return can_configure(user)


def configuration_page(view: View[P]) -> View[P]:
    """A page of the configuration: strangers sign in first, then see :func:`opens_configuration`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not opens_configuration(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("View[P]", login_required(cast(Any, guarded)))


def helpdesk_page(view: View[P]) -> View[P]:
    """A page for every Helpdesk user; for all others there is none."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        opens_configuration(request.user)
        return view(request, *args, **kwargs)

    return cast("View[P]", login_required(cast(Any, guarded)))


def person(request: HttpRequest) -> User:
    """Who asks; the page is behind a sign-in."""
    return cast(User, request.user)


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, also if it is nothing; None: the form is only asked for."""
    return request.POST if request.method == "POST" else None


def visible_team(request: HttpRequest, pk: int) -> Team:
    """The team with its company, or 404. One query."""
    return get_object_or_404(Team.objects.visible_to(request.user).select_related("company"), pk=pk)


def visible_stage(request: HttpRequest, pk: int) -> Stage:
    """The stage with its company and template, or 404. One query."""
    stages = Stage.objects.visible_to(request.user).active().select_related("company", "mail_template")
    return get_object_or_404(stages, pk=pk)


def team_asked_for(request: HttpRequest) -> Team | None:
    """The team of ``?team=``: from whose board something is asked. 404 if the user does not see it."""
    asked = request.GET.get("team", "")
    return visible_team(request, key_of(asked) or 0) if asked else None
