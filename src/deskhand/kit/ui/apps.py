from __future__ import annotations

from django.apps import AppConfig

from deskhand.kit.languages import remember_quickly


class UiConfig(AppConfig):
    name = "deskhand.kit.ui"
    label = "kit_ui"

    def ready(self) -> None:
        remember_quickly()
