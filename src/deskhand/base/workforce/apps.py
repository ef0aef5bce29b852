from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkforceConfig(AppConfig):
    name = "deskhand.base.workforce"
    label = "workforce"
    verbose_name = _("Employees")

    def ready(self) -> None:
        from deskhand.base.workforce import listeners, panels  # noqa: F401
