from __future__ import annotations

from typing import Any


def can_change_contacts(user: Any) -> bool:
    """Everybody who works here keeps the contacts they see up to date."""
    return bool(user.is_authenticated and user.is_internal)


def can_merge_contacts(user: Any) -> bool:
    """Merging moves what belongs to others, and is not taken back by a click: for administrators only."""
    return can_change_contacts(user) and bool(user.is_settings_administrator)


def can_configure_tags(user: Any) -> bool:
    """Anybody makes a tag by giving it; renaming or deleting one changes the contacts of all companies."""
    return can_change_contacts(user) and bool(user.is_settings_administrator)


def can_delete_contacts(user: Any) -> bool:
    """Deleting cannot be undone: for administrators only. All others archive."""
    return can_change_contacts(user) and bool(user.is_settings_administrator)
