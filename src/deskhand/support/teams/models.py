from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.public import Company
from deskhand.base.mail.public import MailTemplate
from deskhand.kit.hues import Hue
from deskhand.support.teams.enums import Visibility
from deskhand.support.teams.querysets import StageQuerySet, TeamQuerySet


class Stage(models.Model):
    """A step of a pipeline, shared between teams of its company or one team's own (TEAM-7).

    A ticket in a folded stage is closed. ``position`` is the order within the company, and so in every pipeline.
    Stages ``for_new_teams`` are the pipeline that a new team starts with and shares.
    """

    company = models.ForeignKey(Company, verbose_name=_("Company"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=80)
    position = models.PositiveIntegerField(_("Position"), default=10)
    is_folded = models.BooleanField(
        _("Folded in Kanban"), default=False, help_text=_("Tickets in a folded stage are closed.")
    )
    mail_template = models.ForeignKey(
        MailTemplate,
        verbose_name=_("Email Template"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Sent to the customer each time a ticket reaches this stage."),
    )
    description = models.TextField(_("Description"), blank=True)
    for_new_teams = models.BooleanField(
        _("Given to new teams"), default=False, help_text=_("A new team of the company starts with this stage.")
    )
    is_active = models.BooleanField(_("Active"), default=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("Stage")
        verbose_name_plural = _("Stages")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A helpdesk team with its pipeline. ``description`` is for customers (TEAM-2)."""

    company = models.ForeignKey(Company, verbose_name=_("Company"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=120)
    description = models.TextField(_("Description"), blank=True)
    visibility = models.CharField(_("Visibility"), max_length=7, choices=Visibility, default=Visibility.PUBLIC)
    stages = models.ManyToManyField(Stage, verbose_name=_("Stages"), related_name="teams")
    position = models.PositiveIntegerField(default=10)
    is_active = models.BooleanField(_("Active"), default=True)
    created_at = models.DateTimeField(_("Created on"), auto_now_add=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("Helpdesk Team")
        verbose_name_plural = _("Helpdesk Teams")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint("company", Lower("name"), condition=Q(is_active=True), name="team_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """What a ticket is about."""

    name = models.CharField(_("Name"), max_length=60)
    color = models.PositiveSmallIntegerField(_("Color"), choices=Hue, default=Hue.GREY)

    objects: models.Manager[Tag]

    class Meta:
        verbose_name = _("Tag")
        verbose_name_plural = _("Tags")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="tag_name_once")]

    def __str__(self) -> str:
        return self.name


class FoldedColumn(models.Model):
    """A column that a user has folded away for themselves (**Fold**); closes nothing (CLOSE-1)."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team", "stage"], name="fold_column_once")]

    def __str__(self) -> str:
        return f"{self.team} / {self.stage}"
