from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClosingConfig(AppConfig):
    name = "deskhand.support.closing"
    label = "closing"
    verbose_name = _("Closing")

    def ready(self) -> None:
        from deskhand.support.closing import listeners, panels  # noqa: F401
