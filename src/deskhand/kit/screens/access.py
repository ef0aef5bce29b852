"""Who comes in by a screen's doors."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)


def door(view: Callable[Concatenate[Any, HttpRequest, P], Answer]) -> Callable[..., Answer]:
    """A view of a screen: strangers sign in first; whom the screen is not for is refused (403)."""

    @wraps(view)
    def guarded(self: Any, request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> Answer:
        @login_required
        def signed_in(request: HttpRequest) -> Answer:
            if not self.may_open(request.user):
                raise PermissionDenied
            return view(self, request, *args, **kwargs)

        return signed_in(request)

    return guarded


def require(allowed: bool) -> None:  # noqa: FBT001
    """:raises PermissionDenied: the person may see it, but not do this."""
    if not allowed:
        raise PermissionDenied
