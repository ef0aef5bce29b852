"""Keys of records as they come from outside: in an address, or posted."""

from __future__ import annotations

from collections.abc import Iterable

#: No database has a larger one.
LARGEST_KEY = 2**63 - 1
_MOST_DIGITS = 19


def key_of(text: str) -> int | None:
    """The key that a text names; None: it is no key."""
    if not (text.isascii() and text.isdecimal()) or len(text) > _MOST_DIGITS:
        return None
    key = int(text)
    return key if key <= LARGEST_KEY else None


def keys_of(texts: Iterable[str]) -> list[int]:
    """The keys among texts, in their order."""
    return [key for text in texts if (key := key_of(text)) is not None]
