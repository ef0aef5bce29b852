"""Where else a customer is: they keep their further addresses themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.accounts.models import User
from deskhand.base.accounts.pages.access import person
from deskhand.base.contacts.public import AddressForm, ContactAddress, delete_address, save_address
from deskhand.kit.errors import DomainError

#: Nobody has more; it keeps the list short whoever writes it.
MOST = 20


def own_addresses(request: HttpRequest) -> dict[str, Any]:
    """What the section of the profile shows. One query."""
    return {"addresses": list(_customer(request).contact.addresses.all())}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_address(request: HttpRequest) -> HttpResponse:
    """Add one."""
    if _customer(request).contact.addresses.count() >= MOST:
        messages.error(request, _("These are all the addresses we can keep. Remove one first."))
        return _back()
    return _edited(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one."""
    return _edited(request, get_object_or_404(_customer(request).contact.addresses, pk=pk))


@require_POST
@login_required
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one away."""
    contact = _customer(request).contact
    delete_address(contact, get_object_or_404(contact.addresses, pk=pk).pk)
    messages.success(request, _("The address is removed."))
    return _back()


def _edited(request: HttpRequest, known: ContactAddress | None) -> HttpResponse:
    user = _customer(request)
    form = AddressForm(request.POST if request.method == "POST" else None, instance=known)
    if request.method == "POST" and _saved(user, form, known):
        messages.success(request, _("The address is saved."))
        return _back()
    context = {"form": form, "address": known, "company": user.company}
    return render(request, "accounts/own_address.html", context, status=422 if form.errors else 200)


def _saved(user: User, form: AddressForm, known: ContactAddress | None) -> bool:
    if not form.is_valid():
        return False
    try:
        save_address(user.contact, form.details(), pk=known.pk if known else None)
    except DomainError as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True


def _customer(request: HttpRequest) -> User:
    """Who asks.

    :raises Http404: they work here; their own address stands on their employee's page.
    """
    user = person(request)
    if user.is_internal:
        raise Http404
    return user


def _back() -> HttpResponse:
    return redirect(reverse("accounts:preferences") + "#addresses")
