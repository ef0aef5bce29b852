from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.base.keys.querysets import ApiKeyQuerySet


class ApiKey(models.Model):
    """What a program calls the API with, in the name of a user and never with more than the user may.

    The key itself is shown once; of it only ``prefix``, to be recognised by, and a hash are kept. It is random and
    long, so that a plain hash is enough: nobody can try all keys. ``scopes`` narrow the rights of the user.
    """

    user = models.ForeignKey("accounts.User", verbose_name=_("User"), on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=80)
    prefix = models.CharField(_("Begins with"), max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("Scopes"), default=list)
    created_at = models.DateTimeField(_("Created on"))
    expires_at = models.DateTimeField(_("Expires on"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("Last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("Revoked on"), null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def is_valid(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)
