from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TeamsConfig(AppConfig):
    name = "deskhand.support.teams"
    label = "teams"
    verbose_name = _("Teams")

    def ready(self) -> None:
        from deskhand.support.teams import listeners, panels, shell  # noqa: F401
