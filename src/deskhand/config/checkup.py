"""``deskhand check``: whether this installation is complete, one line per thing, with what to do where it is not."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskhand.config import exits

EPILOG = "Ends with 0 when everything is in place, with 78 when something is missing."


@dataclass(frozen=True)
class Finding:
    """One line. ``advice`` empty: it is as it should be."""

    subject: str
    detail: str
    advice: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="show only what is not as it should be")


def run(options: argparse.Namespace) -> int:
    import django

    django.setup()
    findings = [finding for look in _LOOKS for finding in look()]
    for finding in findings:
        if finding.advice:
            print(f"!!  {finding.subject}: {finding.detail} {finding.advice}")
        elif not options.quiet:
            print(f"ok  {finding.subject}: {finding.detail}")
    return exits.CONFIG if any(finding.advice for finding in findings) else exits.OK


def missing_migrations() -> list[str]:
    """Names of the migrations that the database has not seen.

    :raises django.db.Error: the database is away.
    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _settings() -> Iterator[Finding]:
    from django.core.checks import WARNING, run_checks

    serious = (problem for problem in run_checks() if problem.level >= WARNING and not problem.is_silenced())
    problems = [problem for problem in serious if not str(problem.id).startswith("django_vite.")]  # see _front_end
    for problem in problems:
        yield Finding("Settings", problem.msg, problem.hint or f"Django calls this {problem.id}.")
    if not problems:
        yield Finding("Settings", "consistent.")


def _data_folder() -> Iterator[Finding]:
    from deskhand.config import env

    folder = _nearest_that_exists(env.HOME)
    if os.access(folder, os.W_OK | os.X_OK):
        yield Finding("Data folder", f"{env.HOME}.")
    else:
        yield Finding("Data folder", f"{env.HOME} cannot be written to.", "Give it to this user, or set DESKHAND_HOME.")


def _nearest_that_exists(folder: Path) -> Path:
    return next(parent for parent in [folder, *folder.parents] if parent.exists())


def _database() -> Iterator[Finding]:
    from django.db import Error, connection

    try:
        missing = missing_migrations()
    except Error as error:
        yield Finding(
            "Database", f"does not answer: {exits.first_line(error)}.", "Check DATABASE_URL and that it runs."
        )
        return
    yield Finding("Database", f"{connection.vendor} answers.")
    if missing:
        yield Finding("Tables", f"{len(missing)} migrations are missing.", "Run `deskhand migrate`.")
    else:
        yield Finding("Tables", "up to date.")
        yield from _mail_servers()


def _redis() -> Iterator[Finding]:
    from django.conf import settings

    if not settings.REDIS_URL:
        yield Finding("Redis", "not used: one web process.")
        return
    import redis

    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3, socket_timeout=3).ping()
    except redis.RedisError as error:
        yield Finding("Redis", f"does not answer: {exits.first_line(error)}.", "Check REDIS_URL and that it runs.")
    else:
        yield Finding("Redis", "answers.")


def _front_end() -> Iterator[Finding]:
    from django.conf import settings

    vite: dict[str, Any] = settings.DJANGO_VITE["default"]
    if vite["dev_mode"]:
        yield Finding("Front end", "served by Vite (VITE_DEV).")
    elif Path(vite["manifest_path"]).is_file():
        yield Finding("Front end", "built.")
    else:
        yield Finding("Front end", "is not built.", "Run `make build`.")


def _mail() -> Iterator[Finding]:
    from django.conf import settings

    if not settings.SMTP_URL:
        yield Finding("Mail out", f"written to files in {settings.EMAIL_FILE_PATH}; set SMTP_URL to send.")
    elif "@" not in settings.SERVER_EMAIL or settings.SERVER_EMAIL.endswith("@localhost"):
        yield Finding("Mail out", f"sent as {settings.SERVER_EMAIL}.", "Set MAIL_FROM to an address of your domain.")
    else:
        yield Finding("Mail out", f"by {settings.EMAIL_HOST}:{settings.EMAIL_PORT} as {settings.SERVER_EMAIL}.")
    yield Finding("Mail in", f"`deskhand mail-listen` on {settings.MAIL_LISTEN_HOST}:{settings.MAIL_LISTEN_PORT}.")


def _mail_servers() -> Iterator[Finding]:
    """Those that administrators keep in the settings: each is connected to, as *Test Connection* does."""
    from django.utils import timezone

    from deskhand.base.mail.public import try_servers_in_use

    for server, trial in try_servers_in_use(at=timezone.now()):
        advice = "" if trial.is_well else "Correct it under Settings → Email."
        yield Finding(f"{server._meta.verbose_name} “{server}”", trial.sentence, advice)  # noqa: SLF001


_LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (_settings, _data_folder, _database, _redis, _front_end, _mail)
