from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.public import Message
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.querysets import IncomingMailQuerySet, OutgoingMailQuerySet
from deskhand.kit.work.models import WorkItem


class IncomingMail(WorkItem):
    """A mail as it came, stored before anybody reads it. Never changed, never deleted by a cascade.

    ``raw`` is the message byte for byte; ``digest`` (SHA-256 of ``raw`` and recipients) makes the same delivery one
    row. ``outcome`` and ``explanation`` say what became of it and why; ``content_type``/``object_id`` point to the
    record it made or joined.
    """

    raw = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField(_("Size in bytes"))
    sender = models.CharField(_("Envelope sender"), max_length=320, blank=True)
    recipients = models.JSONField(_("Envelope recipients"), default=list)
    received_via = models.CharField(_("Received by"), max_length=8, default="smtp")
    received_at = models.DateTimeField(_("Received on"))
    message_id = models.CharField(_("Message-ID"), max_length=255, blank=True, db_index=True)
    from_address = models.CharField(_("From"), max_length=320, blank=True)
    subject = models.CharField(_("Subject"), max_length=500, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=9, choices=Outcome, default=Outcome.PENDING)
    explanation = models.CharField(_("Explanation"), max_length=300, blank=True)
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    chatter_message = models.OneToOneField(Message, null=True, on_delete=models.PROTECT, related_name="incoming_mail")

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("Incoming mail")
        verbose_name_plural = _("Incoming mails")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="incoming_due"),
            models.Index(fields=["content_type", "object_id"], name="incoming_record"),
            models.Index(fields=["from_address", "received_at"], name="incoming_sender"),
        ]

    def __str__(self) -> str:
        return self.subject or str(_("(no subject)"))


class OutgoingMail(WorkItem):
    """A mail to one person, written in the transaction of the fact it tells of, sent by the worker afterwards.

    ``html`` and ``text`` are emptied once the mail is sent: what it said stands in ``chatter_message``, and the
    personal link in it grants rights.
    """

    chatter_message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="outgoing_mails")
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    to_contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    to_address = models.EmailField(_("To"))
    to_name = models.CharField(max_length=200, blank=True)
    from_address = models.EmailField(_("From"))
    from_name = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(_("Subject"), max_length=500)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=255, unique=True)
    in_reply_to = models.CharField(max_length=255, blank=True)
    references = models.TextField(blank=True)
    is_automatic = models.BooleanField(_("Automatic"), default=False)
    created_at = models.DateTimeField(_("Created on"))
    sent_at = models.DateTimeField(_("Sent on"), null=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("Outgoing mail")
        verbose_name_plural = _("Outgoing mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="outgoing_due"),
            models.Index(fields=["content_type", "object_id"], name="outgoing_record"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to_address}"


class MailTemplate(models.Model):
    """What the desk writes by itself. Placeholders such as ``{{ ticket.title }}`` are filled in per mail."""

    name = models.CharField(_("Name"), max_length=120, unique=True)
    key = models.SlugField(max_length=60, unique=True, null=True, blank=True, editable=False)
    about = models.CharField(max_length=40, editable=False, help_text="The kind of record: ticket, …")
    subject = models.CharField(_("Subject"), max_length=200)
    body_html = models.TextField(_("Text"))

    class Meta:
        verbose_name = _("Email template")
        verbose_name_plural = _("Email templates")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
