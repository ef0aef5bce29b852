from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from deskhand.base.accounts.public import User
from deskhand.kit.shell import APPS


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """The first app that the user may open; customers come to *My Account*."""
    user = cast(User, request.user)
    if not user.is_internal:
        return redirect("portal:home")
    for app in APPS:
        if app.in_switcher and app.shown_to(user):
            return redirect(app.url_name)
    return render(request, "home/no_app.html", {"company": user.company})
