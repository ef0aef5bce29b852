"""``deskhand restore``: what a backup saved, into this installation."""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import pwd
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from deskhand import __version__
from deskhand.config import env, exits
from deskhand.config.copies.archives import (
    DATABASE,
    FILES,
    SECRET_KEY,
    Contents,
    Damaged,
    Manifest,
    check,
    mark_of,
    read_manifest,
    reading,
    writing_to,
)
from deskhand.config.exits import Stop

EPILOG = (
    "Stop Deskhand first. The archive is checked before anything is touched; what goes wrong later leaves everything "
    "as it was. It may come from the other kind of database (SQLite, PostgreSQL), and from an older version. "
    "Ends with 0 when all is back, with 65 for an archive that is damaged, newer, or not wanted here without "
    "--replace, with 66 when there is none, with 73 when there is no room, with 75 when Deskhand still runs."
)
STDIN = "-"
#: What tells people what an installation holds.
_TELLING = (
    "accounts.User",
    "companies.Company",
    "contacts.Contact",
    "tickets.Ticket",
    "chatter.Message",
    "files.Attachment",
)
_ROOM = 50_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="the archive, or - for standard input")
    parser.add_argument("--replace", action="store_true", help="even if this installation holds something: it is lost")
    parser.add_argument(
        "--hold-mail",
        action="store_true",
        help="mails and webhook deliveries that waited are not sent by themselves (for trying a restore)",
    )
    parser.add_argument("--check", action="store_true", help="only read the archive and say what it holds")
    parser.add_argument("--quiet", action="store_true", help="say only what went wrong")


@dataclass
class Restoring:
    """One run: from which archive, what it holds, and what to say meanwhile."""

    path: Path
    manifest: Manifest
    contents: Contents
    tell: Callable[[str], None]
    hold_mail: bool = False
    #: Files that were not there before.
    added: list[Path] = field(default_factory=list)


def run(options: argparse.Namespace) -> int:
    import django

    django.setup()
    _refuse_other_user()
    tell: Callable[[str], None] = (lambda _: None) if options.quiet else (lambda line: print(line, file=sys.stderr))
    with _archive(options.file) as path:
        manifest = read_manifest(path)
        tell(f"{path.name}: Deskhand {manifest.version}, {manifest.made_at}, {manifest.engine}, {_rows(manifest)}.")
        _refuse_newer(manifest)
        contents = check(path, tell)
        _tell_of_missing(contents)
        if options.check:
            tell("The archive is whole.")
        else:
            _refuse_running()
            _refuse_full(replace=options.replace)
            _refuse_too_little_room(contents)
            _restore(Restoring(path, manifest, contents, tell, hold_mail=options.hold_mail))
            tell("Everything is back. `deskhand check` looks at the installation; then start it.")
    return exits.OK


@contextmanager
def _archive(name: str) -> Iterator[Path]:
    """The archive as a file: it is read more than once."""
    if name != STDIN:
        yield Path(name)
        return
    with tempfile.NamedTemporaryFile(prefix="deskhand-restore-") as spool:
        with writing_to(Path(spool.name)):
            shutil.copyfileobj(sys.stdin.buffer, spool)
            spool.flush()
        yield Path(spool.name)


# ---- what speaks against it -----------------------------------------------------------------------------------------


def _refuse_other_user() -> None:
    """What root restores, the user that Deskhand runs as could not read."""
    if env.HOME.exists() and os.geteuid() == 0 and env.HOME.stat().st_uid != 0:
        raise Stop(
            f"Run this as the user whom {env.HOME} belongs to ({pwd.getpwuid(env.HOME.stat().st_uid).pw_name}).",
            exits.NOT_ALLOWED,
        )


def _refuse_newer(manifest: Manifest) -> None:
    from deskhand.config.copies.loading import is_newer

    if is_newer(manifest):
        raise Stop(
            f"This backup was made by a newer Deskhand ({manifest.version}) than this one ({__version__}). "
            "Install that version or a newer one, then restore.",
            exits.DATA,
        )


def _tell_of_missing(contents: Contents) -> None:
    if contents.missing:
        print(
            f"deskhand restore: {len(contents.missing)} files were lost already when this backup was made, "
            f"{contents.missing[0]} for example.",
            file=sys.stderr,
        )


def _refuse_running() -> None:
    """As well as that can be known from here."""
    from django.conf import settings
    from django.db import connection

    from deskhand.kit.live.transport import socket_path

    others = 0
    if not settings.REDIS_URL and socket_path().exists():
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as probe:
            others += probe.connect_ex(str(socket_path())) == 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            others += cursor.fetchone()[0]
    if others:
        raise Stop(
            "Deskhand is running on this data, or somebody else is connected to its database. "
            "Stop everything, then try again. Nothing was changed.",
            exits.TEMPORARY,
        )


def _refuse_full(*, replace: bool) -> None:
    held = _held()
    if held and not replace:
        raise Stop(
            f"This installation ({env.HOME}) is not empty: it holds {held}. All of it would be replaced by the backup "
            "and be lost. Use --replace if that is what you want. Nothing was changed.",
            exits.DATA,
        )


def _held() -> str:
    """What an installation holds, in words; empty: nothing but what migrations make."""
    from django.apps import apps
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    models = [apps.get_model(name) for name in _TELLING]
    counts = [
        (model._base_manager.count() if model._meta.db_table in there else 0, str(model._meta.verbose_name_plural))  # noqa: SLF001
        for model in models
    ]
    counts.append((sum(1 for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()), "stored files"))
    return ", ".join(f"{count:,} {name.lower()}" for count, name in counts if count)


