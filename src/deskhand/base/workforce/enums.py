from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class LeaveLength(models.TextChoices):
    """How long somebody is away: whole days, half a day, or from a time to a time."""

    DAYS = "days", _("Whole days")
    MORNING = "morning", _("A morning")
    AFTERNOON = "afternoon", _("An afternoon")
    HOURS = "hours", _("Some hours")


class LeaveState(models.TextChoices):
    REQUESTED = "requested", _("To approve")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
