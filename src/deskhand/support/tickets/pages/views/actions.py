"""Small doors: stars, card state, archive, duplicate."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deskhand.kit.clock import now
from deskhand.kit.ui.responses import say_on_next_page
from deskhand.support.tickets.enums import CardState, Priority
from deskhand.support.tickets.pages.access import agent, helpdesk_page, workable_ticket
from deskhand.support.tickets.services.archiving import archive_ticket, duplicate_ticket, restore_ticket
from deskhand.support.tickets.services.editing import set_card_state, set_priority


@require_POST
@helpdesk_page
def priority(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the stars (IN-10). Whoever watches is nudged, this page too."""
    workable_ticket(request, pk)
    value = request.POST.get("priority", "")
    if value not in {str(choice) for choice in Priority.values}:
        return HttpResponseBadRequest(_("Choose 0 to 3 stars."))
    set_priority(pk, Priority(int(value)), by=agent(request), at=now())
    return _done(request, pk)


@require_POST
@helpdesk_page
def card_state(request: HttpRequest, pk: int) -> HttpResponse:
    workable_ticket(request, pk)
    value = request.POST.get("state", "")
    if value not in CardState.values:
        return HttpResponseBadRequest(_("Choose In progress, Ready or Blocked."))
    set_card_state(pk, CardState(value), by=agent(request), at=now())
    return _done(request, pk)


@require_POST
@helpdesk_page
def archival(request: HttpRequest, pk: int) -> HttpResponse:
    """Archive a ticket, or restore it (``?restore``)."""
    workable_ticket(request, pk)
    url = reverse("tickets:archival", args=[pk])
    if "restore" in request.GET:
        ticket = restore_ticket(pk, by=agent(request), at=now())
        say_on_next_page(request, _("%(reference)s restored.") % {"reference": ticket.reference}, undo=url)
    else:
        ticket = archive_ticket(pk, by=agent(request), at=now())
        say_on_next_page(request, _("%(reference)s archived.") % {"reference": ticket.reference}, undo=f"{url}?restore")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect("tickets:ticket", pk)


@require_POST
@helpdesk_page
def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """Duplicate a ticket and open the copy."""
    workable_ticket(request, pk)
    copy = duplicate_ticket(pk, by=agent(request), at=now())
    url = reverse("tickets:ticket", args=[copy.pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _done(request: HttpRequest, pk: int) -> HttpResponse:
    """The page asks again by itself; without script it is loaded anew."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Trigger": "dh:refresh"})
    return redirect("tickets:ticket", pk)
