from __future__ import annotations

from typing import Any

from deskhand.base.accounts.public import Role


def can_have_webhooks(user: Any) -> bool:
    """Who administers any app may have other programs told of what they see."""
    return bool(
        user.is_authenticated and user.is_internal and any(role >= Role.ADMINISTRATOR for role in user.roles.values())
    )
