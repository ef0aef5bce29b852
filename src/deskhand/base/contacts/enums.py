from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AddressKind(models.TextChoices):
    """What else a contact's address is for, besides the one on its sheet."""

    INVOICE = "invoice", _("Invoice address")
    DELIVERY = "delivery", _("Delivery address")
    OTHER = "other", _("Other address")
