"""How many calls somebody may make in a minute."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from deskhand.kit.errors import DomainError

WINDOW_SECONDS = 60


class TooManyCalls(DomainError):
    code = "too_many_calls"
    message = _("Too many calls in a minute. Wait as long as the header Retry-After says, then go on.")
    status = 429

    def __init__(self, wait: int) -> None:
        self.headers = {"Retry-After": str(wait)}
        super().__init__()


@dataclass(frozen=True)
class Allowance:
    """What is left of the calls of the present minute; ``resets_in`` seconds it begins anew."""

    limit: int
    used: int
    resets_in: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "RateLimit-Reset": str(self.resets_in),
            "RateLimit-Policy": f"{self.limit};w={WINDOW_SECONDS}",
        }


def count_call(request: HttpRequest, name: str, *, limit: int) -> None:
    """Count one more call of somebody.

    :raises TooManyCalls: the minute is used up.
    """
    second = time.time()
    window = f"api:{name}:{int(second // WINDOW_SECONDS)}"
    wait = WINDOW_SECONDS - int(second % WINDOW_SECONDS)
    cache.add(window, 0, timeout=WINDOW_SECONDS)
    try:
        used = cache.incr(window)
    except ValueError:  # the minute ended between the two calls
        used = 1
    allowance = Allowance(limit, used, wait)
    request.api_allowance = allowance  # type: ignore[attr-defined]
    if used > allowance.limit:
        raise TooManyCalls(wait)


def count_caller(request: HttpRequest, name: str) -> None:
    """Count a call of somebody we know.

    :raises TooManyCalls: the minute is used up.
    """
    count_call(request, name, limit=settings.API_CALLS_PER_MINUTE)


def count_stranger(request: HttpRequest) -> None:
    """Count a call with a key that is none, by its address.

    :raises TooManyCalls: the minute is used up.
    """
    count_call(request, f"address.{request.META.get('REMOTE_ADDR', '')}", limit=settings.API_STRANGERS_PER_MINUTE)


def say_allowance(request: HttpRequest, response: HttpResponseBase) -> None:
    """Put what is left into the headers of an answer."""
    allowance: Any = getattr(request, "api_allowance", None)
    for name, value in allowance.headers.items() if allowance else ():
        response[name] = value
