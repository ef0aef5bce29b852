from __future__ import annotations

from typing import Any


def can_have_keys(user: Any) -> bool:
    """Whoever works here may let programs work for them."""
    return bool(user.is_authenticated and user.is_internal)
