from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.chatter.enums import MessageKind, Sharing, Via
from deskhand.base.chatter.querysets import (
    CannedResponseQuerySet,
    FollowerQuerySet,
    MessageQuerySet,
    UnsentQuerySet,
)
from deskhand.base.contacts.public import Contact
from deskhand.base.files.public import Attachment
from deskhand.kit.search import TextIndex


class Message(models.Model):
    """One entry in the conversation of a record.

    ``body_html`` is cleaned HTML without the quoted text, which is ``quote_html``. ``changes`` (of a ``track`` entry)
    is a list of ``{"field", "label", "old", "new"}`` in words. ``author`` None: the desk itself. Of a note that was
    deleted (``deleted_at``) only the line remains; what it said before stands in ``versions``.
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
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)

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


#: What is said, for the search.
MESSAGE_TEXTS = TextIndex(Message, ("subject", "body_html"))


class NoteVersion(models.Model):
    """What a note said until it was edited or deleted."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="versions")
    body_html = models.TextField(blank=True)
    replaced_at = models.DateTimeField()

    objects: models.Manager[NoteVersion]

    class Meta:
        verbose_name = _("Earlier text")
        verbose_name_plural = _("Earlier texts")
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.message_id} {self.replaced_at:%Y-%m-%d %H:%M}"


class Follower(models.Model):
    """A contact who is told of what happens with a record, as far as they want it (``gets_…``).

    Notes and changes are for those who work here: to all others they never go, whatever stands here.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="followed")
    gets_messages = models.BooleanField(_("Messages"), default=True, db_default=True)
    gets_notes = models.BooleanField(_("Internal notes"), default=True, db_default=True)
    gets_stages = models.BooleanField(_("Stage changes"), default=False, db_default=False)
    gets_changes = models.BooleanField(_("Other changes"), default=False, db_default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Follower")
        verbose_name_plural = _("Followers")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id", "contact"], name="follows_once")]

    def __str__(self) -> str:
        return str(self.contact)


class Unsent(models.Model):
    """What a user began to write into a conversation: it outlives the page, the browser and the machine.

    ``kind`` is the composer it stands in. ``cc`` is as it was typed, ``mentions`` are ids of
    users who were chosen to be called by name.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=7, choices=MessageKind)
    body = models.TextField(blank=True)
    cc = models.CharField(max_length=1000, blank=True)
    mentions = models.JSONField(default=list, blank=True)
    files = models.ManyToManyField(Attachment, related_name="unsent", blank=True)
    updated_at = models.DateTimeField()

    objects = UnsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Draft")
        verbose_name_plural = _("Drafts")
        constraints = [
            models.UniqueConstraint(fields=["user", "content_type", "object_id", "kind"], name="one_draft_per_composer")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.object_id}"


class CannedResponse(models.Model):
    """A text that ``:shortcut`` puts into a composer.

    For its owner alone, for one group of records (``audience``: such as a team), or for everybody. ``text`` is plain,
    with placeholders as templates have them (``{{ ticket.title }}``).
    """

    shortcut = models.CharField(_("Shortcut"), max_length=40)
    text = models.TextField(_("Text"))
    sharing = models.CharField(_("Used by"), max_length=6, choices=Sharing, default=Sharing.OWN)
    owner = models.ForeignKey(User, verbose_name=_("Owner"), on_delete=models.PROTECT, related_name="+")
    audience_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    audience_id = models.PositiveBigIntegerField(null=True)

    objects = CannedResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Canned response")
        verbose_name_plural = _("Canned responses")
        ordering = ["shortcut", "pk"]

    def __str__(self) -> str:
        return f":{self.shortcut}"
