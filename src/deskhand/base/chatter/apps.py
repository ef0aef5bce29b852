from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChatterConfig(AppConfig):
    name = "deskhand.base.chatter"
    label = "chatter"
    verbose_name = _("Chatter")

    def ready(self) -> None:
        from deskhand.base.chatter import listeners, panels  # noqa: F401
