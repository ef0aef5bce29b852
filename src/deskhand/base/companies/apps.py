from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompaniesConfig(AppConfig):
    name = "deskhand.base.companies"
    label = "companies"
    verbose_name = _("Companies")

    def ready(self) -> None:
        from deskhand.base.companies import panels  # noqa: F401
