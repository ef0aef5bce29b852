from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "deskhand.kit.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from deskhand.kit.search import keeping

        keeping.start()
