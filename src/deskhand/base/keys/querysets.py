from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from deskhand.base.companies.public import can_configure

if TYPE_CHECKING:
    from deskhand.base.keys.models import ApiKey


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def visible_to(self, user: Any) -> Self:
        """Everybody sees their own keys; administrators of the settings those of all."""
        if not user.is_authenticated or not user.is_internal:
            return self.none()
        return self.all() if can_configure(user) else self.filter(user=user.pk)

    def valid(self, at: datetime) -> Self:
        """Neither revoked nor expired, of somebody who still works here."""
        alive = Q(expires_at=None) | Q(expires_at__gt=at)
        return self.filter(alive, revoked_at=None, user__is_active=True)
