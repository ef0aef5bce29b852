from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UserKind(models.TextChoices):
    """Who signs in. The public, who does not sign in, is Django's ``AnonymousUser``."""

    INTERNAL = "internal", _("Internal user")
    PORTAL = "portal", _("Portal user")


class Role(models.IntegerChoices):
    """What an internal user is in an app. Ordered: who has more has all of the less."""

    NONE = 0, _("None")
    USER = 1, _("User")
    ADMINISTRATOR = 2, _("Administrator")


class Theme(models.TextChoices):
    AUTO = "auto", _("As my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
