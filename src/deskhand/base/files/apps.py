from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "deskhand.base.files"
    label = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from deskhand.base.files import panels  # noqa: F401
