"""The record page of a ticket: look, edit, new."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from deskhand.base.contacts.public import Typed
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.keys import key_of
from deskhand.support.teams.public import Team
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.pages.access import agent, helpdesk_page, visible_ticket, workable_ticket
from deskhand.support.tickets.pages.conversation import ticket_chat_context
from deskhand.support.tickets.pages.forms import TicketForm
from deskhand.support.tickets.pages.record import record_context
from deskhand.support.tickets.pages.screens import TICKETS
from deskhand.support.tickets.services.creating import NewTicket, create_ticket
from deskhand.support.tickets.services.editing import edit_ticket


@require_http_methods(["GET", "POST"])
@helpdesk_page
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a ticket; posting saves its sheet. ``?live`` answers only what changes by itself.

    One query more where one comes from a list or a board: for what stands before and after.
    """
    if request.method == "POST":
        return _save(request, pk)
    found = visible_ticket(request, pk)
    form = TicketForm(instance=found, user=agent(request))
    if "live" in request.GET:
        return render(request, "tickets/live.html", _context(request, found, form))
    beside = {"neighbours": TICKETS.neighbours(request, found)}
    return render(request, "tickets/ticket.html", _context(request, found, form) | beside)


@require_http_methods(["GET", "POST"])
@helpdesk_page
def new(request: HttpRequest) -> HttpResponse:
    """A ticket by hand (IN-11), in the team of ``?team=``, or the first one the user sees."""
    if request.method == "POST":
        form = TicketForm(request.POST, user=agent(request))
    else:
        form = TicketForm(user=agent(request), initial=_first_guess(request))
    if form.is_valid():
        try:
            made = create_ticket(_typed(request, form), by=agent(request), at=now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect("tickets:ticket", made.pk)
    context = {"form": form, "team": form.cleaned_data.get("team") if form.is_bound else form.initial["team"]}
    return render(request, "tickets/new.html", context, status=422 if form.is_bound else 200)


def _save(request: HttpRequest, pk: int) -> HttpResponse:
    found = workable_ticket(request, pk)
    form = TicketForm(request.POST, instance=found, user=agent(request))
    if form.is_valid():
        try:
            edit_ticket(pk, form.values(), by=agent(request), at=now(), version=form.cleaned_data["version"])
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("tickets:ticket", pk)
    unchanged = visible_ticket(request, pk)
    return render(request, "tickets/ticket.html", _context(request, unchanged, form), status=422)


def _context(request: HttpRequest, found: Ticket, form: TicketForm) -> dict[str, Any]:
    return record_context(request, found) | ticket_chat_context(request, found) | {"form": form}


def _first_guess(request: HttpRequest) -> dict[str, Any]:
    teams = Team.objects.visible_to(request.user).active()
    asked = request.GET.get("team", "")
    team = get_object_or_404(teams, pk=key_of(asked) or 0) if asked else teams.first()
    customer = Typed(request.GET.get("customer", ""))  # whom the field finds by it, or offers to create
    return {"team": team, "title": request.GET.get("title", ""), "customer": customer, "priority": 0}


def _typed(request: HttpRequest, form: TicketForm) -> NewTicket:
    data = form.cleaned_data
    asked = key_of(request.GET.get("stage", ""))
    stage = data["team"].stages.active().filter(pk=asked).first() if asked else None
    return NewTicket(
        team=data["team"],
        title=data["title"],
        description=data["description"],
        customer=data["customer"],
        customer_email=data["customer_email"],
        customer_phone=data["customer_phone"],
        priority=data["priority"],
        tags=data["tags"],
        stage=stage,
        assignee=data["assignee"],
    )
