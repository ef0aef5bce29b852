"""The customer's page of one ticket, opened by the personal link in a mail: no account needed (IN-6).

Whoever has the link sees what the customer may see and can answer in their name; a wrong, altered or expired link is a
plain 404. The pages are not indexed, and tell no other site where the reader came from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from deskhand.base.chatter.public import Message, NoteForm, Via, public_feed_of
from deskhand.base.files.public import Attachment, attachment_response
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.limits import within_limit
from deskhand.support.closing.public import close_by_customer, may_close
from deskhand.support.tickets.public import TicketLink, link_of_token, reply_to_ticket

#: Answers per link; a person does not write faster.
ANSWERS_PER_MINUTE = 6

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
    link = _link(token)
    form = NoteForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not within_limit(f"answer:{link.pk}", times=ANSWERS_PER_MINUTE, seconds=60):
            form.add_error(None, _("That was a lot at once. Wait a minute, then send your answer again."))
        elif form.is_valid() and _answered(link, form):
            return redirect(f"{reverse('portal:ticket', args=[token])}?sent#conversation")
    return render(
        request, "portal/ticket.html", _context(request, token, link, form), status=422 if form.errors else 200
    )


@never_cache
@require_http_methods(["GET", "POST"])
@_private
def closure(request: HttpRequest, token: str) -> HttpResponse:
    """Close the ticket, after saying yes (CLOSE-3)."""
    link = _link(token)
    if not may_close(link.ticket):
        raise Http404
    context = _context(request, token, link, NoteForm())
    if request.method == "POST":
        try:
            close_by_customer(link.ticket_id, link.contact, at=now())
        except DomainError as refusal:
            return render(request, "portal/closure.html", context | {"refusal": refusal}, status=refusal.status)
        return redirect(f"{reverse('portal:ticket', args=[token])}?closed")
    return render(request, "portal/closure.html", context)


@require_GET
@_private
def attachment(request: HttpRequest, token: str, pk: UUID, name: str) -> HttpResponseBase:
    """A file of a message that the customer may read."""
    del request, name
    readable = Message.objects.of(_link(token).ticket).public()
    return attachment_response(get_object_or_404(Attachment.objects.filter(messages__in=readable).distinct(), pk=pk))


def _answered(link: TicketLink, form: NoteForm) -> bool:
    """Whether the answer was taken; what was refused stands above what was typed."""
    try:
        draft = form.draft(author=link.contact, from_internal=False, via=Via.LINK)
        reply_to_ticket(link.ticket_id, draft, at=now())
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _link(token: str) -> TicketLink:
    link = link_of_token(token, at=now())
    if link is None:
        raise Http404
    return link


def _context(request: HttpRequest, token: str, link: TicketLink, form: NoteForm) -> dict[str, Any]:
    return {
        "token": token,
        "ticket": link.ticket,
        "reader": link.contact,
        "company": link.ticket.company,
        "entries": public_feed_of(link.ticket),
        "form": form,
        "files_url": reverse("portal:ticket", args=[token]) + "files/",
        "may_close": may_close(link.ticket),
        "sent": "sent" in request.GET and not form.errors,
        "closed": "closed" in request.GET and not form.errors,
    }
