"""Other addresses of a contact: pop-ups on its page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.contacts.models import Contact, ContactAddress
from deskhand.base.contacts.pages.forms import AddressForm
from deskhand.base.contacts.policies import can_change_contacts
from deskhand.base.contacts.services import delete_address, save_address
from deskhand.kit.errors import DomainError
from deskhand.kit.ui.responses import close_popup


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def addresses(request: HttpRequest, pk: int) -> HttpResponse:
    """Add one."""
    return _edited(request, _contact(request, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def address(request: HttpRequest, pk: int, address_pk: int) -> HttpResponse:
    """Change one."""
    contact = _contact(request, pk)
    return _edited(request, contact, get_object_or_404(contact.addresses, pk=address_pk))


@require_POST
@login_required
def address_deletion(request: HttpRequest, pk: int, address_pk: int) -> HttpResponse:
    delete_address(_contact(request, pk), address_pk)
    return redirect("contacts:contact", pk)


def _edited(request: HttpRequest, contact: Contact, known: ContactAddress | None) -> HttpResponse:
    form = AddressForm(request.POST if request.method == "POST" else None, instance=known)
    if request.method == "POST" and _saved(contact, form, known):
        page = reverse("contacts:contact", args=[contact.pk])
        return close_popup(redirect=page) if request.headers.get("HX-Request") else redirect(page)
    context = {"form": form, "contact": contact, "address": known, "action": request.path}
    return render(request, "contacts/address.html", context, status=422 if form.errors else 200)


def _saved(contact: Contact, form: AddressForm, known: ContactAddress | None) -> bool:
    if not form.is_valid():
        return False
    try:
        save_address(contact, form.details(), pk=known.pk if known else None)
    except DomainError as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True


def _contact(request: HttpRequest, pk: int) -> Contact:
    if not can_change_contacts(request.user):
        raise PermissionDenied
    return get_object_or_404(Contact.objects.visible_to(request.user), pk=pk)
