"""Small pictures that lie in the store by their hash: logos, photos. What may see them is for their apps to say."""

from __future__ import annotations

import hashlib

import filetype
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _

from deskhand.kit.errors import DomainError

#: Pictures that every browser shows and that cannot hold script → the end of their names.
PICTURE_TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
PICTURE_MAX_BYTES = 1_000_000


class NotAPicture(DomainError):
    code = "not_a_picture"
    message = _("This must be a PNG, JPEG, GIF or WebP picture. Choose another file.")
    status = 422


class PictureTooLarge(DomainError):
    code = "picture_too_large"
    message = _("A picture may have up to 1 MB here. Choose a smaller one.")
    status = 422


class PictureNotStored(DomainError):
    code = "picture_not_stored"
    message = _("The picture could not be stored at the moment, so nothing was changed. Try again in a few minutes.")
    status = 503


def check_picture(upload: File[bytes]) -> str:
    """The type of a picture, by its bytes, whatever its name says.

    :raises PictureTooLarge: more than 1 MB.
    :raises NotAPicture: its bytes are something else.
    """
    if upload.size > PICTURE_MAX_BYTES:
        raise PictureTooLarge
    upload.seek(0)
    found = filetype.guess(upload.read(4096))
    upload.seek(0)
    if not found or found.mime not in PICTURE_TYPES:
        raise NotAPicture
    return str(found.mime)


def store_picture(upload: File[bytes], folder: str) -> str:
    """Check and store a picture; answers its name, which is to be kept. Outside a transaction: a file.

    :raises PictureTooLarge: see :func:`check_picture`.
    :raises NotAPicture: see :func:`check_picture`.
    :raises PictureNotStored: the store is full or away.
    """
    ending = PICTURE_TYPES[check_picture(upload)]
    content = upload.read()
    upload.seek(0)
    name = f"{folder}/{hashlib.sha256(content).hexdigest()[:40]}.{ending}"
    try:
        if not default_storage.exists(name):
            default_storage.save(name, upload)
    except OSError as error:
        default_storage.delete(name)
        raise PictureNotStored from error
    return name


def picture_response(name: str) -> FileResponse:
    """The picture, as nothing but a picture. A new one has a new address, so the reader's browser may keep it.

    :raises Http404: there is none, or the store has lost it.
    """
    types = {ending: mime_type for mime_type, ending in PICTURE_TYPES.items()}
    mime_type = types.get(name.rpartition(".")[2])
    if mime_type is None:
        raise Http404
    try:
        picture = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(picture, content_type=mime_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=86400"
    return response
