"""*My Account*: what customers find when they have signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deskhand.base.accounts.public import User
from deskhand.kit.shell import ACCOUNT_CARDS, AccountCard


@dataclass(frozen=True)
class Card:
    """A card with its address and what was counted, in words."""

    card: AccountCard
    url: str
    counted: str


@never_cache
@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """A card for everything of one's own. A query for each that counts something."""
    user = cast(User, request.user)
    cards = [Card(card, reverse(card.url_name), _counted(card, user)) for card in ACCOUNT_CARDS]
    return render(request, "portal/home.html", {"company": user.company, "person": user, "cards": cards})


def _counted(card: AccountCard, user: User) -> str:
    return str(card.counted) % card.count(user) if card.count else ""
