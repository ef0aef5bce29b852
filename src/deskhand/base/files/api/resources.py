"""Files in the API: upload one, then name it in a message; download whole or in ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.files import UploadedFile as SentFile
from pydantic import Field

from deskhand.base.files.models import Attachment
from deskhand.base.files.pages.responses import attachment_response
from deskhand.base.files.pages.views import may_see
from deskhand.base.files.services import StoredFile, attach, store_upload
from deskhand.kit.api.answering import record_answer
from deskhand.kit.api.callers import READ, WRITE, declare_scopes
from deskhand.kit.api.operations import Operation, add_operation, caller_of
from deskhand.kit.api.problems import invalid
from deskhand.kit.api.public import Answer
from deskhand.kit.api.ranges import in_range
from deskhand.kit.api.shapes import in_path, in_upload

_KEY = "attachments"
_TITLE = _("Files")
declare_scopes(_KEY, _TITLE, [READ, WRITE])


class AttachmentAnswer(Answer):
    id: UUID
    name: str
    mime_type: str
    size: int = Field(description="In bytes.")
    sha256: str
    content_url: str = Field(description="Where its bytes are; takes the header Range.")
    created_at: datetime


def attachment_shown(attachment: Attachment) -> Mapping[str, Any]:
    return {
        "id": str(attachment.pk),
        "name": attachment.name,
        "mime_type": attachment.mime_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "content_url": f"/api/v1/{_KEY}/{attachment.pk}/content",
        "created_at": attachment.created_at,
    }


def take_uploads(pks: Iterable[UUID], user: Any, field: str) -> list[StoredFile]:
    """Files that the user has uploaded and that are nobody's yet; they become those of a message.

    :raises InvalidValues: one is not there, not theirs, or used already.
    """
    wanted = list(dict.fromkeys(pks))
    if not wanted:
        return []
    uploads = Attachment.objects.select_for_update().filter(
        pk__in=wanted, owner=user.contact_id, content_type=None, object_id=None
    )
    found = {upload.pk: upload for upload in uploads}
    if len(found) < len(wanted):
        raise invalid(field, __("Upload the file first; each upload can be used once."), code="no_such_upload")
    Attachment.objects.filter(pk__in=wanted).delete()
    return [StoredFile(found[pk].name, found[pk].mime_type, found[pk].size, found[pk].sha256) for pk in wanted]


def _stored(request: HttpRequest, file: Any) -> StoredFile:
    """The upload, stored ahead of the transaction: it writes a file."""
    del file
    upload = request.FILES["file"]
    assert isinstance(upload, UploadedFile)  # noqa: S101  # the declared type
    return store_upload(upload)


def _upload(request: HttpRequest, file: Any, prepared: StoredFile) -> HttpResponse:
    """Upload a file (`multipart/form-data`). Name its id in `attachments` of a message, once."""
    del file
    (made,) = attach([prepared], record=None, owner=caller_of(request).user.contact)
    headers = {"Location": f"/api/v1/{_KEY}/{made.pk}"}
    return record_answer(request, attachment_shown(made), status=201, headers=headers)


def _get(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a file is called, how large it is, where its bytes are."""
    return record_answer(request, attachment_shown(_visible(request, pk)))


def _content(request: HttpRequest, pk: UUID) -> Any:
    """The bytes; with `Range: bytes=0-1023` a part of them (206), so that a broken download can go on."""
    return in_range(request, attachment_response(_visible(request, pk)))


def _visible(request: HttpRequest, pk: UUID) -> Attachment:
    found = get_object_or_404(Attachment, pk=pk)
    if not may_see(caller_of(request).user, found):
        raise Http404
    return found


def router() -> Router:
    files = Router(tags=[str(_TITLE)])
    read, one = f"{_KEY}:{READ}", {"pk": in_path(UUID)}
    add_operation(files, Operation(
            method="POST", path="", name=f"{_KEY}-create", summary=_("Upload a file"), scope=f"{_KEY}:{WRITE}",
            answer=AttachmentAnswer, status=201, takes={"file": in_upload(SentFile)}, before=_stored,
        ), _upload)  # fmt: skip
    add_operation(files, Operation(
            method="GET", path="/{uuid:pk}", name=f"{_KEY}-get", summary=_("Get one"), scope=read,
            answer=AttachmentAnswer, takes=one, has_etag=True,
        ), _get)  # fmt: skip
    bytes_of_file = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    add_operation(files, Operation(
            method="GET", path="/{uuid:pk}/content", name=f"{_KEY}-content", summary=_("Download"), scope=read,
            answer=None, takes=one, content=bytes_of_file, is_ranged=True,
        ), _content)  # fmt: skip
    return files
