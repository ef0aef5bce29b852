"""Who may do what with teams, stages and tags they see."""

from __future__ import annotations

from typing import Any

from deskhand.base.accounts.public import Role


def can_configure(user: Any) -> bool:
    """Teams, stages and tags are made and changed by administrators of the Helpdesk."""
    return bool(user.is_authenticated and user.has_role("helpdesk", Role.ADMINISTRATOR))


def can_create_tag(user: Any) -> bool:
    """A new word for what a ticket is about is found while working, by every Helpdesk user."""
    return bool(user.is_authenticated and user.has_role("helpdesk"))
