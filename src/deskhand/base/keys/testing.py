"""Makers of data for tests and demo."""

from __future__ import annotations

from deskhand.base.accounts.public import User
from deskhand.base.keys.models import ApiKey
from deskhand.base.keys.services import MadeKey, make_key
from deskhand.kit.api.callers import known_scopes
from deskhand.kit.clock import now


def make_secret(user: User, *scopes: str) -> str:
    """A key that may do what the scopes say; without any: everything."""
    return _made(user, *scopes).secret


def make_api_key(user: User, *scopes: str) -> ApiKey:
    return _made(user, *scopes).key


def _made(user: User, *scopes: str) -> MadeKey:
    return make_key(user, name="Test", scopes=scopes or known_scopes(), expires_at=None, at=now())
