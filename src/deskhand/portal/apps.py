from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "deskhand.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from deskhand.portal import listeners, panels  # noqa: F401
