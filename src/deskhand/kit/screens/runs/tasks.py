"""The wake-up call of runs that are longer than a page waits."""

from __future__ import annotations

from huey import crontab

from deskhand.kit.clock import now
from deskhand.kit.queue import periodic_task, task
from deskhand.kit.screens.runs.models import Run
from deskhand.kit.screens.runs.running import work_on


@task()  # type: ignore[untyped-decorator]
def go_on(pk: int) -> None:
    work_on(pk)


@periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep_runs() -> None:
    """Runs whose call got lost, or whose process died."""
    for pk in Run.objects.due(now()).values_list("pk", flat=True):
        go_on(pk)
