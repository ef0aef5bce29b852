"""``deskhand backup``: database and files in one archive, while everything runs."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO

from deskhand import __version__
from deskhand.config import env, exits
from deskhand.config.copies.archives import (
    DATABASE,
    FILES,
    MANIFEST,
    SECRET_KEY,
    Manifest,
    Writer,
    check,
    mark_of,
    new_file,
    writing_to,
)
from deskhand.config.exits import Stop
from deskhand.config.processes import require_migrated_database

EPILOG = (
    "The archive is readable by its owner only, is checked after it was written, and gets its name when it is whole. "
    "It holds what customers wrote, and the key that opens sealed secrets: keep it as safe as the desk itself. "
    "Ends with 0 when all is saved, with 65 when the store has lost files that the database refers to, with 73 when "
    "the archive cannot be written, with 75 when the database is away."
)
STDOUT = "-"
_NAMED = re.compile(r"deskhand-\d{8}-\d{6}\.tar\.gz")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", default=".", help="the archive, or a folder for one named by the moment, or - (%(default)s)"
    )
    parser.add_argument("--without-key", action="store_true", help="leave the secret key out; keep it elsewhere then")
    parser.add_argument(
        "--keep", type=_count, metavar="N", help="in a folder: remove all but the newest N archives named by it"
    )
    parser.add_argument("--quiet", action="store_true", help="say only what went wrong")


def run(options: argparse.Namespace) -> int:
    import django

    django.setup()
    os.umask(0o077)
    require_migrated_database()
    tell = _teller(options)
    path = _path_of(options)
    with _opened(path) as stream:
        writer = Writer(stream)
        try:
            save(writer, with_key=not options.without_key, tell=tell, near=path)
            writer.close()
        except BaseException:
            writer.give_up()
            raise
    if path:
        check(path, tell)
        tell(f"{path} is whole: {_megabytes(path.stat().st_size)}.")
        _forget_old(path.parent, options.keep, tell)
    return _ended(writer.contents.missing)


def save(writer: Writer, *, with_key: bool, tell: Callable[[str], None], near: Path | None) -> None:
    """Everything into an archive: the database as it is at this moment, then the files, which are only added."""
    from django.conf import settings

    from deskhand.config.copies.dumping import dump, one_moment

    spool = near.parent if near else Path(tempfile.gettempdir())
    with writing_to(spool), tempfile.TemporaryFile(dir=spool) as rows:
        with one_moment():
            manifest = _manifest(dump(rows, tell))
            needed = set(_needed_files())
        rows.seek(0)
        writer.add_text(MANIFEST, json.dumps(asdict(manifest)))
        writer.add(DATABASE, rows)
    if with_key:
        writer.add_text(SECRET_KEY, settings.SECRET_KEY)
    _save_files(writer, Path(settings.MEDIA_ROOT), needed, tell)
    writer.contents.missing = sorted(needed.difference(writer.contents.files))


def _manifest(counts: dict[str, int]) -> Manifest:
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from deskhand.kit.clock import now

    leaves = MigrationLoader(connection).graph.leaf_nodes()
    return Manifest(
        version=__version__,
        made_at=now().isoformat(timespec="seconds"),
        engine=connection.vendor,
        migrations=[list(leaf) for leaf in leaves],
        rows=sum(counts.values()),
        counts=counts,
        key_mark=mark_of(settings.SECRET_KEY),
    )


def _needed_files() -> Iterator[str]:
    from deskhand.kit.kept import KEPT_FILES

    return (name for names in KEPT_FILES for name in names())


def _save_files(writer: Writer, folder: Path, needed: set[str], tell: Callable[[str], None]) -> None:
    """What rows refer to; of what else lies there nobody would know."""
    for count, name in enumerate(sorted(needed), start=1):
        try:
            file = (folder / name).open("rb")
        except FileNotFoundError:
            continue
        except OSError as error:
            raise Stop(f"{folder / name} cannot be read: {error.strerror}.", exits.NOT_ALLOWED) from error
        with file:
            writer.add(f"{FILES}{name}", file)
        if count % 5_000 == 0:
            tell(f"Files: {count:,} of {len(needed):,} …")
    tell(f"Files: {len(writer.contents.files):,}, {_megabytes(writer.contents.file_bytes)}.")


def _path_of(options: argparse.Namespace) -> Path | None:
    """None: standard output."""
    if options.file == STDOUT:
        if options.keep:
            raise Stop("--keep needs a folder, and standard output is none.", exits.USAGE)
        if sys.stdout.isatty():
            raise Stop("An archive is nothing for a terminal. Name a file, or send it on with > or |.", exits.USAGE)
        return None
    path = Path(options.file)
    if path.is_dir():
        from deskhand.kit.clock import now

        return path.resolve() / f"deskhand-{now():%Y%m%d-%H%M%S}.tar.gz"
    if options.keep:
        raise Stop(f"--keep needs a folder, and {path} is none.", exits.USAGE)
    return path.resolve()


@contextmanager
def _opened(path: Path | None) -> Iterator[IO[bytes]]:
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with new_file(path) as file:
        yield file


def _forget_old(folder: Path, keep: int | None, tell: Callable[[str], None]) -> None:
    ours = sorted(path for path in folder.iterdir() if _NAMED.fullmatch(path.name))
    for old in ours[:-keep] if keep else []:
        old.unlink()
        tell(f"{old.name} is removed.")


def _ended(missing: list[str]) -> int:
    if not missing:
        return exits.OK
    examples = ", ".join(missing[:3])
    print(
        f"deskhand backup: All is saved but {len(missing)} files that the database refers to and that are not in "
        f"{env.HOME / 'files'}: {examples}{' …' if len(missing) > 3 else ''}.",
        file=sys.stderr,
    )
    return exits.DATA


def _teller(options: argparse.Namespace) -> Callable[[str], None]:
    """Progress is for people: standard output may be the archive."""
    return (lambda _: None) if options.quiet else (lambda line: print(line, file=sys.stderr))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("keep at least one")
    return count
