from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Due(models.TextChoices):
    """How an activity stands to today."""

    OVERDUE = "overdue", _("Overdue")
    TODAY = "today", _("Today")
    PLANNED = "planned", _("Planned")

    @classmethod
    def of(cls, due_on: date, today: date) -> Due:
        """``today`` is the day of the person who looks."""
        if due_on < today:
            return cls.OVERDUE
        return cls.TODAY if due_on == today else cls.PLANNED


class TypeIcon(models.TextChoices):
    """Pictures for types of activities; names of icons."""

    TASK = "checklist", _("Task")
    CALL = "phone", _("Call")
    MAIL = "mail", _("Email")
    MEETING = "calendar-event", _("Meeting")
    FILE = "upload", _("Document")
    VISIT = "map-pin", _("Visit")
    REMINDER = "alarm", _("Reminder")
