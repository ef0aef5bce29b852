"""Closing a ticket, and opening it again, from its page."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from deskhand.base.accounts.public import User
from deskhand.kit.clock import now
from deskhand.support.closing.services.closing import close_ticket, reopen_ticket
from deskhand.support.tickets.public import Ticket, can_work_on


@require_http_methods(["POST", "DELETE"])
@login_required
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """POST closes the ticket; DELETE, or POST with ``reopen``, opens it again."""
    user = cast(User, request.user)
    ticket = get_object_or_404(Ticket.objects.visible_to(user), pk=pk)
    if not can_work_on(user, ticket):
        raise PermissionDenied
    if request.method == "DELETE" or "reopen" in request.POST:
        moved, text = reopen_ticket(pk, by=user, at=now()), _("%(reference)s is open again, in %(stage)s.")
    else:
        moved, text = close_ticket(pk, by=user, at=now()), _("%(reference)s is closed, in %(stage)s.")
    messages.success(request, text % {"reference": moved.reference, "stage": moved.stage.name})
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect("tickets:ticket", pk)
