from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.public import Message
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.enums import Afterwards, BoxKind, Outcome, Security
from deskhand.base.mail.querysets import (
    IncomingMailQuerySet,
    IncomingServerQuerySet,
    OutgoingMailQuerySet,
    OutgoingServerQuerySet,
)
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


class MailSetup(models.Model):
    """Whether the servers that administrators keep here are used; one row, none: they are not."""

    uses_custom_servers = models.BooleanField(_("Custom Email Servers"), default=False)

    def __str__(self) -> str:
        return "on" if self.uses_custom_servers else "off"


class MailServer(models.Model):
    """What outgoing and incoming servers have in common.

    ``sealed_password`` is sealed by :mod:`deskhand.kit.sealing`. ``trusted_certificate`` (PEM) is trusted besides those
    that the machine trusts. ``last_error``: a sentence; empty: it worked at ``checked_at``, or was not used yet.
    """

    name = models.CharField(_("Name"), max_length=80)
    host = models.CharField(_("Server"), max_length=253)
    port = models.PositiveIntegerField(_("Port"))
    security = models.CharField(_("Encryption"), max_length=8, choices=Security, default=Security.TLS)
    username = models.CharField(_("User"), max_length=254, blank=True)
    sealed_password = models.TextField(blank=True, editable=False)
    trusted_certificate = models.TextField(_("Trusted certificate"), blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    checked_at = models.DateTimeField(_("Last used"), null=True, editable=False)
    last_error = models.TextField(_("Reason"), blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """``mail.nordlys.example:465``"""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class OutgoingServer(MailServer):
    """A server that mails leave by.

    ``from_filter``: senders whose mails it takes, addresses and domains in small letters with commas; empty: all.
    ``priority``: of several that fit equally well the lowest is taken; the next one while it is away.
    """

    from_filter = models.CharField(_("From filter"), max_length=500, blank=True)
    priority = models.PositiveSmallIntegerField(_("Priority"), default=10)

    objects = OutgoingServerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Outgoing mail server")
        verbose_name_plural = _("Outgoing mail servers")
        ordering = ["priority", "pk"]

    def fitness(self, sender: str) -> int:
        """How well it fits a sender's address: 3 named itself, 2 its domain, 1 takes all, 0 not at all."""
        senders = [word for word in self.from_filter.split(", ") if word]
        if not senders:
            return 1
        address = sender.lower()
        return 3 if address in senders else 2 if address.rpartition("@")[2] in senders else 0


class IncomingServer(MailServer):
    """A mailbox that the worker reads.

    ``otherwise_to``: an address of ours that gets the messages that name none; empty: they are kept with that reason.
    ``due_at``: not read before this moment; ``claimed_at``: a worker reads it since then. ``failures``: in a row.
    """

    kind = models.CharField(_("Protocol"), max_length=4, choices=BoxKind, default=BoxKind.IMAP)
    folder = models.CharField(_("Folder"), max_length=200, default="INBOX")
    afterwards = models.CharField(_("Afterwards"), max_length=6, choices=Afterwards, default=Afterwards.KEEP)
    move_to = models.CharField(_("Move to"), max_length=200, blank=True)
    otherwise_to = models.EmailField(_("Otherwise to"), blank=True)
    fetched_at = models.DateTimeField(_("Last fetched"), null=True, editable=False)
    due_at = models.DateTimeField(_("Next attempt"), editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)

    objects = IncomingServerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Incoming mail server")
        verbose_name_plural = _("Incoming mail servers")
        ordering = ["name", "pk"]


class PassedMessage(models.Model):
    """A message in a mailbox that is not fetched again: it lies there fetched (POP3 marks nothing), or ``reason`` says
    why it was left. ``uid`` is what the server calls it, for ever."""

    server = models.ForeignKey(IncomingServer, on_delete=models.CASCADE, related_name="passed")
    uid = models.CharField(max_length=120)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    size = models.PositiveBigIntegerField(_("Size in bytes"), default=0)
    sender = models.CharField(_("From"), max_length=320, blank=True)
    subject = models.CharField(_("Subject"), max_length=500, blank=True)
    noted_at = models.DateTimeField(_("When"))

    class Meta:
        verbose_name = _("Message left in a mailbox")
        verbose_name_plural = _("Messages left in a mailbox")
        ordering = ["-noted_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["server", "uid"], name="passed_once")]

    def __str__(self) -> str:
        return self.subject or self.uid


class OutgoingMail(WorkItem):
    """A mail to one person, written in the transaction of the fact it tells of, sent by the worker afterwards.

    ``html`` and ``text`` are emptied once the mail is sent: what it said stands in ``chatter_message``, and the
    personal link in it grants rights. ``server`` is what it left by; None: that of the environment.
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
    server = models.ForeignKey(
        OutgoingServer, verbose_name=_("Server"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

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
