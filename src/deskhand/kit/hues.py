"""The colours that people give to tags and types."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Hue(models.IntegerChoices):
    """What has one also says its name; red, amber and green are kept for deadlines and states."""

    GREY = 0, _("Grey")
    PINK = 1, _("Pink")
    BROWN = 2, _("Brown")
    OLIVE = 3, _("Olive")
    BLUE = 4, _("Blue")
    VIOLET = 5, _("Violet")
    TEAL = 6, _("Teal")