def _refuse_too_little_room(contents: Contents) -> None:
    env.HOME.mkdir(parents=True, exist_ok=True)
    needed = contents.file_bytes + 3 * contents.members[DATABASE][0] + _ROOM
    free = shutil.disk_usage(env.HOME).free
    if free < needed:
        raise Stop(
            f"There is too little room in {env.HOME}: {free // 1_000_000:,} MB are free, and the backup needs about "
            f"{needed // 1_000_000:,} MB. Nothing was changed.",
            exits.CANNOT_CREATE,
        )


# ---- doing it -------------------------------------------------------------------------------------------------------


def _restore(work: Restoring) -> None:
    """Files first, which are only added; then the database, in one step; then the key, and what is left over."""
    from django.conf import settings

    key = ""
    database: IO[bytes] = io.BytesIO()
    try:
        _forget_queue()
        with writing_to(env.HOME), reading(work.path) as members:
            for name, stream in members:
                if name == DATABASE:
                    database = _spooled(stream)
                elif name == SECRET_KEY:
                    key = stream.read().decode()
                elif name.startswith(FILES):
                    _add_file(name.removeprefix(FILES), stream, work)
            work.tell(f"Files: {len(work.contents.files):,}.")
            with database, _kept_key(key):
                _replace_database(database, work)
            _tell_of_other_key(key or settings.SECRET_KEY, work.manifest)
    except BaseException:
        for path in work.added:
            path.unlink(missing_ok=True)
        raise
    _remove_other_files(work)


def _spooled(stream: IO[bytes]) -> IO[bytes]:
    spool = tempfile.TemporaryFile(dir=env.HOME)  # noqa: SIM115  # whoever loads it closes it
    shutil.copyfileobj(stream, spool)
    spool.seek(0)
    return spool


def _add_file(name: str, stream: IO[bytes], work: Restoring) -> None:
    from django.conf import settings

    path = Path(settings.MEDIA_ROOT) / name
    if path.exists() and _is_the_same(path, work.contents.members[f"{FILES}{name}"]):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            shutil.copyfileobj(stream, file)
        if not path.exists():
            work.added.append(path)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _is_the_same(path: Path, known: tuple[int, str]) -> bool:
    size, digest = known
    if path.stat().st_size != size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == digest


@contextmanager
def _kept_key(key: str) -> Iterator[None]:
    """The key is written beside its place before, and put into it after the database has changed."""
    if env.text("SECRET_KEY") or not key:
        yield
        return
    kept = env.HOME / "secret_key"
    part = kept.with_name(f".secret_key.{os.getpid()}.part")
    try:
        part.write_text(key)
        part.chmod(0o600)
        yield
        part.replace(kept)
    finally:
        part.unlink(missing_ok=True)


def _tell_of_other_key(key: str, manifest: Manifest) -> None:
    if mark_of(env.text("SECRET_KEY") or key) != manifest.key_mark:
        print(
            "deskhand restore: The secret key is not that of the backup: people sign in anew, and links in mails and "
            "sealed secrets (second factors, sign-in providers) do not work. Bring back the key in use when the backup "
            "was made (SECRET_KEY, or the file secret_key).",
            file=sys.stderr,
        )


def _replace_database(lines: IO[bytes], work: Restoring) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        _replace_in_postgresql(lines, work)
    else:
        _replace_sqlite_file(lines, work)
    connection.close()


def _replace_in_postgresql(lines: IO[bytes], work: Restoring) -> None:
    """In one transaction: tables go, come and are filled together, or nothing happens."""
    from django.db import transaction

    from deskhand.config.copies.loading import wipe_postgresql

    with transaction.atomic():
        wipe_postgresql()
        _fill(lines, work)


def _replace_sqlite_file(lines: IO[bytes], work: Restoring) -> None:
    """A new file is filled beside the old one, and then takes its name."""
    from django.db import connection

    old = Path(connection.settings_dict["NAME"])
    new = old.with_name(f".{old.name}.{os.getpid()}.part")
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        connection.settings_dict["NAME"] = str(new)
        _fill(lines, work)
        connection.close()
        for ending in ("-wal", "-shm"):
            Path(f"{old}{ending}").unlink(missing_ok=True)
        new.replace(old)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(old)
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{new}{ending}").unlink(missing_ok=True)


def _fill(lines: IO[bytes], work: Restoring) -> None:
    from django.db import Error

    from deskhand.config.copies.loading import fill, hold_back_mail

    try:
        fill(lines, work.manifest)
    except (Error, KeyError, LookupError, TypeError, ValueError) as error:
        reason = f"{type(error).__name__}: {exits.first_line(error)}"
        raise Damaged(f"The rows of this backup do not fit its tables ({reason}). Nothing was changed.") from error
    work.tell(f"Database: {_rows(work.manifest)}.")
    if work.hold_mail:
        work.tell(f"Held back: {hold_back_mail():,} mails and deliveries.")


def _forget_queue() -> None:
    """Wake-up calls of work that is no longer there; what waits in the database is found by the sweeps."""
    from deskhand.kit.queue import queue

    queue.flush()


def _remove_other_files(work: Restoring) -> None:
    """What the installation held before and the backup does not."""
    from django.conf import settings

    folder, wanted = Path(settings.MEDIA_ROOT), set(work.contents.files)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in wanted:
            path.unlink()


def _rows(manifest: Manifest) -> str:
    return f"{manifest.rows:,} rows of {len(manifest.counts)} tables"
