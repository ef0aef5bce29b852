from __future__ import annotations

from django.apps import AppConfig


class ScreensConfig(AppConfig):
    name = "deskhand.kit.screens"
    label = "kit_screens"
