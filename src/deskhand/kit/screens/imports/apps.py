from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "deskhand.kit.screens.imports"
    label = "kit_imports"
