"""``/metrics``: figures for Prometheus, for whoever has ``METRICS_TOKEN``; without it there is no such page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deskhand import __version__
from deskhand.config import env
from deskhand.config.health import seconds_since_worker
from deskhand.kit import figures
from deskhand.kit.clock import now
from deskhand.kit.work.models import WorkItem, WorkState

_KINDS = ("web", "worker")
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


def start(kind: str) -> None:
    """Count what a process of that kind does, if somebody wants to know."""
    if settings.METRICS_TOKEN:
        figures.start(_folder(kind))


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Two queries and one for each kind of work. No label names anybody."""
    if not settings.METRICS_TOKEN:
        raise Http404
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not constant_time_compare(token.strip(), settings.METRICS_TOKEN):
        answer = HttpResponse("Send METRICS_TOKEN: Authorization: Bearer …\n", status=401, content_type="text/plain")
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    return HttpResponse(figures.text_of([_folder(kind) for kind in _KINDS], _Now()), content_type=_TEXT)


def _folder(kind: str) -> Path:
    return env.HOME / "metrics" / kind


class _Now:
    """What is so at the moment of asking, seen from the database; the same whichever process is asked."""

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

        yield InfoMetricFamily("deskhand", "What runs here.", {"version": __version__, "database": connection.vendor})
        begun_at = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        seconds = time.perf_counter() - begun_at
        yield GaugeMetricFamily("deskhand_database_ping_seconds", "How long the database takes to answer.", seconds)
        seen = seconds_since_worker()
        if seen is not None:
            yield GaugeMetricFamily("deskhand_worker_seen_seconds", "Since a worker was last seen.", seen)
        waiting = GaugeMetricFamily("deskhand_work_waiting", "Work to be done, by kind.", labels=["kind"])
        failed = GaugeMetricFamily("deskhand_work_failed", "Work that was given up, by kind.", labels=["kind"])
        oldest = GaugeMetricFamily(
            "deskhand_work_overdue_seconds", "For how long the oldest work that is due waits.", labels=["kind"]
        )
        for kind, counts in _work():
            waiting.add_metric([kind], counts["waiting"])
            failed.add_metric([kind], counts["failed"])
            oldest.add_metric([kind], counts["overdue"])
        yield from (waiting, failed, oldest)


def _work() -> Iterator[tuple[str, dict[str, float]]]:
    at = now()
    is_open = Q(state__in=[WorkState.WAITING, WorkState.WORKING])
    for model in apps.get_models():
        if issubclass(model, WorkItem):
            counts = model._base_manager.filter(is_open | Q(state=WorkState.FAILED)).aggregate(  # noqa: SLF001
                waiting=Count("pk", filter=is_open),
                failed=Count("pk", filter=Q(state=WorkState.FAILED)),
                due=Min("due_at", filter=is_open & Q(due_at__lte=at)),
            )
            overdue = (at - counts["due"]).total_seconds() if counts["due"] else 0
            yield model._meta.label_lower, {**counts, "overdue": overdue}  # noqa: SLF001
