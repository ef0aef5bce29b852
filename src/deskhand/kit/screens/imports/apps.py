from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "deskhand.kit.screens.imports"
    label = "kit_imports"

    def ready(self) -> None:
        from deskhand.kit.kept import KEPT_FILES
        from deskhand.kit.screens.imports.models import Import

        KEPT_FILES.add(lambda: Import.objects.values_list("path", flat=True).iterator())
