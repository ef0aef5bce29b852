from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.base.webhooks.querysets import DeliveryQuerySet, WebhookQuerySet
from deskhand.kit.work.models import WorkItem, WorkState


class Webhook(models.Model):
    """Somebody else's program that is told what happens here.

    It is told what its ``owner`` may see, of the ``facts`` it asks for, where the record would stand in the list that
    ``query`` describes (``filter=urgent&in=team.3``). ``salt`` makes its secret (with the server's key): whoever reads
    the database alone cannot sign. Rows are archived, never deleted: another process may just be telling it something.
    """

    name = models.CharField(_("Name"), max_length=80)
    url = models.CharField(_("Address"), max_length=500)
    owner = models.ForeignKey("accounts.User", verbose_name=_("Owner"), on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(_("Told of"), default=list)
    query = models.CharField(_("Only"), max_length=500, blank=True)
    salt = models.CharField(max_length=64, editable=False)
    is_active = models.BooleanField(_("Active"), default=True)
    paused_at = models.DateTimeField(_("Paused on"), null=True, blank=True)
    pause_reason = models.CharField(_("Reason"), max_length=300, blank=True)
    failures = models.PositiveIntegerField(_("Failures in a row"), default=0)
    created_at = models.DateTimeField(_("Created on"))
    delivered_at = models.DateTimeField(_("Last delivered on"), null=True, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("Webhook")
        verbose_name_plural = _("Webhooks")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Delivery(WorkItem):
    """One thing that a webhook is told: what is sent, as it was when it happened, and how far it is.

    ``event_id`` is the same when it is sent again, so that the other side knows it already.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event_id = models.UUIDField(default=uuid.uuid4, editable=False)
    fact = models.CharField(_("Told of"), max_length=60)
    body = models.TextField(_("Sent"))
    created_at = models.DateTimeField(_("Created on"))

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Delivery")
        verbose_name_plural = _("Deliveries")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_due"),
            models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.fact} {self.event_id}"

    @property
    def is_waiting_again(self) -> bool:
        """It was tried, failed, and will be tried again at its time."""
        return self.state == WorkState.WAITING and self.attempts > 0

    def is_underway(self, at: datetime) -> bool:
        """It is being sent, or about to: what comes of it is known in a moment."""
        return self.state == WorkState.WORKING or (self.state == WorkState.WAITING and self.due_at <= at)


class Attempt(models.Model):
    """One time that a delivery was sent, and what came back. ``status`` None: nobody answered; ``error`` says why."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    request_headers = models.JSONField(default=dict)
    status = models.PositiveSmallIntegerField(null=True)
    answer_headers = models.JSONField(default=dict)
    answer = models.TextField(blank=True)
    took_ms = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.status or self.error}"
