"""Stages from the board's gear: settings in a pop-up, fold, delete, order."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.keys import key_of, keys_of
from deskhand.kit.ui.responses import close_popup, toast
from deskhand.support.teams.models import Stage, Team
from deskhand.support.teams.pages.access import (
    configuration_page,
    helpdesk_page,
    person,
    team_asked_for,
    typed,
    visible_stage,
    visible_team,
)
from deskhand.support.teams.pages.forms import StageDeletionForm, StageForm
from deskhand.support.teams.pages.screens import STAGES
from deskhand.support.teams.queries import records_in
from deskhand.support.teams.services.columns import fold_column, unfold_column
from deskhand.support.teams.services.pipelines import reorder_stages
from deskhand.support.teams.services.stages import create_stage, delete_stage, update_stage


@require_http_methods(["GET", "HEAD", "POST"])
@configuration_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The stage in a pop-up: *Edit*, *Folded in Kanban*, **Save & Close** (CLOSE-1)."""
    stage, team = visible_stage(request, pk), team_asked_for(request)
    form = StageForm(typed(request), user=person(request), instance=stage)
    if request.method == "POST" and form.is_valid():
        try:
            update_stage(stage.pk, form.settings(), by=person(request), at=now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return _done(request, team, stage)
    return _popup(request, form, team, stage)


@require_http_methods(["GET", "HEAD", "POST"])
@configuration_page
def new(request: HttpRequest) -> HttpResponse:
    """A new stage: in a pop-up for the team of ``?team=``, otherwise on a page of its own."""
    team = team_asked_for(request)
    if team is None:
        return STAGES.new_view(request)
    form = StageForm(typed(request), user=person(request), initial={"teams": [team.pk], "company": team.company})
    if request.method == "POST" and form.is_valid():
        try:
            create_stage(form.settings(), company=team.company, beside=team)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return _done(request, team, None)
    return _popup(request, form, team, None)


@require_POST
@helpdesk_page
def fold(request: HttpRequest, pk: int) -> HttpResponse:
    """Fold a column for the user who asks, or unfold it (``?unfold``); closes nothing."""
    team = visible_team(request, _team_id(request))
    stage = get_object_or_404(team.stages.active(), pk=pk)
    url = f"{reverse('teams:stage-fold', args=[pk])}?team={team.pk}"
    if "unfold" in request.GET:
        unfold_column(user=person(request), team=team, stage=stage)
        text = _("%(stage)s is unfolded for you.")
    else:
        fold_column(user=person(request), team=team, stage=stage)
        text, url = _("%(stage)s is folded for you. Its tickets stay open."), f"{url}&unfold"
    if not request.headers.get("HX-Request"):
        return redirect("tickets:board", team.pk)
    response = trigger_client_event(HttpResponse(status=204), "dh:refresh", {})
    return toast(response, text % {"stage": stage}, undo=url)


@require_http_methods(["GET", "HEAD", "POST"])
@configuration_page
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask where the tickets go, then take the stage out of the team of ``?team=``, or out of all teams."""
    stage, team = visible_stage(request, pk), team_asked_for(request)
    used = records_in(stage)
    teams = [team] if team else list(stage.teams.all())
    count = sum(used[one.pk] for one in teams)
    targets = _targets(stage, [one for one in teams if used[one.pk]])
    form = StageDeletionForm(typed(request), targets=targets, has_tickets=bool(count))
    if request.method == "POST" and form.is_valid():
        try:
            delete_stage(stage.pk, team=team, move_to=form.cleaned_data.get("move_to"), by=person(request), at=now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            text = _("%(stage)s is deleted.") % {"stage": stage}
            return toast(_closed(team), text)
    others = stage.teams.exclude(pk=team.pk) if team else Team.objects.none()
    context = {"stage": stage, "team": team, "others": others, "count": count, "form": form, "targets": targets}
    return render(request, "teams/stage_deletion.html", context, status=422 if form.errors else 200)


@require_POST
@configuration_page
def order(request: HttpRequest) -> HttpResponse:
    """Put stages of the user's company into the order of ``order=1&order=2``."""
    asked = keys_of(request.POST.getlist("order"))
    first = get_object_or_404(Stage.objects.visible_to(request.user), pk=asked[0] if asked else 0)
    reorder_stages(asked, company=first.company)
    return HttpResponse(status=204)


def _targets(stage: Stage, teams: list[Team]) -> Any:
    """Stages that all of the teams have, besides this one."""
    found = Stage.objects.active().exclude(pk=stage.pk)
    for team in teams:
        found = found.filter(pk__in=team.stages.values("pk"))
    return found.order_by("position", "pk")


def _team_id(request: HttpRequest) -> int:
    return key_of(request.GET.get("team", "")) or 0


def _popup(request: HttpRequest, form: StageForm, team: Team | None, stage: Stage | None) -> HttpResponse:
    context = {"form": form, "team": team, "stage": stage, "action": request.get_full_path()}
    return render(request, "teams/stage_popup.html", context, status=422 if form.is_bound else 200)


def _done(request: HttpRequest, team: Team | None, stage: Stage | None) -> HttpResponse:
    """Close the pop-up; the board under it asks again. Without script: back to where it is shown."""
    if request.headers.get("HX-Request"):
        return _closed(team)
    return redirect("tickets:board", team.pk) if team else redirect("teams:stage", stage.pk if stage else 0)


def _closed(team: Team | None) -> HttpResponse:
    return close_popup(events={"dh:refresh": {}}) if team else close_popup(redirect=reverse("teams:stages"))
