from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "deskhand.base.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from deskhand.base.accounts import listeners, panels, shell  # noqa: F401

        shell.declare()
