from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from deskhand.base.chatter.public import CONVERSATIONS
from deskhand.kit import records

if TYPE_CHECKING:
    from deskhand.base.activities.models import Activity, ActivityType


class ActivityTypeQuerySet(models.QuerySet["ActivityType"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Vocabulary of activities. Default order: what is due first."""

    def open(self) -> Self:
        return self.filter(done_at=None)

    def of(self, record: models.Model) -> Self:
        return self.filter(content_type=records.content_type_id(record), object_id=record.pk)

    def visible_to(self, user: Any) -> Self:
        """Activities of records that the user sees; customers see none. The only way to list them for a person."""
        if not user.is_authenticated or not user.is_internal:
            return self.none()
        visible = Q(pk__in=[])
        for kind in CONVERSATIONS:
            pks = records.type_of(kind.model).visible_to(user).order_by().values("pk")
            visible |= Q(content_type=records.content_type_id(kind.model), object_id__in=pks)
        return self.filter(visible)
