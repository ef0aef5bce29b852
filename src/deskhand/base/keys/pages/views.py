"""One's own keys, and the page of each."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import can_configure
from deskhand.base.keys.models import ApiKey
from deskhand.base.keys.pages.forms import KeyForm, scope_word
from deskhand.base.keys.pages.screens import state_badge
from deskhand.base.keys.policies import can_have_keys
from deskhand.base.keys.services import MadeKey, make_key, revoke_key
from deskhand.kit.api.callers import scope_groups
from deskhand.kit.clock import now


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My keys, and a form for a new one. Its secret is on the answer to the form and nowhere else."""
    user = cast(User, request.user)
    if not can_have_keys(user):
        raise PermissionDenied
    form = KeyForm(request.POST if request.method == "POST" else None)
    made: MadeKey | None = None
    if request.method == "POST" and form.is_valid():
        at = now()
        made = make_key(
            user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=form.expires_at(at=at),
            at=at,
        )
        form = KeyForm()
    keys = [(key, state_badge(key)) for key in ApiKey.objects.filter(user=user)]
    context = {"form": form, "keys": keys, "made": made}
    return render(request, "keys/mine.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def key(request: HttpRequest, pk: int) -> HttpResponse:
    """One key: whose it is, what it may do, when it was used."""
    found = _visible(request, pk)
    ticked = set(found.scopes)
    rows = [
        (group.title, [scope_word(scope) for scope in group.scopes() if scope in ticked])
        for group in scope_groups()
        if ticked & set(group.scopes())
    ]
    context = {
        "key": found,
        "state": state_badge(found),
        "rows": rows,
        "is_valid": found.is_valid(now()),
        "sees_all": can_configure(request.user),
    }
    return render(request, "keys/key.html", context)


@login_required
@require_POST
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody comes in by this key any more."""
    revoked = revoke_key(_visible(request, pk).pk, by=cast(User, request.user), at=now())
    messages.success(request, _("“%(name)s” is revoked. Nobody comes in by it any more.") % {"name": revoked.name})
    return redirect("keys:mine" if revoked.user_id == request.user.pk else "keys:key", *_of_other(request, revoked))


def _of_other(request: HttpRequest, revoked: ApiKey) -> tuple[int, ...]:
    return () if revoked.user_id == request.user.pk else (revoked.pk,)


def _visible(request: HttpRequest, pk: int) -> ApiKey:
    return get_object_or_404(ApiKey.objects.visible_to(request.user).select_related("user"), pk=pk)
