"""The customer's page of one ticket, opened by the personal link in a mail: no account needed (IN-6).

Whoever has the link sees what the customer may see and can answer in their name; a wrong, altered or expired link is a
plain 404. The pages are not indexed, and tell no other site where the reader came from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deskhand.base.accounts.public import SignUp, ask_to_sign_up, sign_up_of
from deskhand.kit.clock import now
from deskhand.kit.limits import within_limit
from deskhand.portal.pages.conversation import Doors, Visit, closing, conversation, file_of
from deskhand.support.teams.public import Visibility
from deskhand.support.tickets.public import Ticket, TicketLink, link_of_token, make_link_token

#: Of all links of one contact together.
ACCOUNT_MAILS_PER_HOUR = 3

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
    return conversation(request, _visit(request, token))


@never_cache
@require_http_methods(["GET", "POST"])
@_private
def closure(request: HttpRequest, token: str) -> HttpResponse:
    """Close the ticket, after saying yes (CLOSE-3)."""
    return closing(request, _visit(request, token))


@never_cache
@require_POST
@_private
def account(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the contact of the link a link to an account of their own; who has one is told so by that mail.

    :raises Http404: it is not offered.
    """
    link = _link(token)
    if not _offers_account(request, link):
        raise Http404
    if within_limit(f"sign-up:{link.contact.email}", times=ACCOUNT_MAILS_PER_HOUR, seconds=3600):
        ask_to_sign_up(link.contact.email, company=link.ticket.company, contact=link.contact)
    return redirect("account_sign_up_sent")


@require_GET
@_private
def attachment(request: HttpRequest, token: str, pk: UUID, name: str) -> HttpResponseBase:
    """A file of a message that the customer may read."""
    del request, name
    return file_of(_link(token).ticket, pk)


def _visit(request: HttpRequest, token: str) -> Visit:
    link, page = _link(token), reverse("portal:ticket", args=[token])
    doors = Doors(page, closure=reverse("portal:closure", args=[token]), files=f"{page}files/", token=token)
    more = {"account_url": reverse("portal:account", args=[token])} if _offers_account(request, link) else {}
    return Visit(link.ticket, link.contact, doors, str(link.pk), partial(_page_of, link.contact_id), more=more)


def _page_of(contact_id: int, ticket: Ticket) -> str:
    """By a personal link of its own."""
    return reverse("portal:ticket", args=[make_link_token(ticket.pk, contact_id, at=now())])


def _offers_account(request: HttpRequest, link: TicketLink) -> bool:
    """Whether an account would show the ticket, and the company lets its customers make one. Whether there is one
    already is not said. One query."""
    is_public = link.ticket.team.visibility == Visibility.PUBLIC
    is_stranger = not request.user.is_authenticated and bool(link.contact.email)
    return is_public and is_stranger and sign_up_of(link.ticket.company) != SignUp.INVITED


def _link(token: str) -> TicketLink:
    link = link_of_token(token, at=now())
    if link is None:
        raise Http404
    return link
