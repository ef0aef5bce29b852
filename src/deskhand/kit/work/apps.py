from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "deskhand.kit.work"
    label = "kit_work"
