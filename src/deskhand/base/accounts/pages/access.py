"""Who asks."""

from __future__ import annotations

from django.http import HttpRequest

from deskhand.base.accounts.models import User


def person(request: HttpRequest) -> User:
    """Who asks; the page is behind a sign-in."""
    assert isinstance(request.user, User)  # noqa: S101  # the door has seen to it
    return request.user
