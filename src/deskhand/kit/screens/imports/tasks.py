"""The wake-up calls of imports, and the end of their files."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage
from huey import crontab

from deskhand.kit.clock import now
from deskhand.kit.queue import periodic_task, task
from deskhand.kit.screens.imports.models import Import
from deskhand.kit.screens.imports.working import work_on

#: How long what was uploaded is kept.
_KEPT = timedelta(days=7)


@task()  # type: ignore[untyped-decorator]
def take_up(pk: int) -> None:
    work_on(pk)


@periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep_imports() -> None:
    """Imports whose call got lost, or whose process died: their transaction was rolled back with it."""
    for pk in Import.objects.due(now()).filter(is_wanted=True).values_list("pk", flat=True):
        take_up(pk)


@periodic_task(crontab(hour="3", minute="20"))  # type: ignore[untyped-decorator]
def forget_imports() -> None:
    for work in Import.objects.filter(created_at__lt=now() - _KEPT):
        default_storage.delete(work.path)
        work.delete()
