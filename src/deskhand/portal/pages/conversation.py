"""A ticket as its customer sees it: the same page behind a personal link and in *My Account*.

The callers have found the ticket for the reader; from here on there is one way of doing things.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from deskhand.base.chatter.public import Message, NoteForm, Via, public_feed_of
from deskhand.base.contacts.public import Contact
from deskhand.base.files.public import Attachment, attachment_response
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.limits import within_limit
from deskhand.portal.queries import letters_of
from deskhand.support.closing.public import close_by_customer, may_close
from deskhand.support.tickets.public import Ticket, answer_as_customer, begins_anew

#: Answers per reader; a person does not write faster.
ANSWERS_PER_MINUTE = 6


@dataclass(frozen=True)
class Doors:
    """Where the reader finds the ticket, its closure, and (the start of the address of) its files. ``token``: of the
    personal link by which they came."""

    page: str
    closure: str
    files: str
    token: str = ""


@dataclass(frozen=True)
class Visit:
    """Somebody who may see a ticket looks at it. ``counted_as``: whose answers are counted together.

    ``page_of`` is where they find another ticket of theirs. ``more`` is what their page shows besides. ``own``: the
    contacts that they are.
    """

    ticket: Ticket
    reader: Contact
    doors: Doors
    counted_as: str
    page_of: Callable[[Ticket], str]
    more: Mapping[str, Any] = field(default_factory=dict)
    own: Collection[int] = ()


def conversation(request: HttpRequest, visit: Visit) -> HttpResponse:
    """See the ticket, and answer."""
    form = NoteForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not within_limit(f"answer:{visit.counted_as}", times=ANSWERS_PER_MINUTE, seconds=60):
            form.add_error(None, _("That was a lot at once. Wait a minute, then send your answer again."))
        elif form.is_valid() and (answered := _answered(visit, form)):
            return redirect(_page_after(visit, answered))
    context = _context(request, visit, form)
    return render(request, "portal/ticket.html", context, status=422 if form.errors else 200)


def closing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Close the ticket, after saying yes (CLOSE-3).

    :raises Http404: the team does not let customers close.
    """
    if not may_close(visit.ticket):
        raise Http404
    context = _context(request, visit, NoteForm())
    if request.method == "POST":
        try:
            close_by_customer(visit.ticket.pk, visit.reader, at=now())
        except DomainError as refusal:
            return render(request, "portal/closure.html", context | {"refusal": refusal}, status=refusal.status)
        return redirect(f"{visit.doors.page}?closed")
    return render(request, "portal/closure.html", context)


def file_of(ticket: Ticket, pk: UUID) -> HttpResponseBase:
    """A file of a message that the customer may read."""
    readable = Message.objects.of(ticket).public()
    return attachment_response(get_object_or_404(Attachment.objects.filter(messages__in=readable).distinct(), pk=pk))


def _answered(visit: Visit, form: NoteForm) -> Ticket | None:
    """The ticket in which the answer stands. None: it was refused; why stands above what was typed."""
    try:
        draft = form.draft(author=visit.reader, from_internal=False, via=Via.LINK)
        return answer_as_customer(visit.ticket.pk, draft, at=now())
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None


def _page_after(visit: Visit, answered: Ticket) -> str:
    if answered.pk == visit.ticket.pk:
        return f"{visit.doors.page}?sent#conversation"
    return f"{visit.page_of(answered)}?anew#conversation"


def _context(request: HttpRequest, visit: Visit, form: NoteForm) -> dict[str, Any]:
    return {
        "doors": visit.doors,
        "ticket": visit.ticket,
        "watched": letters_of(visit.ticket),
        "own": {visit.reader.pk, *visit.own},
        "company": visit.ticket.company,
        "entries": public_feed_of(visit.ticket),
        "form": form,
        "may_close": may_close(visit.ticket),
        "begins_anew": begins_anew(visit.ticket, now()),
        "sent": "sent" in request.GET and not form.errors,
        "anew": "anew" in request.GET and not form.errors,
        "closed": "closed" in request.GET and not form.errors,
        **visit.more,
    }
