from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "deskhand.kit.api"
    label = "kit_api"
