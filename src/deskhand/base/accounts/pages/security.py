"""What people do about their own way in: address, devices, and what an administrator resets for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.accounts.models import User, UserSession
from deskhand.base.accounts.pages.access import person
from deskhand.base.accounts.services import (
    AddressLinkInvalid,
    ask_for_address,
    asked_for_address,
    change_address,
    end_session,
    end_sessions,
    open_sessions,
    reset_second_factor,
)
from deskhand.base.companies.public import settings_page
from deskhand.kit.clock import now
from deskhand.kit.devices import is_handheld, spoken_device
from deskhand.kit.errors import DomainError
from deskhand.kit.limits import within_limit

#: How many links to a new address somebody may ask for in an hour.
_LINKS_PER_HOUR = 5


# ---- sections of the preferences ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Device:
    """A browser somebody is signed in with, as the page shows it."""

    handle: str
    name: str
    icon: str
    address: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def security(request: HttpRequest) -> dict[str, Any]:
    """What the section about signing in shows. One query."""
    factors = list(Authenticator.objects.filter(user=person(request)))
    kinds = Authenticator.Type
    return {
        "has_app": any(factor.type == kinds.TOTP for factor in factors),
        "passkeys": sum(factor.type == kinds.WEBAUTHN for factor in factors),
        "is_protected": any(factor.type != kinds.RECOVERY_CODES for factor in factors),
    }


def devices(request: HttpRequest) -> dict[str, Any]:
    """Where somebody is signed in. One query."""
    sessions = open_sessions(person(request), at=now())
    found = [_device(session, is_this=session.session_key == request.session.session_key) for session in sessions]
    return {"devices": sorted(found, key=lambda device: not device.is_this)}


def _device(session: UserSession, *, is_this: bool) -> Device:
    return Device(
        handle=session.handle,
        name=spoken_device(session.device),
        icon="device-mobile" if is_handheld(session.device) else "device-desktop",
        address=session.address or "",
        started_at=session.started_at,
        seen_at=session.seen_at,
        is_this=is_this,
    )


# ---- sessions -------------------------------------------------------------------------------------------------------


@login_required
@require_POST
def session_end(request: HttpRequest, handle: str) -> HttpResponse:
    """Sign out one of one's own browsers."""
    if not end_session(person(request), handle, at=now()):
        raise Http404
    messages.success(request, gettext("That device is signed out."))
    return redirect(reverse("accounts:preferences") + "#devices")


@login_required
@require_POST
def other_sessions_end(request: HttpRequest) -> HttpResponse:
    """Sign out all of one's own browsers but this one."""
    user = person(request)
    count = end_sessions(user, but=request.session.session_key, by=user, at=now())
    said = ngettext("One other device is signed out.", "%(count)d other devices are signed out.", count)
    messages.success(request, said % {"count": count} if count else gettext("No other device was signed in."))
    return redirect(reverse("accounts:preferences") + "#devices")


# ---- the address to sign in with ------------------------------------------------------------------------------------


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("New email"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Enter the address you want to sign in with.")},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def address(request: HttpRequest) -> HttpResponse:
    """Ask for a link to a new address."""
    user = person(request)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _asked(form, user):
        return render(request, "accounts/address_sent.html", {"address": form.cleaned_data["email"]})
    context = {"form": form, "person": user}
    return render(request, "accounts/address.html", context, status=422 if form.is_bound else 200)


def _asked(form: AddressForm, user: User) -> bool:
    if not within_limit(f"address:{user.pk}", times=_LINKS_PER_HOUR, seconds=3600):
        form.add_error(None, gettext("That was too often. Try again in an hour."))
        return False
    try:
        ask_for_address(user.pk, form.cleaned_data["email"])
    except DomainError as refusal:
        form.add_error("email", str(refusal))
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_address(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail to the new address; only its button changes anything."""
    limit = f"new-address:{get_adapter(request).get_client_ip(request)}"
    if not within_limit(limit, times=30, seconds=60):
        return render(request, "429.html", status=429)
    try:
        if request.method == "POST":
            user = change_address(token)
            return render(request, "accounts/address_changed.html", {"person": user})
        user, email = asked_for_address(token)
    except AddressLinkInvalid as refusal:
        return render(request, "accounts/address_gone.html", {"sentence": str(refusal)}, status=refusal.status)
    return render(request, "accounts/address_confirm.html", {"person": user, "address": email})


# ---- for somebody else ----------------------------------------------------------------------------------------------


@require_POST
@settings_page
def second_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Help somebody who lost phone and recovery codes."""
    user = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    reset_second_factor(pk, by=person(request), at=now())
    said = gettext("The two-factor authentication of %(name)s is reset, and their devices are signed out.")
    messages.success(request, said % {"name": user.name})
    return redirect("accounts:user", pk)
