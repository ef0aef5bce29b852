from __future__ import annotations

from typing import Any


def can_configure(user: Any) -> bool:
    """Whether somebody may change companies, users, mail servers and templates: an administrator of the settings."""
    return bool(user.is_authenticated and user.is_settings_administrator)
