from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from deskhand.kit.clock import now
from deskhand.kit.languages import spoken

#: Where people sign in and out, and set up a second factor.
_SIGN_IN_PAGES = "/account/"
_SET_UP = "mfa_index"
_SEVERAL = 2


class UserZoneMiddleware:
    """Shows times in the user's zone: UTC inside, the user's zone outside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            timezone.activate(zoneinfo.ZoneInfo(request.user.time_zone))
        else:
            timezone.deactivate()
        return self.get_response(request)


class UserLanguageMiddleware:
    """Pages in the reader's language: what they chose in their account; of strangers what they chose at the foot of the
    page, or what their browser asks for, as far as there are translations. Costs nothing where there is one language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(settings.LANGUAGES) < _SEVERAL:
            return self.get_response(request)
        language = _language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        return response


def _language_of(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return spoken(request.user.language)
    return translation.get_language_from_request(request)


class SessionUseMiddleware:
    """Lets the session know that it is used, and leads who owes a second factor to where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.session.note_use(now())  # type: ignore[attr-defined]
            if request.user.owes_second_factor and not request.path.startswith(_SIGN_IN_PAGES):
                return _to_set_up(request)
        return self.get_response(request)


def _to_set_up(request: HttpRequest) -> HttpResponse:
    response = redirect(_SET_UP)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response
