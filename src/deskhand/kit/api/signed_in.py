"""Calls of pages: whoever is signed in, from the same origin only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from deskhand.kit.api.callers import Caller, OnlyForColleagues
from deskhand.kit.api.limits import count_caller
from deskhand.kit.errors import DomainError

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class CsrfFailed(DomainError):
    code = "csrf_failed"
    message = _("This call did not come from a page of Deskhand. Programs send an API key instead of a cookie.")
    status = 403


class SessionCookie(APIKeyCookie):
    """The session of who is signed in. What changes something needs the CSRF token in the header ``X-CSRFToken``."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """:raises CsrfFailed: another site has sent it."""
        if not key or not request.user.is_authenticated:
            return None
        crosses = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
        if crosses or (request.method not in _SAFE and check_csrf(request)):
            raise CsrfFailed
        count_caller(request, f"user.{request.user.pk}")
        if not getattr(request.user, "is_internal", False):
            raise OnlyForColleagues
        return Caller(request.user, f"user.{request.user.pk}")
