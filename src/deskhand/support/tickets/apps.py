from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    name = "deskhand.support.tickets"
    label = "tickets"
    verbose_name = _("Tickets")

    def ready(self) -> None:
        from deskhand.support.tickets import listeners, panels  # noqa: F401
