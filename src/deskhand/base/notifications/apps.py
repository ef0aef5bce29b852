from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "deskhand.base.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from deskhand.base.notifications import listeners, panels  # noqa: F401
