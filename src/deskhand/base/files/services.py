"""Files: stored under their hash before anything else is done with them."""

from __future__ import annotations

import hashlib
import logging
import mimetypes
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import filetype
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext_lazy as _

from deskhand.base.contacts.public import Contact
from deskhand.base.files.models import IMAGE_TYPES, PDF_TYPE, UNKNOWN_TYPE, Attachment
from deskhand.kit import records
from deskhand.kit.errors import DomainError

logger = logging.getLogger(__name__)
_CHUNK = 262_144
#: Who uploads a file and does not use it within this time has gone.
_UNUSED_FOR = timedelta(days=1)
_AT_ONCE = 500
#: Types that run on the reader's machine by a click; refused from people, kept (as bytes) when they come by mail.
_DANGEROUS = frozenset(
    ".bat .cmd .com .cpl .exe .hta .jar .js .jse .lnk .msi .msc .pif .ps1 .reg .scr .vbe .vbs .wsf".split()  # noqa: SIM905
)


class FileTooLarge(DomainError):
    code = "file_too_large"
    status = 422

    def __init__(self, name: str) -> None:
        limit = settings.MAX_UPLOAD_BYTES // 1_000_000
        super().__init__(
            _("“%(name)s” is larger than %(limit)s MB. Send a smaller file or a link to it.")
            % {"name": name, "limit": limit}
        )


class FileEmpty(DomainError):
    code = "file_empty"
    status = 422

    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is empty. Leave it out, or save it anew and choose it again.") % {"name": name})


class FileTypeRefused(DomainError):
    code = "file_type_refused"
    status = 422

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” is a program. Programs are not accepted; send it as a ZIP file.") % {"name": name}
        )


class FileNotStored(DomainError):
    code = "file_not_stored"
    message = _("The file could not be stored at the moment, so nothing was sent. Try again in a few minutes.")
    status = 503


@dataclass(frozen=True)
class StoredFile:
    """Bytes that lie in the store, not yet anybody's."""

    name: str
    mime_type: str
    size: int
    sha256: str
    content_id: str = ""
    is_inline: bool = False


def check_upload(upload: File[bytes]) -> None:
    """Whether a person may send this file.

    :raises FileTooLarge: more than ``MAX_UPLOAD_BYTES``.
    :raises FileEmpty: nothing is in it.
    :raises FileTypeRefused: a program by name or by its first bytes.
    """
    name = Path(upload.name or "").name
    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise FileTooLarge(name)
    if upload.size == 0:
        raise FileEmpty(name)
    head = upload.read(4096)
    upload.seek(0)
    if Path(name).suffix.lower() in _DANGEROUS or head[:2] == b"MZ" or head[:4] == b"\x7fELF":
        raise FileTypeRefused(name)


def store_upload(upload: File[bytes]) -> StoredFile:
    """Check and store what somebody uploads. Outside a transaction: it writes a file.

    :raises FileTooLarge: see :func:`check_upload`.
    :raises FileEmpty: see :func:`check_upload`.
    :raises FileTypeRefused: see :func:`check_upload`.
    :raises FileNotStored: the store is full or away.
    """
    check_upload(upload)
    try:
        return _store(upload, name=Path(upload.name or _("file")).name)
    except OSError as error:
        logger.error("A file could not be stored: %s", error)  # noqa: TRY400  (what is wrong is not in the code)
        raise FileNotStored from error


def store_bytes(
    data: bytes, *, name: str, mime_type: str = "", content_id: str = "", is_inline: bool = False
) -> StoredFile:
    """Store bytes that came from elsewhere, such as a mail. Outside a transaction: it writes a file.

    :raises OSError: the store is full or away.
    """
    stored = _store(ContentFile(data), name=name, declared=mime_type)
    return StoredFile(stored.name, stored.mime_type, stored.size, stored.sha256, content_id, is_inline)


