from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "deskhand.base.contacts"
    label = "contacts"
    verbose_name = _("Contacts")

    def ready(self) -> None:
        from deskhand.base.contacts import panels  # noqa: F401
