"""Time off is approved, refused or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.workforce.models import TimeOff
from deskhand.base.workforce.pages.access import colleagues_page, person
from deskhand.base.workforce.policies import can_decide, can_withdraw
from deskhand.base.workforce.services.time_off import approve_time_off, refuse_time_off, withdraw_time_off
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.ui.responses import close_popup


class RefusalForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The employee reads it."),
    )


@require_POST
@colleagues_page
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    _allowed(request, pk, can_decide)
    return _done(request, pk, lambda: approve_time_off(pk, by=person(request), at=now()), _("Approved."))


@require_http_methods(["GET", "HEAD", "POST"])
@colleagues_page
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """A pop-up that asks why; then the refusal, also of what was approved before."""
    time_off = _allowed(request, pk, can_decide)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "workforce/refusal.html", {"form": form, "record": time_off})
    comment = form.cleaned_data["comment"]
    answer = _done(
        request, pk, lambda: refuse_time_off(pk, by=person(request), at=now(), comment=comment), _("Refused.")
    )
    return close_popup(redirect=reverse("workforce:time-off", args=[pk])) if _is_popup(request) else answer


@require_POST
@colleagues_page
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    _allowed(request, pk, can_withdraw)
    return _done(request, pk, lambda: withdraw_time_off(pk, by=person(request), at=now()), _("Withdrawn."))


def _is_popup(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def _allowed(request: HttpRequest, pk: int, may: Callable[[Any, TimeOff], bool]) -> TimeOff:
    """The row if the person sees it (404), and may do this (403). What is decided meanwhile, the service refuses."""
    rows = TimeOff.objects.visible_to(request.user).select_related("type", "employee__manager")
    time_off = get_object_or_404(rows, pk=pk)
    if not may(request.user, time_off):
        raise PermissionDenied
    return time_off


def _done(request: HttpRequest, pk: int, decide: Callable[[], TimeOff], text: str) -> HttpResponse:
    try:
        decide()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, text)
    return redirect("workforce:time-off", pk)
