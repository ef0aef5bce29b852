from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.enums import MessageKind, Via
from deskhand.base.chatter.querysets import FollowerQuerySet, MessageQuerySet
from deskhand.base.contacts.public import Contact
from deskhand.base.files.public import Attachment


class Message(models.Model):
    """One entry in the conversation of a record.

    ``body_html`` is cleaned HTML without the quoted text, which is ``quote_html``. ``changes`` (of a ``track`` entry)
    is a list of ``{"field", "label", "old", "new"}`` in words. ``author`` None: the desk itself.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=7, choices=MessageKind)
    via = models.CharField(max_length=9, choices=Via, default=Via.PAGE)
    author = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    from_internal = models.BooleanField(default=False, help_text="Written by an internal user.")
    subject = models.CharField(max_length=500, blank=True)
    body_html = models.TextField(blank=True)
    quote_html = models.TextField(blank=True)
    changes = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why a mail landed here, in words.")
    message_id = models.CharField(max_length=255, blank=True, db_index=True)
    attachments = models.ManyToManyField(Attachment, related_name="messages", blank=True)
    created_at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("Message")
        verbose_name_plural = _("Messages")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "-created_at"], name="message_record")]

    def __str__(self) -> str:
        return self.subject or f"{self.get_kind_display()} {self.pk}"

    @property
    def is_public(self) -> bool:
        """Whether the customer may read it."""
        return self.kind == MessageKind.MESSAGE

    @property
    def is_automatic(self) -> bool:
        return self.via == Via.AUTOMATIC


class Follower(models.Model):
    """A contact who is told of what happens with a record."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="followed")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Follower")
        verbose_name_plural = _("Followers")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "contact"], name="follows_once")]

    def __str__(self) -> str:
        return str(self.contact)
