"""The list of webhooks and the page of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deskhand.base.webhooks.models import Delivery, Webhook
from deskhand.base.webhooks.pages.forms import WebhookForm
from deskhand.base.webhooks.policies import can_have_webhooks
from deskhand.base.webhooks.services.signing import secret_of
from deskhand.base.webhooks.services.subscribing import change_webhook, create_webhook, set_webhook_active
from deskhand.kit.clock import now
from deskhand.kit.screens import Column, EmptyState, Filter, RecordScreen, Sheet
from deskhand.kit.ui.shapes import Badge, MenuItem
from deskhand.kit.work.models import WorkState

#: Deliveries that stand on the page of a webhook; the API lists them all.
_SHOWN = 50


def state_badge(webhook: Webhook) -> Badge:
    if webhook.paused_at:
        return Badge(_("Paused"), icon="player-pause", tone="bad", title=webhook.pause_reason)
    if webhook.failures:
        return Badge(_("Failing"), icon="alert-triangle", tone="soon")
    return Badge(_("Running"), icon="check", tone="ok") if webhook.delivered_at else Badge(_("New"), icon="clock")


def delivery_badge(delivery: Delivery) -> Badge:
    if delivery.state == WorkState.DONE:
        return Badge(_("Delivered"), icon="check", tone="ok")
    if delivery.state == WorkState.FAILED:
        return Badge(_("Given up"), icon="circle-x", tone="bad")
    if delivery.last_error:
        return Badge(_("Will be tried again"), icon="clock", tone="soon")
    return Badge(_("Waiting"), icon="clock")


class Webhooks(RecordScreen[Webhook]):
    model = Webhook
    title = _("Webhooks")
    app_key = "settings"
    list_url, new_url, record_url = "webhooks:list", "webhooks:new", "webhooks:webhook"
    columns = (
        Column("name", is_primary=True, card="title", width="m"),
        Column("url", card="start", width="l"),
        Column("owner__name", _("Owner"), kind="person", width="m"),
        Column("state", _("State"), value=state_badge, kind="badge", width="m", card="end-2"),
        Column("delivered_at", kind="ago", align="end", width="s", card="end"),
    )
    search = ("name", "url")
    filters = (
        Filter("paused", _("Paused"), Q(paused_at__isnull=False), section="state"),
        Filter("failing", _("Failing"), Q(failures__gt=0), section="state"),
    )
    order = ("name", "pk")
    joins = ("owner",)
    archived = Q(is_active=False)
    empty = EmptyState(
        "plug-connected", _("No webhook yet"), _("A webhook tells another program what happens here, as it happens.")
    )
    form = WebhookForm
    importer = None  # each has a secret, shown once to who makes it
    sheet = Sheet(left=["url", "query"], right=["facts"])
    record_template = "webhooks/webhook.html"

    def rows(self, request: HttpRequest) -> QuerySet[Webhook]:
        return Webhook.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return can_have_webhooks(user)

    def create(self, request: HttpRequest, form: WebhookForm) -> Webhook:
        user: Any = request.user
        return create_webhook(form.subscription(), owner=user, at=now())

    def change(self, request: HttpRequest, record: Webhook, form: WebhookForm) -> None:
        change_webhook(record.pk, form.subscription())

    def archive(self, request: HttpRequest, record: Webhook) -> None:
        set_webhook_active(record.pk, is_active=False)

    def restore(self, request: HttpRequest, record: Webhook) -> None:
        set_webhook_active(record.pk, is_active=True)

    def menu(self, request: HttpRequest, record: Webhook) -> Sequence[MenuItem]:
        secret = reverse("webhooks:secret", args=[record.pk])
        again = _("Make a new secret? The program must know it before it can check signatures again.")
        return [MenuItem(_("New secret"), secret, icon="key", method="post", confirm=again)]

    def record_context(self, request: HttpRequest, record: Webhook) -> dict[str, Any]:
        deliveries = record.deliveries.defer("body")[:_SHOWN]
        return {
            "state": state_badge(record),
            "secret": secret_of(record),
            "deliveries": [(delivery, delivery_badge(delivery)) for delivery in deliveries],
        }


WEBHOOKS = Webhooks()
