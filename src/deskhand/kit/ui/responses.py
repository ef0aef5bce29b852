"""Answers that the page's script understands: close the pop-up, say something, offer to undo it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django_htmx.http import trigger_client_event

Response = TypeVar("Response", bound=HttpResponseBase)


def close_popup(*, redirect: str = "", refresh: bool = False, events: dict[str, Any] | None = None) -> HttpResponse:
    """What a pop-up's form answers when it is done: nothing to show, close it.

    Then go to ``redirect``, or load the page anew with ``refresh``; ``events`` are dispatched on the page.
    """
    response = HttpResponse(status=204)
    trigger_client_event(response, "dh:close-popup", {})
    for name, detail in (events or {}).items():
        trigger_client_event(response, name, detail)
    if redirect:
        response["HX-Redirect"] = redirect
    elif refresh:
        response["HX-Refresh"] = "true"
    return response


def say_on_next_page(request: HttpRequest, text: str | Promise, *, undo: str = "") -> None:
    """Say what happened on the full page that is shown next; otherwise as :func:`toast`."""
    messages.success(request, str(text), extra_tags=undo)


def toast(response: Response, text: str | Promise, *, undo: str | None = None, tone: str = "") -> Response:
    """Say what happened, on an answer to htmx. ``undo``: an address that takes it back when it is posted to.

    ``tone`` ``bad``: it did not happen, and the sentence says why.
    """
    detail = {"text": str(text)} | ({"undo": undo} if undo else {}) | ({"tone": tone} if tone else {})
    trigger_client_event(response, "dh:toast", detail)
    return response
