"""Who may open the pages that read many apps."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from deskhand.base.accounts.public import User

P = ParamSpec("P")


def for_colleagues(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for those who work here: strangers sign in first, customers are refused (403)."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not cast(User, request.user).is_internal:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def for_helpdesk(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for Helpdesk users: strangers sign in first, all others are refused (403)."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not cast(User, request.user).has_role("helpdesk"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
