from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Only carries the commands of the composition (``serve``, ``demo``)."""

    name = "deskhand.config"
    label = "config"
