from __future__ import annotations

from django.apps import AppConfig


class ScreensConfig(AppConfig):
    name = "deskhand.kit.screens"
    label = "kit_screens"

    def ready(self) -> None:
        from deskhand.kit.screens.live import start_watching  # needs the models

        start_watching()
