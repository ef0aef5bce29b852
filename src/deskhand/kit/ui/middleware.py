"""Around every page: parts are not taken for it, and what it cannot do is said in a sentence, never by a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from deskhand.kit.errors import DomainError
from deskhand.kit.ui.responses import toast

logger = logging.getLogger(__name__)
AWAY = _("Deskhand cannot reach its data at the moment. Nothing was changed. Try again in a minute.")


class RequestTooLarge(DomainError):
    code = "too_large"
    status = 413

    def __init__(self) -> None:
        limit = settings.MAX_REQUEST_BYTES // 1_000_000
        super().__init__(
            _("This is more than %(limit)s MB, so it was not taken. Send less at once.") % {"limit": limit}
        )


class PartsMiddleware:
    """htmx gets a part of a page from the address of the page. A browser that goes back shows what it got last from an
    address, as old as it may be; it is told that this is not what it asks for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("HX-Request", "HX-Target"))
        return response


class RefusalMiddleware:
    """Turns a refusal that no page caught into a sentence: on a page, or as a toast when htmx asked. Refuses too much
    before anybody reads it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """:raises BadRequest: a character that no text has, and no database takes."""
        texts = (text for sent in (request.GET, request.POST) for _, texts in sent.lists() for text in texts)
        if any("\0" in text for text in texts):
            raise BadRequest("A text that was sent has a NUL character.")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _size(request) > settings.MAX_REQUEST_BYTES:
            return _refusal(request, RequestTooLarge())
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return _refusal(request, exception)
        if isinstance(exception, (OperationalError, InterfaceError)):
            return database_away(request, exception)
        if isinstance(exception, OverflowError):  # a number that the database cannot even look for
            raise BadRequest("A number that was sent is too large.") from exception
        return None


def database_away(request: HttpRequest, error: Exception) -> HttpResponse:
    """503, drawn without a query."""
    logger.error("The database does not answer: %s", error)
    if _asked_by_htmx(request):
        return toast(HttpResponse(status=503), AWAY, tone="bad")
    response = render(None, "503.html", status=503)  # no request: no session, no user
    response["Retry-After"] = "60"
    return response


def _refusal(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    if _asked_by_htmx(request):
        return toast(HttpResponse(status=refusal.status), str(refusal), tone="bad")
    context = {"sentence": str(refusal), "back": _page_before(request)}
    return render(request, "shell/refusal.html", context, status=refusal.status)


def _size(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isdecimal() else 0


def _page_before(request: HttpRequest) -> str:
    page = request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else "/"


def _asked_by_htmx(request: HttpRequest) -> bool:
    """By its header: what fails on the way to the page fails before anything is known of the request."""
    return request.headers.get("HX-Request") == "true"
