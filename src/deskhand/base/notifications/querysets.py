from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from deskhand.kit import records

if TYPE_CHECKING:
    from deskhand.base.notifications.models import Notification


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Vocabulary of notifications. Default order: the newest first."""

    def visible_to(self, user: Any) -> Self:
        """The user's own, of records that they still see."""
        if not user.is_authenticated or not user.is_internal:
            return self.none()
        visible = Q(pk__in=[])
        for kind in records.registered():
            pks = kind.visible_to(user).order_by().values("pk")
            visible |= Q(content_type=records.content_type_id(kind.model), object_id__in=pks)
        return self.filter(visible, user=user.pk)

    def unread(self) -> Self:
        return self.filter(read_at=None)
