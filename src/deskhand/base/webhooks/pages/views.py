"""What is done with a webhook, and the page of a delivery."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from deskhand.base.webhooks.models import Delivery, Webhook
from deskhand.base.webhooks.pages.screens import delivery_badge
from deskhand.base.webhooks.policies import can_have_webhooks
from deskhand.base.webhooks.services.subscribing import change_secret, pause_webhook, resume_webhook
from deskhand.base.webhooks.services.telling import ping, send_once_more
from deskhand.kit.clock import now

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def administrators_page(view: View[P]) -> View[P]:
    """Strangers sign in first; who administers no app is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not can_have_webhooks(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("View[P]", login_required(cast(Any, guarded)))


@require_POST
@administrators_page
def pings(request: HttpRequest, pk: int) -> HttpResponse:
    """Send something that means nothing, to see whether it arrives."""
    delivery = ping(_webhook(request, pk).pk, at=now())
    messages.success(request, _("A ping is on its way."))
    return redirect("webhooks:delivery", delivery.pk)


@require_POST
@administrators_page
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause a webhook, or let it go on (``resume``)."""
    webhook = _webhook(request, pk)
    if "resume" in request.POST:
        resume_webhook(webhook.pk)
        messages.success(request, _("“%(name)s” is told again; what waited is sent now.") % {"name": webhook})
    else:
        pause_webhook(webhook.pk, at=now())
        messages.success(request, _("“%(name)s” is paused. What happens meanwhile is not told.") % {"name": webhook})
    return redirect("webhooks:webhook", pk)


@require_POST
@administrators_page
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign with another secret from now on."""
    change_secret(_webhook(request, pk).pk)
    messages.success(request, _("There is a new secret. Give it to the program now."))
    return redirect("webhooks:webhook", pk)


@require_safe
@administrators_page
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent, each time that it was tried, and what came back. Three queries."""
    found = _delivery(request, pk)
    context = {
        "app_key": "settings",
        "delivery": found,
        "state": delivery_badge(found),
        "body": json.dumps(json.loads(found.body), indent=2, ensure_ascii=False),
        "tries": list(found.tries.all()),
        "is_underway": found.is_underway(now()) and not found.webhook.paused_at,
    }
    return render(request, "webhooks/delivery.html", context)


@require_POST
@administrators_page
def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a delivery once more."""
    again = send_once_more(_delivery(request, pk).pk, at=now())
    messages.success(request, _("It is being sent."))
    return redirect("webhooks:delivery", again.pk)


def _webhook(request: HttpRequest, pk: int) -> Webhook:
    return get_object_or_404(Webhook.objects.visible_to(request.user), pk=pk)


def _delivery(request: HttpRequest, pk: int) -> Delivery:
    visible = Delivery.objects.of(Webhook.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("webhook"), pk=pk)
