"""What fields for contacts and for their tags ask while somebody types."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deskhand.base.contacts.models import Contact, ContactTag
from deskhand.base.contacts.pages.tag_screens import ContactTagForm
from deskhand.base.contacts.policies import can_change_contacts
from deskhand.base.contacts.services import contact_of_typed, create_tag
from deskhand.kit.screens import searched
from deskhand.kit.tags.offering import offer_tags

_OFFERED = 8


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Options for ``?q=`` by name; ``?companies``: companies only. One query."""
    if not can_change_contacts(request.user):
        raise PermissionDenied
    contacts = Contact.objects.visible_to(request.user).active().matching(searched(request.GET.get("q", "")))
    if "companies" in request.GET:
        contacts = contacts.companies()
    found = contacts.select_related("parent").order_by("name", "pk")[:_OFFERED]
    return render(request, "contacts/options.html", {"contacts": found})


@require_POST
@login_required
def quick(request: HttpRequest) -> HttpResponse:
    """Make a contact of a name or mail address, or answer who is known by it."""
    if not can_change_contacts(request.user):
        raise PermissionDenied
    contact = contact_of_typed(request.POST.get("text", ""), company=cast(Any, request.user).company)
    if contact is None:
        return JsonResponse({"error": _("Type a name or a mail address first.")}, status=422)
    return JsonResponse({"key": contact.pk, "shown": contact.name}, status=201)


@require_http_methods(["GET", "POST"])
@login_required
def tag_options(request: HttpRequest) -> HttpResponse:
    """Tags for ``?q=``, or a new one: whoever keeps contacts gives them tags."""
    if not can_change_contacts(request.user):
        raise PermissionDenied
    return offer_tags(
        request,
        ContactTag.objects.all(),
        may_create=True,
        name_of=lambda name: ContactTagForm({"name": name, "color": 0}),
        create=create_tag,
    )
