"""Who may do what with the accounts of others, besides the administrators of the settings."""

from __future__ import annotations

from typing import Any


def can_give_portal_access(user: Any) -> bool:
    """Whoever works here with a role in some app deals with customers, and invites them; of their own kind they invite
    nobody."""
    return bool(user.is_authenticated and user.is_internal and user.roles)
