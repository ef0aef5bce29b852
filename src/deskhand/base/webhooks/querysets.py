from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from deskhand.base.companies.public import can_configure
from deskhand.kit.work.models import WorkQuerySet

if TYPE_CHECKING:
    from deskhand.base.webhooks.models import Delivery, Webhook  # noqa: F401  (in a base class, where ruff does not look)


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: Any) -> Self:
        """Everybody sees their own; administrators of the settings those of all."""
        if not user.is_authenticated or not user.is_internal:
            return self.none()
        return self.all() if can_configure(user) else self.filter(owner=user.pk)

    def running(self) -> Self:
        """Those that are told of what happens, and get what waits."""
        return self.filter(is_active=True, paused_at=None, owner__is_active=True)


class DeliveryQuerySet(WorkQuerySet["Delivery"]):
    def of(self, webhooks: models.QuerySet[Webhook]) -> Self:
        """Deliveries of some webhooks. No join, so that rows can be locked."""
        return self.filter(webhook__in=webhooks.order_by().values("pk"))
