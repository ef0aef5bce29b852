"""Own notes: mend them, take them back; what they said before."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from deskhand.base.chatter.models import Message
from deskhand.base.chatter.pages.access import conversation_door, person, visible_message
from deskhand.base.chatter.pages.forms import EditNoteForm
from deskhand.base.chatter.policies import can_change_note, can_see_history
from deskhand.base.chatter.services.notes import delete_note, edit_note
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.html import html_to_text, text_to_html
from deskhand.kit.ui.responses import close_popup


@require_http_methods(["GET", "POST", "DELETE"])
@conversation_door
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """An own note in a pop-up; posting saves it, DELETE takes it back."""
    message = visible_message(request, pk)
    by = person(request).contact
    if request.method == "DELETE":
        delete_note(pk, by=by, at=now())
        return close_popup(events={"dh:refresh": {}})
    if request.method == "GET":
        if not can_change_note(request.user, message):
            raise PermissionDenied
        return _popup(request, message, EditNoteForm(initial={"body": html_to_text(message.body_html)}))
    form = EditNoteForm(request.POST)
    form.is_valid()
    try:
        edit_note(pk, _marked_as_before(message, text_to_html(form.cleaned_data["body"])), by=by, at=now())
    except DomainError as refusal:
        if refusal.field not in form.fields:
            raise
        form.add_error(refusal.field, str(refusal))
        return _popup(request, message, form, status=422)
    return close_popup(events={"dh:refresh": {}})


@require_GET
@conversation_door
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a note said before it was edited or deleted."""
    message = visible_message(request, pk)
    if not can_see_history(request.user, message):
        raise PermissionDenied
    return render(request, "chatter/history.html", {"message": message, "versions": list(message.versions.all())})


def _popup(request: HttpRequest, message: Message, form: EditNoteForm, *, status: int = 200) -> HttpResponse:
    return render(
        request, "chatter/note.html", {"message": message, "form": form, "action": request.path}, status=status
    )


def _marked_as_before(message: Message, html: str) -> str:
    """Names that were in bold stay so."""
    for called in sorted(set(_called_in(message.body_html)), key=len, reverse=True):
        html = html.replace(called, f"<b>{called}</b>")
    return html


def _called_in(html: str) -> list[str]:
    return [part.partition("</b>")[0] for part in html.split("<b>")[1:] if part.startswith("@")]
