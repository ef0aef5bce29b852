"""Who comes in by the doors that are no record screens."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from deskhand.base.accounts.public import User
from deskhand.base.workforce.policies import can_administer, can_see_colleagues

P = ParamSpec("P")
Door = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def colleagues_page(view: Door[P]) -> Door[P]:
    """For everybody who works here."""
    return _guarded(view, can_see_colleagues)


def administrators_page(view: Door[P]) -> Door[P]:
    """For those who keep employees and calendars."""
    return _guarded(view, can_administer)


def person(request: HttpRequest) -> User:
    """Who asks; the page is behind a sign-in."""
    return cast(User, request.user)


def _guarded(view: Door[P], may: Callable[[Any], bool]) -> Door[P]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("Door[P]", login_required(cast("Callable[..., HttpResponse]", guarded)))
