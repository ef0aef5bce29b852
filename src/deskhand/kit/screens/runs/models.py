from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from deskhand.kit.work.models import WorkItem, WorkQuerySet


class RunQuerySet(WorkQuerySet["Run"]):
    def visible_to(self, user: Any) -> RunQuerySet:
        """What somebody did is their own affair."""
        return self.filter(user=user.pk)


class Run(WorkItem):
    """A mass action on its way. ``screen`` and ``action`` name what is done, ``values`` what was typed with it (as it
    was posted), ``keys`` the records, in the order of the list.

    ``undoes``: this run takes back what that one changed; only once.
    """

    screen = models.CharField(max_length=100)
    action = models.CharField(max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    values = models.TextField(blank=True)
    keys = models.JSONField()
    undoes = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="undone_by")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="run_due")]

    def __str__(self) -> str:
        return f"{self.action} {self.screen}"


class Outcome(models.TextChoices):
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Was so already")
    REFUSED = "refused", _("Refused")


class Step(models.Model):
    """What became of one record. ``before`` is what the action wants to know to take it back; ``name`` and ``sentence``
    are for people, in the language of the person who did it.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    key = models.BigIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome)
    name = models.CharField(max_length=300, blank=True)
    sentence = models.TextField(blank=True)
    before = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="one_step_a_record")]

    def __str__(self) -> str:
        return f"{self.key}: {self.outcome}"
