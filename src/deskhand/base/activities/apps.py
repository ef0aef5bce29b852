from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "deskhand.base.activities"
    label = "activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from deskhand.base.activities import listeners, panels  # noqa: F401
