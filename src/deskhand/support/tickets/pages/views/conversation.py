"""Doors of a ticket's chatter: messages, notes, followers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.chatter.public import MessageForm, NoteForm, add_followers, feed_of, remove_follower
from deskhand.base.contacts.public import contact_of_typed
from deskhand.kit.clock import now
from deskhand.kit.ui.responses import toast
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.pages.access import agent, helpdesk_page, visible_ticket, workable_ticket
from deskhand.support.tickets.pages.conversation import chat_context, recipients_for
from deskhand.support.tickets.pages.forms import FollowerForm
from deskhand.support.tickets.services.talking import note_on_ticket, reply_to_ticket


@require_http_methods(["GET", "POST"])
@helpdesk_page
def messages(request: HttpRequest, pk: int) -> HttpResponse:
    """Earlier messages (``?before=``), or a new one to those who are ticked."""
    if request.method == "POST":
        return _send(request, workable_ticket(request, pk))
    ticket = visible_ticket(request, pk)
    before = request.GET.get("before", "")
    context = chat_context(request, ticket)
    if before.isdecimal():
        context["feed"] = feed_of(ticket, before=int(before))
    return render(request, "chatter/feed.html", context)


@require_POST
@helpdesk_page
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """A new internal note."""
    ticket = workable_ticket(request, pk)
    form = NoteForm(request.POST, request.FILES)
    if not form.is_valid():
        return _chat(request, ticket, note_form=form)
    note_on_ticket(pk, form.draft(author=agent(request).contact, from_internal=True), at=now())
    return _after(request, ticket)


@require_POST
@helpdesk_page
def followers(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody follow, by mail address (TEAM-6)."""
    ticket = workable_ticket(request, pk)
    typed = FollowerForm(request.POST)
    if not typed.is_valid():
        return toast(_after(request, ticket), str(typed.errors["email"][0]), tone="bad")
    contact = contact_of_typed(typed.cleaned_data["email"], company=ticket.company)
    if contact:
        add_followers(ticket, [contact.pk])
    return _after(request, ticket)


@require_http_methods(["DELETE", "POST"])
@helpdesk_page
def follower(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """Let somebody follow no more."""
    ticket = workable_ticket(request, pk)
    remove_follower(ticket, contact_pk)
    return _after(request, ticket)


def _send(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    _followers, recipients = recipients_for(request, ticket)
    form = MessageForm(request.POST, request.FILES, recipients=recipients)
    if not form.is_valid():
        return _chat(request, ticket, message_form=form)
    draft = form.draft(author=agent(request).contact, from_internal=True)
    copied = [contact_of_typed(address, company=ticket.company) for address in form.cleaned_data["cc"]]
    copies = [contact.pk for contact in copied if contact]
    if copies:
        add_followers(ticket, copies)
    reply_to_ticket(ticket.pk, draft, at=now(), recipients=[*form.cleaned_data["to"], *copies])
    return _after(request, ticket)


def _after(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    return _chat(request, ticket) if request.headers.get("HX-Request") else redirect("tickets:ticket", ticket.pk)


def _chat(
    request: HttpRequest, ticket: Ticket, *, message_form: MessageForm | None = None, note_form: NoteForm | None = None
) -> HttpResponse:
    context = chat_context(request, ticket, message_form=message_form, note_form=note_form)
    refused = message_form is not None or note_form is not None
    return render(request, "chatter/chat.html", context, status=422 if refused else 200)
