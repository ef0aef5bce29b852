"""Every answer below ``/api/v1/`` is one that a program can read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PREFIX = "/api/v1/"
_REFUSED = 400
_KEPT = ("Allow", "Retry-After", "Content-Range")


class ApiMiddleware:
    """Turns pages of refusal (unknown address, database away, mistake) into problems; says what is left of a limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(PREFIX):
            return response
        # Here: who never calls the API need not load its libraries.
        from deskhand.kit.api.limits import say_allowance
        from deskhand.kit.api.problems import of_status

        if response.status_code >= _REFUSED and not response.get("Content-Type", "").startswith("application/"):
            kept = {name: response[name] for name in _KEPT if name in response}
            response = of_status(response.status_code)
            for name, value in kept.items():
                response[name] = value
        say_allowance(request, response)
        return response
