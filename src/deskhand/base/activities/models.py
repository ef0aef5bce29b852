from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.activities.enums import TypeIcon
from deskhand.base.activities.querysets import ActivityQuerySet, ActivityTypeQuerySet


class ActivityType(models.Model):
    """What is to be done: *Call*, *Meeting*. Unless somebody says otherwise, it is due after ``default_days``."""

    name = models.CharField(_("Name"), max_length=60)
    icon = models.CharField(_("Icon"), max_length=20, choices=TypeIcon, default=TypeIcon.TASK)
    default_days = models.PositiveSmallIntegerField(
        _("Due after (days)"), default=1, help_text=_("From the day it is scheduled; 0 is the same day.")
    )
    default_summary = models.CharField(_("Summary"), max_length=200, blank=True, help_text=_("Filled in for you."))
    position = models.PositiveIntegerField(default=10)
    is_active = models.BooleanField(_("Active"), default=True)

    objects = ActivityTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Activity type")
        verbose_name_plural = _("Activity types")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """Something that somebody is to do about a record by a day. Done ones stay, with what came of them."""

    content_type = models.ForeignKey(ContentType, verbose_name=_("About"), on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    kind = models.ForeignKey(ActivityType, verbose_name=_("Type"), on_delete=models.PROTECT, related_name="activities")
    summary = models.CharField(_("Summary"), max_length=200, blank=True)
    note = models.TextField(_("Note"), blank=True)
    due_on = models.DateField(_("Due date"))
    assignee = models.ForeignKey(
        User, verbose_name=_("Assigned to"), on_delete=models.PROTECT, related_name="activities"
    )
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("Created on"))
    done_at = models.DateTimeField(_("Done on"), null=True, blank=True)
    feedback = models.TextField(_("Feedback"), blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("Activity")
        verbose_name_plural = _("Activities")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], condition=Q(done_at=None), name="activity_record"),
            models.Index(fields=["assignee", "due_on"], condition=Q(done_at=None), name="activity_assignee"),
        ]

    def __str__(self) -> str:
        return self.summary or self.kind.name
