from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeysConfig(AppConfig):
    name = "deskhand.base.keys"
    label = "keys"
    verbose_name = _("API keys")

    def ready(self) -> None:
        from deskhand.base.keys import panels  # noqa: F401
