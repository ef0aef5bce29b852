"""The archive: written in one go, never under its name before it is whole; read member by member."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from deskhand.config import exits
from deskhand.config.exits import Stop

FORMAT = 1
MANIFEST, DATABASE, SECRET_KEY, CONTENTS, FILES = (
    "manifest.json",
    "database.jsonl",
    "secret_key",
    "contents.json",
    "files/",
)
_LEVEL = 4
_CHUNK = 1 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT}
#: A name in the store: folders and a file, nothing hidden, nothing that leads out.
_FILE_NAME = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", re.ASCII)
_LONGEST_TEXT = 64 << 20


class Damaged(Stop):
    """It is no archive, or not all of one."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, exits.DATA)


@dataclass(frozen=True)
class Manifest:
    """What an archive is of. ``migrations``: the newest of each app. ``rows``: of all tables. ``key_mark`` tells the
    secret key from another one, and nothing else of it."""

    version: str
    made_at: str
    engine: str
    migrations: list[list[str]]
    rows: int
    counts: dict[str, int]
    key_mark: str
    format: int = FORMAT


def mark_of(key: str) -> str:
    """The same for the same key."""
    return hashlib.blake2b(key.encode(), digest_size=8, person=b"deskhand.backup").hexdigest()


@dataclass
class Contents:
    """Of each member its size and SHA-256. ``missing``: files that rows refer to and that the store has lost."""

    members: dict[str, tuple[int, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        return [name.removeprefix(FILES) for name in self.members if name.startswith(FILES)]

    @property
    def file_bytes(self) -> int:
        return sum(size for name, (size, _) in self.members.items() if name.startswith(FILES))


class Writer:
    """Adds members, and keeps account of them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.contents = Contents()
        self._stream = _Stream(stream)
        self._packed = gzip.GzipFile(fileobj=self._stream, mode="wb", compresslevel=_LEVEL, mtime=0)
        self._tar = tarfile.open(fileobj=self._packed, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115

    def add(self, name: str, source: IO[bytes]) -> None:
        """The rest of an open file, as long as it is now."""
        size = os.fstat(source.fileno()).st_size
        reader = _Hashing(source)
        self._tar.addfile(_member(name, size), reader)
        self.contents.members[name] = (size, reader.digest.hexdigest())

    def add_text(self, name: str, text: str) -> None:
        data = text.encode()
        self._tar.addfile(_member(name, len(data)), io.BytesIO(data))
        self.contents.members[name] = (len(data), hashlib.sha256(data).hexdigest())

    def close(self) -> None:
        self.add_text(CONTENTS, json.dumps(asdict(self.contents)))
        self._tar.close()
        self._packed.close()

    def give_up(self) -> None:
        """What is not written yet never will be, and nothing tries to when this is forgotten."""
        self._stream.is_given_up = True
        self._tar.close()
        self._packed.close()


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file for its owner alone, that gets its name when all is written and on the disk; else nothing is left of it.

    :raises Stop: there is such a file already, or it cannot be written.
    """
    if path.exists():
        raise Stop(f"{path} is there already. Choose another name, or remove it.", exits.CANNOT_CREATE)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with writing_to(path):
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """:raises Stop: the disk is full, the folder is missing, or it is not ours."""
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        if error.errno in _FULL:
            raise Stop(
                f"There is no room left where {path} lies. Make room, then try again.", exits.CANNOT_CREATE
            ) from error
        code = exits.NOT_ALLOWED if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} else exits.CANNOT_CREATE
        raise Stop(f"{path} cannot be written: {error.strerror or error}.", code) from error


def read_manifest(path: Path) -> Manifest:
    """What the archive says it is of.

    :raises Damaged: it is no archive of Deskhand's, or one of a format that this version does not know.
    """
    with _members(path) as members:
        name, stream = next(members, ("", io.BytesIO()))
        if name != MANIFEST:
            raise Damaged(f"{path} is no backup of Deskhand.")
        return _manifest_in(stream.read(_LONGEST_TEXT), path)


def check(path: Path, tell: Callable[[str], None] = lambda _: None) -> Contents:
    """Read all of it and compare each member with what ``contents.json`` says.

    :raises Damaged: something is missing, too much, or not what it was.
    """
    found: dict[str, tuple[int, str]] = {}
    said: Any = None
    tell("Checking the archive …")
    with _members(path) as members:
        for name, stream in members:
            if name == CONTENTS:
                said = json.loads(stream.read(_LONGEST_TEXT))
            else:
                found[name] = _size_and_digest(stream)
    if said is None:
        raise Damaged(f"{path} is cut short: its end is missing.")
    contents = Contents(
        {name: (int(size), str(digest)) for name, (size, digest) in said["members"].items()}, said["missing"]
    )
    for name in contents.members.keys() | found.keys():
        if name not in found:
            raise Damaged(f"{path} is damaged: {name} is missing.")
        if contents.members.get(name) != found[name]:
            raise Damaged(f"{path} is damaged: {name} is not what was saved.")
    if not {MANIFEST, DATABASE} <= found.keys():
        raise Damaged(f"{path} is no backup of Deskhand: it has no database.")
    return contents


@contextmanager
def reading(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The members in their order, each to be read before the next."""
    with _members(path) as members:
        yield members


@contextmanager
def _members(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    try:
        with path.open("rb") as file, gzip.open(file) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as tar:
            yield _files_of(tar, path)
    except FileNotFoundError as error:
        raise Stop(f"There is no {path}.", exits.NO_INPUT) from error
    except IsADirectoryError as error:
        raise Stop(f"{path} is a folder. Name the archive.", exits.NO_INPUT) from error
    except (gzip.BadGzipFile, tarfile.TarError, EOFError, zlib.error, json.JSONDecodeError) as error:
        raise Damaged(f"{path} is no backup of Deskhand, or it is damaged ({exits.first_line(error)}).") from error


def _files_of(tar: tarfile.TarFile, path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    for member in tar:
        stream = tar.extractfile(member) if member.isreg() else None
        if stream is None or not _is_known(member.name):
            raise Damaged(f"{path} holds something that no backup holds: {member.name!r}.")
        yield member.name, stream


def _is_known(name: str) -> bool:
    if name.startswith(FILES):
        return bool(_FILE_NAME.fullmatch(name.removeprefix(FILES)))
    return name in {MANIFEST, DATABASE, SECRET_KEY, CONTENTS}


def _manifest_in(data: bytes, path: Path) -> Manifest:
    said = json.loads(data)
    if said.get("format") != FORMAT:
        raise Damaged(
            f"{path} was made by Deskhand {said.get('version', '?')}, which writes backups in a way that this one "
            "cannot read. Install that version or a newer one."
        )
    return Manifest(**said)


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _size_and_digest(stream: IO[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


class _Stream:
    """Where an archive is written to; once it is given up, nowhere: the libraries would write its end when they go."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.is_given_up = False

    def write(self, data: bytes) -> int:
        return len(data) if self.is_given_up else self._stream.write(data)

    def flush(self) -> None:
        if not self.is_given_up:
            self._stream.flush()


class _Hashing(io.RawIOBase):
    """Reads on, and knows the SHA-256 of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data
