from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from deskhand.kit.work.models import WorkItem, WorkQuerySet


class ImportQuerySet(WorkQuerySet["Import"]):
    def visible_to(self, user: Any) -> ImportQuerySet:
        """What somebody imports is their own affair."""
        return self.filter(user=user.pk)


class Import(WorkItem):
    """A file that somebody wants to have as records. The file is stored before anything else is done with it.

    ``mapping``: the field of each column of the file, empty: left out. ``key``: the field by which records that are
    there already are recognised; empty: all rows become new ones. ``is_wanted``: somebody has said go; until then
    nobody takes it up. ``is_trial``: only look whether it would work.

    ``problems``: row (counted as in the file), heading, what stands there, and a sentence. With any of them nothing
    is written.
    """

    screen = models.CharField(max_length=100)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    path = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100, blank=True)
    mapping = models.JSONField(default=list)
    key = models.CharField(max_length=60, blank=True)
    is_wanted = models.BooleanField(default=False)
    is_trial = models.BooleanField(default=True)
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="import_due")]

    def __str__(self) -> str:
        return self.name
