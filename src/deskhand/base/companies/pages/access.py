"""Who comes in by the doors of the settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from deskhand.base.companies.policies import can_configure

if TYPE_CHECKING:
    from deskhand.base.accounts.public import User

P = ParamSpec("P")
Door = Callable[Concatenate[HttpRequest, P], HttpResponse]


def settings_page(view: Door[P]) -> Door[P]:
    """A page for administrators of the settings: strangers sign in first, all others are refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not can_configure(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("Door[P]", login_required(cast(Any, guarded)))


def administrator(request: HttpRequest) -> User:
    """Who asks; the page is behind a sign-in."""
    return cast("User", request.user)
