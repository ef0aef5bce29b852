"""How a file leaves the house. The caller has checked the rights."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponseBase

from deskhand.base.files.models import UNKNOWN_TYPE, Attachment
from deskhand.base.files.services import open_attachment

FileResponse.block_size = 262_144


def attachment_response(attachment: Attachment) -> HttpResponseBase:
    """Stream a file: pictures, PDF and text are shown, all else is saved; nothing in it can run or be guessed anew.

    :raises Http404: the store has lost it.
    """
    try:
        content = open_attachment(attachment)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=not attachment.is_shown,
        filename=attachment.name,
        content_type=attachment.mime_type if attachment.is_shown else UNKNOWN_TYPE,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
