"""While somebody writes: whom to call, what to insert, what is kept."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deskhand.base.chatter.enums import MessageKind
from deskhand.base.chatter.pages.access import conversation_door, person, writable_record
from deskhand.base.chatter.pages.forms import NoteForm
from deskhand.base.chatter.queries import (
    admitted_by_following,
    canned_for,
    colleagues,
    filled_in,
    readers_among,
    values_of,
)
from deskhand.base.chatter.services.unsent import Typed, drop_file, keep_files, keep_unsent
from deskhand.base.files.public import store_upload
from deskhand.kit.clock import now
from deskhand.kit.keys import keys_of

#: More names than these help nobody; typing one more letter does.
_OFFERED = 8
#: Of a draft; a message may be longer, it is only not kept.
_LONGEST, _MOST_CALLED = 100_000, 50


@require_GET
@conversation_door
def mentions(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """Colleagues whose name fits ``?q=``: who sees the record, and who would be let in as a follower (TEAM-6)."""
    record = writable_record(request, kind, pk)
    found = colleagues(person(request))
    for word in request.GET.get("q", "").split():
        found = found.filter(name__icontains=word)
    users = list(found[: 4 * _OFFERED])
    readers = set(readers_among(record, users))
    others = [user for user in users if user.pk not in readers]
    admitted = set(admitted_by_following(record, others)) if others else set()
    offered = [user for user in users if user.pk in readers] + [user for user in others if user.pk in admitted]
    return render(request, "chatter/mentions.html", {"users": offered[:_OFFERED], "admitted": admitted})


@require_GET
@conversation_door
def canned(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """Canned responses whose shortcut or text fits ``?q=``, filled in for this record."""
    record = writable_record(request, kind, pk)
    words, values = request.GET.get("q", "").casefold(), values_of(record)
    responses = list(canned_for(record, request.user))
    fitting = [one for one in responses if words in one.shortcut.casefold()]
    fitting += [one for one in responses if one not in fitting and words in one.text.casefold()]
    offered = [(one, filled_in(one.text, values)) for one in fitting[:_OFFERED]]
    return render(request, "chatter/canned_options.html", {"offered": offered})


@require_POST
@conversation_door
def unsent(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """What stands in a composer now (``kind=note``, ``body``, ``cc``)."""
    record = writable_record(request, kind, pk)
    typed = Typed(
        request.POST.get("body", "")[:100_000],
        request.POST.get("cc", ""),
        keys_of(request.POST.getlist("mention"))[:50],
    )
    keep_unsent(record, _composer(request), typed, user=person(request), at=now())
    return HttpResponse(status=204)


@require_POST
@conversation_door
def unsent_files(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """Files that were chosen in a composer: kept at once, sent with the message."""
    record = writable_record(request, kind, pk)
    form = NoteForm(request.POST, request.FILES)
    form.is_valid()
    if "uploads" in form.errors:
        return render(request, "chatter/upload_refused.html", {"errors": form.errors["uploads"]}, status=422)
    stored = [store_upload(upload) for upload in form.cleaned_data.get("uploads") or ()]
    kept = keep_files(record, _composer(request), stored, user=person(request), at=now())
    return render(request, "chatter/kept_files.html", {"files": kept, "base": request.path})


@require_http_methods(["DELETE"])
@conversation_door
def unsent_file(request: HttpRequest, kind: int, pk: int, file_pk: UUID) -> HttpResponse:
    """Take a kept file off again."""
    drop_file(writable_record(request, kind, pk), file_pk, user=person(request))
    return HttpResponse("")


def _composer(request: HttpRequest) -> MessageKind:
    return MessageKind.NOTE if request.POST.get("composer") == "note" else MessageKind.MESSAGE
