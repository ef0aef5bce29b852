"""Work that must not be lost is a row with a state; the queue's task is only the wake-up call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models, transaction
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
    """Vocabulary for rows of work. ``claim_lasts``: less than usual where work that two do at once is done once."""

    claim_lasts = CLAIM_EXPIRES_AFTER

    def due(self, at: datetime) -> Self:
        """Rows that somebody should take up now, those of dead processes included."""
        return self.filter(_waiting(at) | self._abandoned(at))

    def failed(self) -> Self:
        return self.filter(state=WorkState.FAILED)

    def claim(self, pk: int, *, at: datetime) -> bool:
        """Take one row up. True for exactly one of many who try at the same time: one conditional UPDATE."""
        taken = self.due(at).filter(pk=pk).update(state=WorkState.WORKING, claimed_at=at, attempts=F("attempts") + 1)
        return taken == 1

    def claim_batch(self, *, at: datetime, most: int) -> list[Item]:
        """Take up rows that are due, the longest waiting first; when none waits, those of dead processes.

        Of many who try at the same time each gets others. What is not done in the end is given back with
        :meth:`give_back`. Three statements, five for nothing.
        """
        waiting, abandoned = self.filter(_waiting(at)), self.filter(self._abandoned(at))
        with transaction.atomic():
            rows = _locked(waiting.order_by("due_at")[:most]) or _locked(abandoned.order_by("claimed_at")[:most])
            if rows:
                taken = self.filter(pk__in=[row.pk for row in rows])
                taken.update(state=WorkState.WORKING, claimed_at=at, attempts=F("attempts") + 1)
        for row in rows:
            row.state, row.claimed_at, row.attempts = WorkState.WORKING, at, row.attempts + 1
        return rows

    def _abandoned(self, at: datetime) -> Q:
        return Q(state=WorkState.WORKING, claimed_at__lt=at - self.claim_lasts)

    def give_back(self, rows: Sequence[Item]) -> None:
        """Let others take up what was claimed and not begun. One statement; none for nothing."""
        for row in rows[:1]:
            ours = self.filter(pk__in=[one.pk for one in rows], state=WorkState.WORKING, claimed_at=row.claimed_at)
            ours.update(state=WorkState.WAITING, claimed_at=None, attempts=F("attempts") - 1)


def _waiting(at: datetime) -> Q:
    return Q(state=WorkState.WAITING, due_at__lte=at)


def _locked(rows: WorkQuerySet[Item]) -> list[Item]:
    return list(rows.select_for_update(skip_locked=True))


class WorkItem(models.Model):
    """A row of work. ``due_at``: not before this moment. ``last_error``: a sentence for the person who looks."""

    state = models.CharField(_("State"), max_length=8, choices=WorkState, default=WorkState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    due_at = models.DateTimeField(_("Next attempt"))
    claimed_at = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(_("Reason"), blank=True)

    class Meta:
        abstract = True
