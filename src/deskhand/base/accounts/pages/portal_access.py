"""Giving and taking portal access, from the page of a contact."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from deskhand.base.accounts.pages.access import person
from deskhand.base.accounts.policies import can_give_portal_access
from deskhand.base.accounts.services import grant_portal_access, revoke_portal_access
from deskhand.base.contacts.public import Contact
from deskhand.kit.clock import now


@login_required
@require_POST
def portal_access(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite the contact, for the first time or again."""
    contact = _contact(request, pk)
    user = grant_portal_access(contact.pk, by=person(request), at=now())
    messages.success(request, gettext("A mail is on its way to %(email)s.") % {"email": user.email})
    return redirect("contacts:contact", pk)


@login_required
@require_POST
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """The contact signs in no more."""
    contact = _contact(request, pk)
    revoke_portal_access(contact.pk, by=person(request))
    messages.success(request, gettext("%(name)s has no portal access any more.") % {"name": contact.name})
    return redirect("contacts:contact", pk)


def _contact(request: HttpRequest, pk: int) -> Contact:
    if not can_give_portal_access(request.user):
        raise PermissionDenied
    return get_object_or_404(Contact.objects.visible_to(request.user), pk=pk)
