"""Work that must not be lost is a row with a state; the queue's task is only the wake-up call."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

#: After this long without an end, a claim is taken for the claim of a process that died.
CLAIM_EXPIRES_AFTER = timedelta(minutes=10)


class WorkState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    WORKING = "working", _("In progress")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


Item = TypeVar("Item", bound="WorkItem")


class WorkQuerySet(models.QuerySet[Item]):
    """Vocabulary for rows of work."""

    def due(self, at: datetime) -> Self:
        """Rows that somebody should take up now, those of dead processes included."""
        abandoned = Q(state=WorkState.WORKING, claimed_at__lt=at - CLAIM_EXPIRES_AFTER)
        return self.filter(Q(state=WorkState.WAITING, due_at__lte=at) | abandoned)

    def failed(self) -> Self:
        return self.filter(state=WorkState.FAILED)

    def claim(self, pk: int, *, at: datetime) -> bool:
        """Take one row up. True for exactly one of many who try at the same time: one conditional UPDATE."""
        taken = self.due(at).filter(pk=pk).update(state=WorkState.WORKING, claimed_at=at, attempts=F("attempts") + 1)
        return taken == 1


class WorkItem(models.Model):
    """A row of work. ``due_at``: not before this moment. ``last_error``: a sentence for the person who looks."""

    state = models.CharField(_("State"), max_length=8, choices=WorkState, default=WorkState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    due_at = models.DateTimeField(_("Next attempt"))
    claimed_at = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(_("Reason"), blank=True)

    class Meta:
        abstract = True
