"""The pipeline of a team, quick create, and dropping a card."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from deskhand.base.accounts.public import Role, Viewer
from deskhand.base.contacts.public import contact_of_typed
from deskhand.kit.clock import now
from deskhand.kit.keys import key_of
from deskhand.kit.prepared import prepared
from deskhand.kit.ui.responses import toast
from deskhand.support.teams.public import Stage, Team
from deskhand.support.tickets.enums import CardState
from deskhand.support.tickets.pages.access import agent, helpdesk_page, workable_ticket
from deskhand.support.tickets.pages.board import columns_of
from deskhand.support.tickets.pages.forms import QuickTicketForm
from deskhand.support.tickets.pages.screens import TICKETS
from deskhand.support.tickets.services.creating import NewTicket, create_ticket
from deskhand.support.tickets.services.moving import move_ticket, place_ticket


@require_GET
@helpdesk_page
def board(request: HttpRequest, team_pk: int) -> HttpResponse:
    """The board of a team; only its columns when the open page asks again."""
    team = _visible_team(request, team_pk)
    if request.headers.get("HX-Target") == "board":
        return _columns(request, team)
    return render(
        request, "tickets/board.html", _board_context(request, team) | {"box": TICKETS.board_box(request, team)}
    )


@require_http_methods(["GET", "POST"])
@helpdesk_page
def quick_create(request: HttpRequest, team_pk: int, stage_pk: int) -> HttpResponse:
    """Two fields on top of a column. *Edit* goes to the full form with what was typed."""
    team = _visible_team(request, team_pk)
    stage = get_object_or_404(team.stages.active(), pk=stage_pk)
    form = QuickTicketForm(request.POST or None, viewer=agent(request).viewer)
    if request.method == "POST" and form.is_valid():
        _create_quickly(request, team, stage, form)
        return _columns(request, team)
    context = {"form": form, "team": team, "stage": stage}
    if not form.is_bound:
        return render(request, "tickets/quick_create.html", context)
    wrong = render(request, "tickets/quick_create.html", context, status=422)
    return reswap(retarget(wrong, "this"), "outerHTML")  # the form alone: the board behind it stays


@require_POST
@helpdesk_page
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a ticket: a card dropped on the board (with its new neighbours), or a click on the stage bar."""
    ticket = workable_ticket(request, pk)
    left, at = ticket.stage, now()
    moved = move_ticket(pk, _number(request, "stage") or 0, by=agent(request), at=at)
    if "after" in request.POST or "before" in request.POST:
        place_ticket(pk, after=_number(request, "after"), before=_number(request, "before"))
    if request.headers.get("HX-Target") == "board":
        response = _columns(request, ticket.team)
    else:
        response = trigger_client_event(HttpResponse(status=204), "dh:refresh")  # unsaved text stays
    if moved.stage_id == left.pk:
        return response
    undo = f"{reverse('tickets:stage', args=[pk])}?stage={left.pk}"
    text = _("%(reference)s moved to %(stage)s.") % {"reference": moved.reference, "stage": moved.stage.name}
    return toast(response, text, undo=undo)


def _visible_team(request: HttpRequest, pk: int) -> Team:
    found = _team_for(agent(request).viewer, pk)
    if not found:
        raise Http404
    return found[0]


@prepared
def _team_for(viewer: Viewer, pk: int) -> QuerySet[Team]:
    return Team.objects.visible_to(viewer).active().select_related("company").filter(pk=pk)


def _columns(request: HttpRequest, team: Team) -> HttpResponse:
    return render(request, "tickets/columns.html", _board_context(request, team) | {"is_partial": True})


def _board_context(request: HttpRequest, team: Team) -> dict[str, object]:
    columns = columns_of(team, TICKETS.on_board(request, team), request)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    asked = key_of(request.GET.get("stage", ""))
    first = next((column.stage.pk for column in columns if not column.is_narrow), 0)
    return {
        "team": team,
        "may_configure": agent(request).has_role("helpdesk", Role.ADMINISTRATOR),
        "board_url": f"{reverse('tickets:board', args=[team.pk])}{query}",
        "board_query": query,
        "list_query": urlencode({"in": f"team.{team.pk}", "filter": "open"}),
        "columns": columns,
        "card_state_choices": CardState.choices,
        "total": sum(column.counts.total for column in columns if not column.is_narrow),
        "current_stage": first if asked is None else asked,
    }


def _create_quickly(request: HttpRequest, team: Team, stage: Stage, form: QuickTicketForm) -> None:
    who = form.cleaned_data["customer"]
    customer = contact_of_typed(who, company=team.company) if isinstance(who, str) else who
    new = NewTicket(team=team, title=form.cleaned_data["title"], customer=customer, stage=stage)
    create_ticket(new, by=agent(request), at=now())


def _number(request: HttpRequest, name: str) -> int | None:
    return key_of(request.POST.get(name) or request.GET.get(name) or "")
