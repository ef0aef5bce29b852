from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from deskhand.base.accounts.public import Role, User
from deskhand.home.queries import my_counts, team_cards
from deskhand.kit.shell import APPS


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """The first app that the user may open."""
    user = cast(User, request.user)
    for app in APPS:
        if app.shown_to(user):
            return redirect(app.url_name)
    return render(request, "home/no_app.html", {"company": user.company})


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """A card a team and my own tickets (TEAM-8)."""
    user = cast(User, request.user)
    if not user.has_role("helpdesk"):
        raise PermissionDenied
    cards = team_cards(user)
    context = {
        "cards": cards,
        "mine": my_counts(user),
        "may_configure": user.has_role("helpdesk", Role.ADMINISTRATOR),
        "app_key": "helpdesk",
    }
    return render(request, "home/overview.html", context)
