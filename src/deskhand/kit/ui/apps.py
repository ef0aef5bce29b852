from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "deskhand.kit.ui"
    label = "kit_ui"
