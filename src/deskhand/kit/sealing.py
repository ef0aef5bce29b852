"""Secrets that Deskhand has to know in clear (keys of second factors, of clients), sealed in the database.

The key is made of ``SECRET_KEY``: a copy of the database alone opens nothing. What was sealed with one of the
``SECRET_KEY_FALLBACKS`` is still opened.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class CannotUnseal(ValueError):
    """It was sealed with another ``SECRET_KEY``, or changed."""


def seal(text: str) -> str:
    """The text as nobody can read it without ``SECRET_KEY``. Different each time."""
    return _box(_keys()).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again.

    :raises CannotUnseal: the key that sealed it is gone.
    """
    from cryptography.fernet import InvalidToken

    try:
        return _box(_keys()).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise CannotUnseal("It was sealed with another SECRET_KEY.") from None


def _keys() -> tuple[str, ...]:
    return settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet  # here: 7 MB that workers seldom need

    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=32, person=b"deskhand.sealing").digest()
