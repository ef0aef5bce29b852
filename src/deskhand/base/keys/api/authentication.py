"""Calls with a key: ``Authorization: Bearer dhk_…``."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_backends
from django.http import HttpRequest
from ninja.security import HttpBearer

from deskhand.base.keys.services import key_of_secret
from deskhand.kit.api.callers import Caller, OnlyForColleagues
from deskhand.kit.api.limits import count_caller, count_stranger
from deskhand.kit.clock import now


class ApiKeyBearer(HttpBearer):
    """A key that was made under *My Preferences → API keys*."""

    openapi_description = "An API key, made under *My Preferences → API keys*."

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The caller, with the user's rights narrowed by the key's scopes. Two queries.

        :raises TooManyCalls: the minute is used up.
        """
        key = key_of_secret(token.strip(), at=now())
        if key is None:
            count_stranger(request)
            return None
        count_caller(request, f"key.{key.pk}")
        user: Any = _backend().get_user(key.user_id)  # as a page gets who is signed in
        if user is None or not user.is_internal:
            raise OnlyForColleagues
        user.look_at_all()  # what somebody hides from their pages is not hidden from their programs
        request.user = user
        return Caller(user, f"key.{key.pk}", frozenset(key.scopes), key.pk)


def _backend() -> Any:
    return get_backends()[0]
