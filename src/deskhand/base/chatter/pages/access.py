"""Who comes in by the doors of a conversation, and to which record."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse

from deskhand.base.accounts.public import User
from deskhand.base.chatter.models import Message
from deskhand.base.chatter.places import conversation_of
from deskhand.base.chatter.policies import can_write
from deskhand.kit import records

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def conversation_door(view: View[P]) -> View[P]:
    """A door for those who work here: strangers sign in first; for customers there is none."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not person(request).is_internal:
            raise Http404
        return view(request, *args, **kwargs)

    return cast("View[P]", login_required(cast(Any, guarded)))


def person(request: HttpRequest) -> User:
    """Who asks; the page is behind a sign-in."""
    return cast(User, request.user)


def visible_record(request: HttpRequest, kind: int, pk: int) -> Model:
    """The record, or 404: of no kind that converses, or not for the user. One query."""
    record = records.find_visible(person(request), kind, pk)
    if record is None or conversation_of(record) is None:
        raise Http404
    return record


def writable_record(request: HttpRequest, kind: int, pk: int) -> Model:
    """The record, if the user takes part in its conversation: 404 if they do not see it, 403 if they may not."""
    record = visible_record(request, kind, pk)
    if not can_write(request.user, record):
        raise PermissionDenied
    return record


def visible_message(request: HttpRequest, pk: int) -> Message:
    """The message, if the user sees its record; else 404. Two queries."""
    message = Message.objects.select_related("author").filter(pk=pk).first()
    if message is None:
        raise Http404
    visible_record(request, message.content_type_id, message.object_id)
    return message
