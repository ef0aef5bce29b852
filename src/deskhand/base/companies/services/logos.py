"""The picture that customers know a company by.

It is public and small, and so no attachment: it lies in the store by its hash, and everybody may have it.
"""

from __future__ import annotations

import hashlib

import filetype
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.models import Company
from deskhand.kit.errors import DomainError

#: Pictures that every browser shows and that cannot hold script → the end of their names.
LOGO_TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
LOGO_MAX_BYTES = 1_000_000


class LogoNotAPicture(DomainError):
    code = "logo_not_a_picture"
    message = _("A logo must be a PNG, JPEG, GIF or WebP picture. Choose another file.")
    status = 422
    field = "logo"


class LogoTooLarge(DomainError):
    code = "logo_too_large"
    message = _("A logo may have up to 1 MB. Choose a smaller picture.")
    status = 422
    field = "logo"


class LogoNotStored(DomainError):
    code = "logo_not_stored"
    message = _("The picture could not be stored at the moment, so nothing was changed. Try again in a few minutes.")
    status = 503


def check_logo(upload: File[bytes]) -> str:
    """The type of a picture, by its bytes, whatever its name says.

    :raises LogoTooLarge: more than 1 MB.
    :raises LogoNotAPicture: its bytes are something else.
    """
    if upload.size > LOGO_MAX_BYTES:
        raise LogoTooLarge
    upload.seek(0)
    found = filetype.guess(upload.read(4096))
    upload.seek(0)
    if not found or found.mime not in LOGO_TYPES:
        raise LogoNotAPicture
    return str(found.mime)


def store_logo(upload: File[bytes]) -> str:
    """Check and store a picture; answers the name that :func:`set_logo` takes. Outside a transaction: a file.

    :raises LogoTooLarge: see :func:`check_logo`.
    :raises LogoNotAPicture: see :func:`check_logo`.
    :raises LogoNotStored: the store is full or away.
    """
    ending = LOGO_TYPES[check_logo(upload)]
    content = upload.read()
    upload.seek(0)
    name = f"logos/{hashlib.sha256(content).hexdigest()[:40]}.{ending}"
    try:
        if not default_storage.exists(name):
            default_storage.save(name, upload)
    except OSError as error:
        default_storage.delete(name)
        raise LogoNotStored from error
    return name


def set_logo(company_id: int, name: str) -> None:
    """Show a stored picture on the customers' pages; empty: the company's name alone. One statement."""
    Company.objects.filter(pk=company_id).update(logo=name)


def open_logo(company: Company) -> tuple[File[bytes], str]:
    """The picture and its type.

    :raises FileNotFoundError: the company has none, or the store has lost it.
    """
    types = {ending: mime_type for mime_type, ending in LOGO_TYPES.items()}
    mime_type = types.get(company.logo.rpartition(".")[2])
    if mime_type is None:
        raise FileNotFoundError(company.logo)
    return default_storage.open(company.logo), mime_type
