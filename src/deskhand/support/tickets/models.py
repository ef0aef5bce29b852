from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.kit.search import TextIndex
from deskhand.support.teams.public import Stage, Tag, Team
from deskhand.support.tickets.enums import CardState, Channel, Priority
from deskhand.support.tickets.querysets import TicketQuerySet


class Ticket(models.Model):
    """What a customer needs, from the first message to the closing stage.

    ``company`` is the team's. ``closed_at`` is set exactly while the stage is folded; ``first_closed_at`` and
    ``reopen_count`` are for reports. ``position`` is the manual order within priority and column. ``customer_name``,
    ``…_email``, ``…_phone`` keep what the customer said, also when there is no contact. ``version`` grows with every
    edit of the fields, so that nobody overwrites somebody else's silently.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(_("Number"))
    title = models.CharField(_("Title"), max_length=500)
    description = models.TextField(_("Description"), blank=True)
    team = models.ForeignKey(Team, verbose_name=_("Helpdesk Team"), on_delete=models.PROTECT, related_name="tickets")
    stage = models.ForeignKey(Stage, verbose_name=_("Stage"), on_delete=models.PROTECT, related_name="tickets")
    priority = models.PositiveSmallIntegerField(_("Priority"), choices=Priority, default=Priority.LOW)
    card_state = models.CharField(_("State"), max_length=8, choices=CardState, default=CardState.IN_PROGRESS)
    assignee = models.ForeignKey(
        User,
        verbose_name=_("Assigned to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tickets",
    )
    customer = models.ForeignKey(
        Contact,
        verbose_name=_("Customer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tickets",
    )
    customer_name = models.CharField(_("Customer name"), max_length=200, blank=True)
    customer_email = models.EmailField(_("Email"), blank=True)
    customer_phone = models.CharField(_("Phone"), max_length=40, blank=True)
    tags = models.ManyToManyField(Tag, verbose_name=_("Tags"), related_name="tickets", blank=True)
    channel = models.CharField(_("Received by"), max_length=4, choices=Channel, default=Channel.HAND)
    position = models.FloatField(default=0)
    created_at = models.DateTimeField(_("Created on"))
    updated_at = models.DateTimeField(_("Updated on"))
    first_assigned_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(_("Closed on"), null=True, blank=True)
    first_closed_at = models.DateTimeField(null=True, blank=True)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    is_archived = models.BooleanField(_("Archived"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ticket")
        verbose_name_plural = _("Tickets")
        ordering = ["-priority", "position", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="ticket_number_once"),
            models.CheckConstraint(condition=Q(priority__lte=Priority.URGENT), name="ticket_priority_is_stars"),
        ]
        indexes = [
            models.Index(
                fields=["team", "stage", "-priority", "position", "-id"],
                condition=Q(is_archived=False),
                name="ticket_board",
            ),
            models.Index(
                fields=["team", "stage", "card_state"], condition=Q(is_archived=False), name="ticket_stage_counts"
            ),
            models.Index(fields=["-priority", "position", "-id"], name="ticket_order"),
            models.Index(
                fields=["-priority", "position", "-id"],
                condition=Q(closed_at=None, is_archived=False),
                name="ticket_open_order",
            ),
            models.Index(fields=["assignee", "closed_at"], name="ticket_assignee_open"),
            models.Index(
                fields=["closed_at", "team"],
                condition=Q(closed_at__isnull=False, is_archived=False),
                name="ticket_closed_lately",
            ),
            models.Index(fields=["customer", "-created_at"], name="ticket_customer"),
            models.Index(fields=["-created_at"], name="ticket_created"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """The number as people say it: ``#00042``."""
        return f"#{self.number:05d}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


#: For the search, beside what is said in the conversation.
TICKET_TEXTS = TextIndex(Ticket, ("title", "customer_name", "customer_email", "description"))


class StageStay(models.Model):
    """A ticket's time in a stage. The open one is the present; SLA and reports are computed from these."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="stays")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["ticket"], condition=Q(left_at=None), name="one_present_stay")]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.stage_id}"


class TicketLink(models.Model):
    """A personal link to one ticket, for a contact without an account (IN-6). Only the token's hash is kept."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ticket_id} for {self.contact_id}"
