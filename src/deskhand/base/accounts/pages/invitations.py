"""Invitations: what administrators do with them, and the page where somebody accepts theirs."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.accounts.models import Invitation, User
from deskhand.base.accounts.pages.access import person
from deskhand.base.accounts.pages.forms import PASSWORD_RULES
from deskhand.base.accounts.services import (
    InvitationNotOpen,
    accept_invitation,
    open_invitation,
    send_invitation,
    withdraw_invitation,
)
from deskhand.base.companies.public import settings_page
from deskhand.kit.clock import now
from deskhand.kit.limits import within_limit

#: How often an address may try links.
_TRIES, _SECONDS = 30, 60


class AcceptForm(forms.Form):
    """What somebody new says: what they are called, and the password they will sign in with."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
        help_text=PASSWORD_RULES,
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Enter the password a second time.")},
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        self.user = user
        super().__init__(data, initial={"name": user.name})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", ValidationError(gettext("The two passwords differ. Enter the same twice.")))
        elif first:
            try:
                validate_password(first, User(email=self.user.email, name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password1", error)
        return data


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation. Looking at it uses nothing up: scanners of mails do."""
    address = get_adapter(request).get_client_ip(request)
    if not within_limit(f"invitation:{address}", times=_TRIES, seconds=_SECONDS):
        return render(request, "429.html", status=429)
    try:
        invitation = open_invitation(token, at=now())
        return _accepting(request, token, invitation)
    except InvitationNotOpen:
        return render(request, "accounts/invitation_gone.html", status=404)


def _accepting(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        user = accept_invitation(token, name=data["name"], password=data["password1"], at=now())
        if request.user.is_authenticated:
            get_adapter(request).logout(request)
        response: HttpResponse = perform_login(request, user, email_verification="none")
        return response
    context = {"form": form, "invitation": invitation, "company": invitation.user.company}
    return render(request, "accounts/invitation.html", context, status=422 if form.is_bound else 200)


@require_POST
@settings_page
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Send somebody who has not come in yet a new link."""
    user = get_object_or_404(User.objects.manageable_by(request.user).active(), pk=pk)
    send_invitation(pk, by=person(request), at=now())
    messages.success(request, gettext("An invitation is on its way to %(email)s.") % {"email": user.email})
    return redirect("accounts:user", pk)


@require_POST
@settings_page
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was sent."""
    get_object_or_404(Invitation.objects.manageable_by(request.user), user=pk)
    user = withdraw_invitation(pk, by=person(request))
    messages.success(
        request, gettext("The invitation of %(name)s is withdrawn; its link opens nothing.") % {"name": user.name}
    )
    return redirect("accounts:users")