def attach(files: Iterable[StoredFile], *, record: Model | None, owner: Contact | None) -> list[Attachment]:
    """Make stored files the attachments of a record (None: uploads on their way). One INSERT."""
    return Attachment.objects.bulk_create(
        Attachment(
            name=file.name[:255],
            mime_type=file.mime_type[:127],
            size=file.size,
            sha256=file.sha256,
            content_id=file.content_id[:255],
            is_inline=file.is_inline,
            content_type_id=records.content_type_id(record) if record else None,
            object_id=record.pk if record else None,
            owner=owner,
        )
        for file in files
    )


def open_attachment(attachment: Attachment) -> File[bytes]:
    """The bytes, for reading. The caller has checked the rights."""
    return default_storage.open(_path(attachment.sha256), "rb")


def forget_unused(*, at: datetime) -> int:
    """Forget uploads that nobody used for a day, and bytes that belonged to nothing for a day.

    Answers how many uploads were forgotten. One query for them, and one for each 500 files of the store.

    An upload is used as soon as it has a record, or another row refers to it (what somebody began to write). The bytes
    of an upload that is forgotten now go the next time, so that a backup that runs meanwhile still finds them.
    """
    limit = at - _UNUSED_FOR
    _forget_bytes(limit)
    unused = Attachment.objects.filter(content_type=None, object_id=None, created_at__lt=limit)
    for relation in Attachment._meta.related_objects:  # noqa: SLF001
        users = relation.related_model._base_manager  # noqa: SLF001
        unused = unused.exclude(Exists(users.filter(**{relation.field.name: OuterRef("pk")})))
    return unused.delete()[0]


def _forget_bytes(limit: datetime) -> None:
    """Of the store's own files only; pictures and imports in other folders are others' affair."""
    for folder in sorted(Path(settings.MEDIA_ROOT).glob("[0-9a-f][0-9a-f]")):
        old = [file for file in folder.glob("[0-9a-f][0-9a-f]/*") if _is_old(file, limit)]
        for files in (old[start : start + _AT_ONCE] for start in range(0, len(old), _AT_ONCE)):
            names = [file.name for file in files]
            used = set(Attachment.objects.filter(sha256__in=names).values_list("sha256", flat=True))
            for file in files:
                if file.name not in used and _is_old(file, limit):  # asked again: it may be wanted since
                    file.unlink(missing_ok=True)


def _is_old(file: Path, limit: datetime) -> bool:
    try:
        return file.stat().st_mtime < limit.timestamp()
    except FileNotFoundError:  # another worker sweeps as well
        return False


def kept_files() -> Iterator[str]:
    """The names in the store of all files that belong to something. One query."""
    known = Attachment.objects.order_by().values_list("sha256", flat=True).distinct()
    return (_path(sha256) for sha256 in known.iterator())


def _store(content: File[bytes], *, name: str, declared: str = "") -> StoredFile:
    digest = hashlib.sha256()
    for chunk in content.chunks(_CHUNK):
        digest.update(chunk)
    sha256 = digest.hexdigest()
    content.seek(0)
    mime_type = _mime_type(content.read(4096), name, declared)
    content.seek(0)
    if default_storage.exists(_path(sha256)):
        Path(default_storage.path(_path(sha256))).touch()  # it is wanted from now on: see forget_unused
    else:
        _put(content, _path(sha256))
    return StoredFile(name=name, mime_type=mime_type, size=content.size, sha256=sha256)


def _put(content: File[bytes], path: str) -> None:
    """Whole or not at all: what was cut short by a full disk must never pass for the file."""
    part = f"{path}.{uuid.uuid4().hex}"
    try:
        default_storage.save(part, content)
        Path(default_storage.path(part)).replace(default_storage.path(path))
    except OSError:
        default_storage.delete(part)
        raise


def _mime_type(head: bytes, name: str, declared: str) -> str:
    """What the bytes say, else what the name says, else what the sender says.

    A picture or a PDF would have been known by its bytes: what is only called so is never shown as one.
    """
    found = filetype.guess(head)
    if found:
        return str(found.mime)
    said = mimetypes.guess_type(name)[0] or declared
    return UNKNOWN_TYPE if not said or said in IMAGE_TYPES or said == PDF_TYPE else said


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
