from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "deskhand.base.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from deskhand.base.mail import listeners, panels  # noqa: F401
