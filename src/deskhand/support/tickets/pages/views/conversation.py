"""Doors of a ticket's chatter: messages, notes, followers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.chatter.public import (
    Draft,
    FollowerForm,
    MessageForm,
    MessageKind,
    NoteForm,
    Refused,
    add_followers,
    colleague_draft,
    feed_of,
    forget_unsent,
    recipients_of,
    remove_follower,
)
from deskhand.base.contacts.public import contact_of_typed
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.keys import key_of
from deskhand.kit.ui.responses import toast
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.pages.access import agent, helpdesk_page, visible_ticket, workable_ticket
from deskhand.support.tickets.pages.conversation import ticket_chat, ticket_chat_context
from deskhand.support.tickets.services.talking import note_on_ticket, reply_to_ticket


@require_http_methods(["GET", "POST"])
@helpdesk_page
def messages(request: HttpRequest, pk: int) -> HttpResponse:
    """Earlier messages (``?before=``), or a new one to those who are ticked."""
    if request.method == "POST":
        return _send(request, workable_ticket(request, pk))
    ticket = visible_ticket(request, pk)
    context = ticket_chat_context(request, ticket)
    if before := key_of(request.GET.get("before", "")):
        context["feed"] = feed_of(ticket, before=before)
    return render(request, "chatter/feed.html", context)


@require_POST
@helpdesk_page
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """A new internal note."""
    ticket, user = workable_ticket(request, pk), agent(request)
    form = NoteForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            draft = colleague_draft(form, record=ticket, user=user, kind=MessageKind.NOTE)
            note_on_ticket(pk, draft, at=now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            forget_unsent(ticket, MessageKind.NOTE, user=user)
            return _after(request, ticket)
    return _chat(request, ticket, refused=Refused(note=form))


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
    user = agent(request)
    recipients = recipients_of(ticket_chat(request, ticket))
    form = MessageForm(request.POST, request.FILES, recipients=recipients, writer=user.contact)
    if form.is_valid():
        try:
            draft = colleague_draft(form, record=ticket, user=user, kind=MessageKind.MESSAGE)
            _reply(ticket, form, draft)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            forget_unsent(ticket, MessageKind.MESSAGE, user=user)
            return _after(request, ticket)
    return _chat(request, ticket, refused=Refused(message=form))


def _reply(ticket: Ticket, form: MessageForm, draft: Draft) -> None:
    copied = [contact_of_typed(address, company=ticket.company) for address in form.cleaned_data["cc"]]
    copies = [contact.pk for contact in copied if contact]
    if copies:
        add_followers(ticket, copies)
    reply_to_ticket(ticket.pk, draft, at=now(), recipients=[*form.cleaned_data["to"], *copies])


def _after(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    return _chat(request, ticket) if request.headers.get("HX-Request") else redirect("tickets:ticket", ticket.pk)


def _chat(request: HttpRequest, ticket: Ticket, *, refused: Refused | None = None) -> HttpResponse:
    context = ticket_chat_context(request, ticket, refused=refused)
    return render(request, "chatter/chat.html", context, status=422 if refused else 200)
