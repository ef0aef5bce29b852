"""``deskhand worker``: takes tasks from the queue, and wakes the periodic ones."""

from __future__ import annotations

import argparse
import gc
import logging
import signal
import threading
import time
from typing import Any

from deskhand.config import env, exits
from deskhand.config.processes import give_memory_back, require_migrated_database, trim_memory

EPILOG = "Any number of workers may run at the same time with REDIS_URL. Ctrl+C or SIGTERM ends it, after what it does."
logger = logging.getLogger(__name__)
#: How long a task may lie in a queue that has to be asked (SQLite), in seconds.
_LONGEST_NAP = 0.4
#: Objects made before the collector looks for circles among them; a mail makes thousands that are in none.
_GARBAGE = 20_000
_GRACE_SECONDS = 10
_HEALTH_SECONDS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--threads", type=int, default=env.number("WORKER_THREADS", 2), help="tasks at the same time (%(default)s)"
    )


def run(options: argparse.Namespace) -> int:
    load()
    require_migrated_database()
    consumer = _make_consumer(options.threads)
    stop = threading.Event()
    consumer.start()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    logger.info("The worker is ready (threads: %s).", options.threads)
    _say_so()
    while not stop.wait(_HEALTH_SECONDS):
        consumer.check_worker_health()
        _say_so()
    consumer.stop(graceful=True)
    return exits.OK


def _say_so() -> None:
    from deskhand.config.health import say_worker_is_here

    try:
        say_worker_is_here()
    except Exception as error:  # noqa: BLE001  # Redis is away, or the queue's file: the work waits as well
        logger.warning("Nobody was told that the worker is here: %s", error)


def load() -> None:
    """Import what tasks need, and nothing else: pages only for their addresses, which stand in mails, and no API, whose
    libraries weigh as much as all that a worker does."""
    import django
    from django.conf import settings
    from django.urls import get_resolver
    from django.utils.module_loading import autodiscover_modules

    give_memory_back()
    django.setup()
    settings.ROOT_URLCONF = "deskhand.config.pages"
    autodiscover_modules("tasks")
    _ = get_resolver().url_patterns


def _make_consumer(threads: int) -> Any:
    from django.db import close_old_connections

    from deskhand.config import metrics
    from deskhand.kit.queue import queue

    metrics.start("worker")
    _tell_of_tasks(queue)
    # A connection lives as long as it does in a request: one that broke since the last task is not used again.
    queue.pre_execute("close_old_connections")(lambda _: close_old_connections())
    queue.post_execute("close_old_connections")(lambda *_: close_old_connections())
    logging.getLogger("huey").addFilter(OneSentence())
    for name in ("Worker", "Scheduler"):
        logging.getLogger(f"huey.consumer.{name}").addFilter(OneSentence())
    logging.getLogger("huey").setLevel(logging.WARNING)
    # What is loaded now stays: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    trim_memory()
    gc.set_threshold(_GARBAGE)
    return queue.create_consumer(
        workers=threads,
        max_delay=_LONGEST_NAP,
        shutdown_timeout=_GRACE_SECONDS,
        health_check_interval=_HEALTH_SECONDS,
    )


def _tell_of_tasks(queue: Any) -> None:
    """Each task leaves a line in the log and its time in the figures: its name, and nothing of what it is about."""
    from huey.signals import SIGNAL_COMPLETE, SIGNAL_ERROR, SIGNAL_EXECUTING

    from deskhand.kit import figures

    begun: dict[str, float] = {}
    log = logging.getLogger("deskhand.tasks")

    def begin(_signal: str, task: Any, *_: Any) -> None:
        begun[task.id] = time.perf_counter()

    def end(signal: str, task: Any, *_: Any) -> None:
        seconds = time.perf_counter() - begun.pop(task.id, time.perf_counter())
        failed = signal == SIGNAL_ERROR
        figures.count_task(task.name, seconds, failed=failed)
        beside = {"task": task.name, "ms": round(seconds * 1000, 1), "failed": failed}
        log.info("task", extra={"beside": beside})

    queue.signal(SIGNAL_EXECUTING)(begin)
    queue.signal(SIGNAL_COMPLETE, SIGNAL_ERROR)(end)


class OneSentence(logging.Filter):
    """Database or queue away: a sentence now and then instead of a traceback per attempt."""

    QUIET_SECONDS = 30.0

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        reason = exits.explained(error) if isinstance(error, Exception) else None
        if reason is None:
            return True
        record.msg, record.args, record.exc_info = f"{reason} Until then the work waits.", (), None
        said, now = self._said.get(record.msg), time.monotonic()
        if said is not None and now - said < self.QUIET_SECONDS:
            return False
        self._said[record.msg] = now
        return True
