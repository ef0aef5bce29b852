"""The conversation of any record: what was said, what is said now."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from deskhand.base.chatter.enums import MessageKind
from deskhand.base.chatter.pages.access import conversation_door, person, visible_record, writable_record
from deskhand.base.chatter.pages.conversation import (
    Chat,
    Doors,
    Refused,
    base_of,
    chat_context,
    chat_of,
    colleague_draft,
    filtered_feed,
    recipients_of,
    topic_of,
)
from deskhand.base.chatter.pages.forms import MessageForm, NoteForm
from deskhand.base.chatter.places import conversation_of
from deskhand.base.chatter.queries import following
from deskhand.base.chatter.services.following import add_followers
from deskhand.base.chatter.services.unsent import forget_unsent
from deskhand.base.chatter.services.writing import log_note, post_message
from deskhand.base.contacts.public import contact_of_typed
from deskhand.kit import records
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError


def plain_chat(request: HttpRequest, record: Model) -> Chat:
    """The conversation of a record whose app has no doors of its own for it. Two queries and those of the panels."""
    base = base_of(record)
    doors = Doors(messages=f"{base}messages/", notes=f"{base}notes/", followers=f"{base}followers/")
    return chat_of(request, record, followers=following(record), doors=doors)


def drawn_chat(request: HttpRequest, record: Model) -> SafeString:
    """The conversation as it stands beside the sheet of a record, which changes by itself."""
    context = chat_context(plain_chat(request, record))
    return render_to_string("chatter/beside.html", context, request)


def drawn_presence(record: Model) -> SafeString:
    """Who else looks at a record: filled in by the page, as long as its conversation is on it."""
    return render_to_string("chatter/presence.html", {"chat": {"topic": topic_of(record)}})


@require_GET
@conversation_door
def chat(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """The conversation beside a record; ``?live`` answers only what changes by itself."""
    record = visible_record(request, kind, pk)
    if not request.headers.get("HX-Request"):
        return redirect(records.type_of(record).url(record))
    template = "chatter/log.html" if "live" in request.GET else "chatter/chat.html"
    context = chat_context(plain_chat(request, record))
    return render(request, template, context | {"live": "live" in request.GET})


@require_GET
@conversation_door
def feed(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """Messages only, notes only, changes only (``?only=``), those with words in them (``?q=``), earlier ones."""
    record = visible_record(request, kind, pk)
    found, query = filtered_feed(request, record)
    about = conversation_of(record)
    company = about.company(record) if about else None
    context = {
        "feed": found,
        "feed_url": request.path,
        "feed_query": query,
        "company_name": company.public_name if company else "",
        "me": person(request).contact_id,
    }
    return render(request, "chatter/feed.html", context)


@require_POST
@conversation_door
def messages(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """A message to those who are ticked."""
    record = writable_record(request, kind, pk)
    before = plain_chat(request, record)
    form = MessageForm(request.POST, request.FILES, recipients=recipients_of(before), writer=person(request).contact)
    if not form.is_valid():
        return answer(request, record, refused=Refused(message=form))
    try:
        draft = colleague_draft(form, record=record, user=person(request), kind=MessageKind.MESSAGE)
        copies = _copied(form, record)
        # Whoever writes is told of the answers.
        add_followers(record, [*copies, person(request).contact_id])
        post_message(record, draft, at=now(), recipients=[*form.cleaned_data["to"], *copies])
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return answer(request, record, refused=Refused(message=form))
    forget_unsent(record, MessageKind.MESSAGE, user=person(request))
    return answer(request, record)


@require_POST
@conversation_door
def notes(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """An internal note."""
    record = writable_record(request, kind, pk)
    form = NoteForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, record, refused=Refused(note=form))
    try:
        draft = colleague_draft(form, record=record, user=person(request), kind=MessageKind.NOTE)
        log_note(record, draft, at=now())
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return answer(request, record, refused=Refused(note=form))
    forget_unsent(record, MessageKind.NOTE, user=person(request))
    return answer(request, record)


def answer(request: HttpRequest, record: Model, *, refused: Refused | None = None) -> HttpResponse:
    """The conversation anew, or without script the record's page."""
    if not refused and not request.headers.get("HX-Request"):
        return redirect(records.type_of(record).url(record))
    context: dict[str, Any] = chat_context(plain_chat(request, record), refused=refused)
    return render(request, "chatter/chat.html", context, status=422 if refused else 200)


def _copied(form: MessageForm, record: Model) -> list[int]:
    kind = conversation_of(record)
    company = kind.company(record) if kind else None
    found = [contact_of_typed(address, company=company) for address in form.cleaned_data["cc"]] if company else []
    return [contact.pk for contact in found if contact]
