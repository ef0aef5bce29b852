"""The customer's page of one ticket, opened by the personal link in a mail: no account needed (IN-6).

Whoever has the link sees what the customer may see and can answer in their name; a wrong, altered or expired link is a
plain 404. The pages are not indexed, and tell no other site where the reader came from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from deskhand.kit.clock import now
from deskhand.portal.pages.conversation import Doors, Visit, closing, conversation, file_of
from deskhand.support.tickets.public import TicketLink, link_of_token

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]


def _private(view: View[P]) -> View[P]:
    """Not found by search engines. Other sites never learn the address: the desk has a same-origin Referrer-Policy."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, token, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return cast("View[P]", guarded)


@never_cache
@require_http_methods(["GET", "POST"])
@_private
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """See the ticket, and answer."""
    return conversation(request, _visit(token))


@never_cache
@require_http_methods(["GET", "POST"])
@_private
def closure(request: HttpRequest, token: str) -> HttpResponse:
    """Close the ticket, after saying yes (CLOSE-3)."""
    return closing(request, _visit(token))


@require_GET
@_private
def attachment(request: HttpRequest, token: str, pk: UUID, name: str) -> HttpResponseBase:
    """A file of a message that the customer may read."""
    del request, name
    return file_of(_link(token).ticket, pk)


def _visit(token: str) -> Visit:
    link, page = _link(token), reverse("portal:ticket", args=[token])
    doors = Doors(page, closure=reverse("portal:closure", args=[token]), files=f"{page}files/")
    return Visit(link.ticket, link.contact, doors, counted_as=str(link.pk))


def _link(token: str) -> TicketLink:
    link = link_of_token(token, at=now())
    if link is None:
        raise Http404
    return link
