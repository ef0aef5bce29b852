"""Each request gets an id, and leaves a line in the log and its time in the figures."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from time import perf_counter, time
from typing import Any

from django.http import HttpRequest, HttpResponse

from deskhand.kit import figures
from deskhand.kit.logs import log_context, route_of

logger = logging.getLogger("deskhand.requests")
#: What a proxy may call a request; anything else gets a name of ours.
_ID = re.compile(r"[\w-]{8,64}", re.ASCII)
_HEADER = "X-Request-ID"
_MISTAKE = 500
_BEGUN = "deskhand.begun_at"


def begun_at(request: HttpRequest) -> float:
    """When a request came in, in seconds of the clock: an answer to it may know nothing of what changed later."""
    return float(request.META.setdefault(_BEGUN, time()))


class RequestLogMiddleware:
    """The outermost: it sees every answer, and how long it took. No query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get(_HEADER, "")
        name = sent if _ID.fullmatch(sent) else secrets.token_hex(8)
        begun_at(request)
        counted_from = perf_counter()
        with log_context(request_id=name):
            response = self.get_response(request)
            seconds = perf_counter() - counted_from
            figures.count_request(request.method or "", route_of(request), response.status_code, seconds)
            _log(request, response, seconds)
        response[_HEADER] = name
        return response


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    level = logging.ERROR if response.status_code >= _MISTAKE else logging.INFO
    if logger.isEnabledFor(level):
        beside: dict[str, Any] = {
            "method": request.method,
            "route": route_of(request),
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
        }
        if user := _user_of(request):
            beside["user"] = user
        logger.log(level, "request", extra={"beside": beside})


def _user_of(request: HttpRequest) -> int | None:
    """The number of who asks, if somebody wanted to know already: nobody is looked up for a line in the log."""
    user = getattr(request, "_cached_user", None)
    return getattr(user, "pk", None)
