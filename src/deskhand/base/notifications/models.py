from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.activities.public import Activity
from deskhand.base.chatter.public import Message
from deskhand.base.notifications.enums import Way, Why
from deskhand.base.notifications.querysets import NotificationQuerySet


class Notification(models.Model):
    """Something that a user is told of. What it says is read from the message or activity, when it is shown.

    ``mailed_at``: when it went into a digest.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(_("Why"), max_length=8, choices=Why)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("When"))
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Notification")
        verbose_name_plural = _("Notifications")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notification_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.why}"


class NotificationChoice(models.Model):
    """How a user wants to be told; who never chose gets mails."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="notification_choice")
    way = models.CharField(_("Notifications"), max_length=6, choices=Way, default=Way.MAIL)

    class Meta:
        verbose_name = _("Way of being told")

    def __str__(self) -> str:
        return f"{self.user_id} {self.way}"
