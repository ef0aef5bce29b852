"""Contacts that may be the same, and making them one."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deskhand.base.contacts.models import Contact, ContactDistinction
from deskhand.base.contacts.pages.forms import MergeForm, MergeIntoForm
from deskhand.base.contacts.policies import can_merge_contacts
from deskhand.base.contacts.queries import duplicates_for
from deskhand.base.contacts.services import merge_contacts, suggest_again, tell_apart
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.ui.responses import close_popup, say_on_next_page

#: More pairs that were told apart are not shown.
_APART_SHOWN = 100


@require_safe
@login_required
def duplicates(request: HttpRequest) -> HttpResponse:
    """Groups of contacts that may be the same, and pairs that are not. Four queries."""
    _require(request)
    seen = Contact.objects.visible_to(request.user).active()
    apart = ContactDistinction.objects.between(seen).select_related("one", "other", "made_by")
    context = {"app_key": "contacts", "groups": duplicates_for(request.user), "apart": apart[:_APART_SHOWN]}
    return render(request, "contacts/duplicates.html", context)


@require_POST
@login_required
def merges(request: HttpRequest) -> HttpResponse:
    """Make the chosen contacts of a group one."""
    _require(request)
    form = MergeForm(request.POST, user=request.user)
    if not form.is_valid():
        _complain(request, form)
        return redirect("contacts:duplicates")
    survivor, merged = form.chosen()
    _merge(request, survivor, merged)
    return redirect("contacts:duplicates")


@require_POST
@login_required
def distinctions(request: HttpRequest) -> HttpResponse:
    """The chosen contacts of a group are different ones; with ``?again`` they are suggested once more."""
    _require(request)
    form = MergeForm(request.GET if "again" in request.GET else request.POST, user=request.user)
    page = reverse("contacts:duplicates")
    if not form.is_valid():
        _complain(request, form)
        return redirect(page)
    survivor, others = form.chosen()
    try:
        _distinguish(request, [survivor, *others])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return close_popup(redirect=page) if request.headers.get("HX-Request") else redirect(page)


def _distinguish(request: HttpRequest, chosen: list[int]) -> None:
    by = cast(Any, request.user).contact
    if "again" in request.GET:
        suggest_again(chosen, by=by, at=now())
        messages.success(request, _("They are suggested again where they look like one."))
        return
    tell_apart(chosen, by=by, at=now())
    asked = urlencode({"again": "", "survivor": chosen[0], "merged": chosen[1:]}, doseq=True)
    undo = f"{reverse('contacts:distinctions')}?{asked}"
    say_on_next_page(request, _("They are not suggested as duplicates any more."), undo=undo)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def merge_into(request: HttpRequest, pk: int) -> HttpResponse:
    """A pop-up that asks which contact becomes part of this one."""
    _require(request)
    survivor = get_object_or_404(Contact.objects.visible_to(request.user), pk=pk)
    form = MergeIntoForm(request.POST if request.method == "POST" else None, user=request.user, survivor=survivor)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "survivor": survivor}
        return render(request, "contacts/merge.html", context, status=422 if form.errors else 200)
    _merge(request, pk, [form.cleaned_data["merged"].pk])
    page = reverse("contacts:contact", args=[pk])
    return close_popup(redirect=page) if request.headers.get("HX-Request") else redirect(page)


def _merge(request: HttpRequest, survivor: int, merged: list[int]) -> None:
    try:
        contact = merge_contacts(survivor, merged, by=cast(Any, request.user).contact, at=now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return
    count = len(merged)
    text = ngettext(
        "%(count)s contact was merged into “%(name)s”.", "%(count)s contacts were merged into “%(name)s”.", count
    )
    messages.success(request, text % {"count": count, "name": contact.name})


def _complain(request: HttpRequest, form: MergeForm) -> None:
    messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))


def _require(request: HttpRequest) -> None:
    if not can_merge_contacts(request.user):
        raise PermissionDenied
