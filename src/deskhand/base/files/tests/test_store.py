"""Files are stored whole or not at all, and what the store has lost is not found."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.http import Http404

from deskhand.base.files.models import Attachment
from deskhand.base.files.pages.responses import attachment_response
from deskhand.base.files.services import (
    FileEmpty,
    FileNotStored,
    FileTooLarge,
    FileTypeRefused,
    attach,
    open_attachment,
    store_bytes,
    store_upload,
)

pytestmark = pytest.mark.django_db
CONTENT = b"plan of the oven" * 100


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def full_disk(monkeypatch):
    """The disk takes the first bytes of a file and no more."""
    save = FileSystemStorage._save

    def cut_short(self, name, content):
        save(self, name, ContentFile(content.read(10)))
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", cut_short)
        yield patch


def files_in(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


def test_a_full_disk_refuses_an_upload_in_words_and_keeps_nothing_of_it(store, full_disk):
    with pytest.raises(FileNotStored, match="Try again"):
        store_upload(ContentFile(CONTENT, name="plan.txt"))

    assert files_in(store) == []


def test_what_is_too_large_is_refused_in_words_and_not_stored(store, settings):
    settings.MAX_UPLOAD_BYTES = 1_000_000
    store_upload(ContentFile(b"x" * 1_000_000, name="plan.txt"))

    with pytest.raises(FileTooLarge, match=r"“film.mp4” is larger than 1 MB"):
        store_upload(ContentFile(b"x" * 1_000_001, name="film.mp4"))

    assert len(files_in(store)) == 1


def test_a_file_with_nothing_in_it_is_refused_by_its_name(store):
    with pytest.raises(FileEmpty, match=r"“plate\.txt” is empty"):
        store_upload(ContentFile(b"", name="plate.txt"))

    assert files_in(store) == []


@pytest.mark.parametrize(("name", "content"), [("setup.exe", b"x"), ("photo.png", b"MZ12"), ("run", b"\x7fELF")])
def test_a_program_is_refused_by_its_name_and_by_its_bytes(store, name, content):
    with pytest.raises(FileTypeRefused, match="is a program"):
        store_upload(ContentFile(content, name=name))

    assert files_in(store) == []


def test_what_was_cut_short_never_passes_for_the_file(store, full_disk):
    with pytest.raises(OSError, match="No space"):
        store_bytes(CONTENT, name="plan.txt")
    full_disk.undo()

    (attachment,) = attach([store_bytes(CONTENT, name="plan.txt")], record=None, owner=None)

    with open_attachment(attachment) as content:
        assert content.read() == CONTENT


def test_the_same_bytes_are_stored_once(store):
    first, second = store_bytes(CONTENT, name="a.txt"), store_bytes(CONTENT, name="b.txt")

    assert first.sha256 == second.sha256
    assert len(files_in(store)) == 1


def test_a_file_that_the_store_has_lost_is_not_found(store):
    (attachment,) = attach([store_bytes(CONTENT, name="plan.txt")], record=None, owner=None)
    for path in files_in(store):
        path.unlink()

    with pytest.raises(Http404):
        attachment_response(Attachment.objects.get(pk=attachment.pk))


@pytest.mark.parametrize(
    ("name", "content", "mime_type"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n123", "image/png"),
        ("photo.png", b"<html>no picture</html>", "application/octet-stream"),
        ("plan.pdf", b"no plan either", "application/octet-stream"),
        ("plan.txt", b"a plan", "text/plain"),
    ],
)
def test_a_picture_is_one_by_its_bytes_not_by_its_name(name, content, mime_type):
    assert store_bytes(content, name=name, mime_type="image/png").mime_type == mime_type


@pytest.mark.parametrize(("mime_type", "shown"), [("application/pdf", True), ("image/svg+xml", False)])
def test_what_a_browser_may_run_is_saved_not_shown(mime_type, shown):
    (attachment,) = attach([store_bytes(CONTENT, name="plan")], record=None, owner=None)
    attachment.mime_type = mime_type

    response = attachment_response(attachment)

    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert "sandbox" in response["Content-Security-Policy"]
