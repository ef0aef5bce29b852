from __future__ import annotations

from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "deskhand.kit.screens.runs"
    label = "kit_runs"
