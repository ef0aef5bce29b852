from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.contrib.auth.base_user import AbstractBaseUser

from deskhand.base.accounts.queries import who_asks


class AuthenticationBackend(AllauthBackend):  # type: ignore[misc]
    """Signs in by mail address; brings along what every page asks of who is signed in."""

    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        user = who_asks(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
