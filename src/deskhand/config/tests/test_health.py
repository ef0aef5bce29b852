"""``/healthz``, ``/readyz`` and ``/metrics``: what monitoring asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from deskhand.base.mail.testing import make_outgoing
from deskhand.config import health
from deskhand.kit.clock import now
from deskhand.kit.queue import queue


@pytest.fixture
def worker() -> Iterator[None]:
    health.say_worker_is_here()
    yield
    queue.storage.pop_data("worker.seen")


@pytest.fixture
def no_worker() -> None:
    queue.storage.pop_data("worker.seen")


@pytest.fixture
def away(monkeypatch) -> None:
    def cursor() -> None:
        raise OperationalError("connection refused by 10.1.2.3")

    monkeypatch.setattr(connection, "cursor", cursor)


def asked(path: str) -> tuple[int, dict[str, Any]]:
    answer = Client().get(path)
    assert answer["Content-Type"] == "application/json"
    return answer.status_code, answer.json()


@pytest.mark.django_db
def test_healthz_is_well_while_the_database_answers(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert asked("/healthz") == (200, {"ok": True, "database": "ok"})


@pytest.mark.django_db
def test_healthz_says_that_the_database_is_away_and_not_where_it_is(away):
    assert asked("/healthz") == (503, {"ok": False, "database": "does not answer"})


@pytest.mark.django_db
def test_readyz_is_well_when_all_parts_are_there(worker, django_assert_num_queries):
    with django_assert_num_queries(2):
        code, said = asked("/readyz")

    assert (code, said) == (200, {"ok": True, "database": "ok", "tables": "ok", "queue": "ok", "worker": "ok"})


@pytest.mark.django_db
def test_readyz_names_what_is_missing(no_worker):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'tickets'")

    code, said = asked("/readyz")

    assert code == 503
    assert said["tables"].endswith("migrations are missing")
    assert said["worker"] == "has not been seen"


@pytest.mark.django_db
def test_readyz_knows_a_worker_that_has_gone(worker, monkeypatch):
    later = time.time() + 95
    monkeypatch.setattr(health.time, "time", lambda: later)

    code, said = asked("/readyz")

    assert code == 503
    assert said["worker"].startswith("was last seen 9")


@pytest.mark.django_db
def test_readyz_survives_a_queue_and_a_database_that_are_away(away, monkeypatch):
    def gone(key: str) -> None:
        raise ConnectionError(key)

    monkeypatch.setattr(queue.storage, "peek_data", gone)

    code, said = asked("/readyz")

    assert code == 503
    assert said == {
        "ok": False, "database": "does not answer", "tables": "unknown", "queue": "does not answer", "worker": "unknown"
    }  # fmt: skip


# ---- figures --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_there_are_no_metrics_without_a_token():
    assert Client().get("/metrics").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer wrong", "Basic secret", "secret"])
def test_metrics_are_for_who_has_the_token(settings, sent):
    settings.METRICS_TOKEN = "secret"

    answer = Client().get("/metrics", headers={"Authorization": sent} if sent else {})

    assert answer.status_code == 401
    assert b"deskhand_" not in answer.content


@pytest.mark.django_db
def test_metrics_tell_of_work_by_kind_and_name_nobody(settings, worker, django_assert_num_queries):
    settings.METRICS_TOKEN = "secret"
    make_outgoing(to_address="vera@customer.example", due_at=now() - timedelta(minutes=5))
    make_outgoing(state="failed")

    with django_assert_num_queries(6):  # the database, and the five kinds of work
        answer = Client().get("/metrics", headers={"Authorization": "Bearer secret"})

    said = answer.content.decode()
    assert 'deskhand_work_waiting{kind="mail.outgoingmail"} 1.0' in said
    assert 'deskhand_work_failed{kind="mail.outgoingmail"} 1.0' in said
    [overdue] = [line for line in said.splitlines() if line.startswith('deskhand_work_overdue_seconds{kind="mail.out')]
    assert 300 <= float(overdue.split()[-1]) < 360
    assert "deskhand_worker_seen_seconds" in said
    assert "deskhand_info{" in said
    assert "vera" not in said


COUNTED = """
import os, sys
from pathlib import Path
from deskhand.kit import figures
folder = Path(sys.argv[1])
figures.start(folder)
figures.count_request("GET", "/t/<str:token>/", 200, 0.02)
figures.count_socket(1)
if os.fork() == 0:
    figures.count_request("GET", "/t/<str:token>/", 200, 0.3)
    figures.count_mail("out", "done")
    figures.count_task("send", 0.1, failed=True)
    figures.count_socket(1)
    os._exit(0)
os.wait()
print(figures.text_of([folder]).decode())
"""


def test_what_processes_count_is_added_up_and_a_dead_one_has_no_sockets(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, str(tmp_path)], env=os.environ, capture_output=True, text=True, check=True
    )

    said = done.stdout
    labels = 'method="GET",route="/t/<str:token>/",status="200"'
    assert f"deskhand_request_seconds_count{{{labels}}} 2.0" in said
    assert f'deskhand_request_seconds_bucket{{le="0.025",{labels}}} 1.0' in said
    assert 'deskhand_mails_total{outcome="done",way="out"} 1.0' in said
    assert 'deskhand_task_failures_total{task="send"} 1.0' in said
    assert "deskhand_live_sockets 1.0" in said


def test_a_worker_says_nothing_of_sockets_so_that_each_figure_stands_once(tmp_path):
    statement = COUNTED.replace("figures.count_socket(1)", "pass")
    done = subprocess.run(
        [sys.executable, "-c", statement, str(tmp_path)], env=os.environ, capture_output=True, text=True, check=True
    )

    assert "deskhand_live_sockets" not in done.stdout


def test_counts_of_processes_that_have_all_ended_are_forgotten_at_the_next_start(tmp_path):
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", COUNTED, str(tmp_path)], env=os.environ, capture_output=True, text=True, check=True
        )

    assert 'status="200"} 2.0' in done.stdout
    assert json.dumps(4.0) not in done.stdout
