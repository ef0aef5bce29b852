"""How an administrator helps somebody to a password."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.accounts.models import User
from deskhand.base.accounts.pages.access import person
from deskhand.base.accounts.pages.forms import PasswordForm
from deskhand.base.accounts.services import set_password
from deskhand.base.companies.public import settings_page
from deskhand.kit.ui.responses import close_popup, toast


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """A pop-up to set somebody's password."""
    user = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    form = PasswordForm(request.POST or None, user=user)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "person": user}
        return render(request, "accounts/password.html", context, status=422 if form.is_bound else 200)
    changed = set_password(pk, form.cleaned_data["password"], by=person(request))
    if changed == request.user:
        update_session_auth_hash(request, changed)
    return toast(close_popup(), _("%(name)s signs in with the new password from now on.") % {"name": changed.name})


@require_POST
@settings_page
def password_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail somebody a link to choose a password with; also how a new user gets the first one."""
    user = get_object_or_404(User.objects.manageable_by(request.user).active(), pk=pk)
    form = ResetPasswordForm(data={"email": user.email})
    form.full_clean()
    form.save(request)
    messages.success(request, _("A link to choose a password is on its way to %(email)s.") % {"email": user.email})
    return redirect("accounts:user", pk)
