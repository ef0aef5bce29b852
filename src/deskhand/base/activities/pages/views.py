"""Activities of a record, in pop-ups; the clock in the top bar; the activity view."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from deskhand.base.accounts.public import PERSONAL
from deskhand.base.activities.models import Activity, ActivityType
from deskhand.base.activities.pages.forms import ActivityForm, FeedbackForm
from deskhand.base.activities.pages.matrix import matrix_of
from deskhand.base.activities.policies import can_schedule
from deskhand.base.activities.queries import kind_title, record_url, waiting_for
from deskhand.base.activities.services import (
    cancel_activity,
    change_activity,
    finish_activity,
    schedule_activity,
)
from deskhand.base.chatter.public import conversation_door, conversation_of, person, visible_record, writable_record
from deskhand.kit import records
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.keys import key_of
from deskhand.kit.ui.responses import close_popup, toast

_REFRESH: dict[str, Any] = {"dh:refresh": {}, "dh:counts": {}}


@require_http_methods(["GET", "POST"])
@conversation_door
def new(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """Schedule something; ``?type=`` takes its defaults, what was typed before stays."""
    record = writable_record(request, kind, pk)
    action = reverse("activities:new", args=[kind, pk])
    if request.method == "GET":
        form = ActivityForm(user=person(request), initial=_defaults(request))
        return _popup(request, form, action, record)
    form = ActivityForm(request.POST, user=person(request))
    if not _saves(form, lambda: schedule_activity(record, form.plan(), by=person(request), at=now())):
        return _popup(request, form, action, record, status=422)
    return close_popup(events=_REFRESH)


@require_http_methods(["GET", "POST", "DELETE"])
@conversation_door
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """An activity in its pop-up; posting saves it, DELETE cancels it. Who opens it as a page sees its record."""
    found, record = _workable(request, pk)
    if request.method == "DELETE":
        cancel_activity(pk, by=person(request), at=now())
        return close_popup(events=_REFRESH)
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return redirect(record_url(found))
    action = reverse("activities:activity", args=[pk])
    form = ActivityForm(request.POST or None, user=person(request), instance=found)
    if request.method == "GET":
        return _popup(request, form, action, record, activity=found)
    if not _saves(form, lambda: change_activity(pk, form.plan(), by=person(request))):
        return _popup(request, form, action, record, activity=found, status=422)
    return close_popup(events=_REFRESH)


@require_http_methods(["GET", "POST"])
@conversation_door
def completion(request: HttpRequest, pk: int) -> HttpResponse:
    """*Mark Done* with feedback; ``next`` asks at once what comes after it (*Done & Schedule Next*)."""
    found, record = _workable(request, pk)
    if request.method == "GET":
        context = {"activity": found, "form": FeedbackForm(), "action": reverse("activities:completion", args=[pk])}
        return render(request, "activities/completion.html", context)
    form = FeedbackForm(request.POST)
    form.is_valid()
    finish_activity(pk, feedback=form.cleaned_data["feedback"], by=person(request), at=now())
    if "next" not in request.POST:
        return toast(close_popup(events=_REFRESH), _("%(activity)s done.") % {"activity": found})
    action = reverse("activities:new", args=[found.content_type_id, found.object_id])
    response = _popup(request, ActivityForm(user=person(request)), action, record)
    return toast(response, _("%(activity)s done.") % {"activity": found})


@require_GET
@conversation_door
def menu(request: HttpRequest) -> HttpResponse:
    """What waits for the person who asks, by kind of record."""
    return render(request, "activities/menu.html", {"waiting": waiting_for(person(request).viewer)})


@require_GET
@conversation_door
def matrix(request: HttpRequest, kind: int) -> HttpResponse:
    """The activity view: a line a record, a column a type."""
    model = _model(kind)
    rows, kinds = matrix_of(model, person(request), mine="mine" in request.GET)
    context = {
        "title": kind_title(kind),
        "app_key": PERSONAL,
        "rows": rows,
        "kinds": kinds,
        "kind": kind,
        "is_mine": "mine" in request.GET,
    }
    return render(request, "activities/matrix.html", context)


def _model(kind: int) -> type[Model]:
    found = ContentType.objects.filter(pk=kind).first()
    model = found.model_class() if found else None
    if model is None or conversation_of(model) is None:
        raise Http404
    return model


def _workable(request: HttpRequest, pk: int) -> tuple[Activity, Model]:
    """The activity with its record: 404 if the user does not see that, 403 if they may not change it."""
    found = Activity.objects.select_related("kind", "assignee").filter(pk=pk).first()
    if found is None:
        raise Http404
    record = visible_record(request, found.content_type_id, found.object_id)
    if not can_schedule(request.user, record):
        raise PermissionDenied
    return found, record


def _defaults(request: HttpRequest) -> dict[str, Any]:
    chosen = ActivityType.objects.active().filter(pk=key_of(request.GET.get("type", "")) or 0).first()
    if chosen is None:
        return {}
    due_on = timezone.localdate() + timedelta(days=chosen.default_days)
    typed = {name: request.GET[name] for name in ("summary", "note", "assignee") if request.GET.get(name)}
    return {"summary": chosen.default_summary} | typed | {"kind": chosen.pk, "due_on": due_on}


def _saves(form: ActivityForm, save: Any) -> bool:
    """Whether the form is right and the service agrees; what it refuses stands beside the field."""
    if not form.is_valid():
        return False
    try:
        save()
    except DomainError as refusal:
        if refusal.field not in form.fields:
            raise
        form.add_error(refusal.field, str(refusal))
        return False
    return True


def _popup(
    request: HttpRequest,
    form: ActivityForm,
    action: str,
    record: Model,
    *,
    activity: Activity | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "action": action,
        "about": records.type_of(record).title(record),
        "activity": activity,
        "kinds": ActivityType.objects.active(),
    }
    return render(request, "activities/activity.html", context, status=status)
