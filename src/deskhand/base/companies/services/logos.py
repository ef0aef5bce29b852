"""The picture that customers know a company by: public, and kept as :mod:`deskhand.kit.pictures` are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.models import Company
from deskhand.kit.errors import DomainError
from deskhand.kit.pictures import NotAPicture, PictureTooLarge, check_picture, store_picture


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


def check_logo(upload: File[bytes]) -> str:
    """The type of a picture, by its bytes, whatever its name says.

    :raises LogoTooLarge: more than 1 MB.
    :raises LogoNotAPicture: its bytes are something else.
    """
    with _refused_as_logo():
        return check_picture(upload)


def store_logo(upload: File[bytes]) -> str:
    """Check and store a picture; answers the name that :func:`set_logo` takes. Outside a transaction: a file.

    :raises LogoTooLarge: see :func:`check_logo`.
    :raises LogoNotAPicture: see :func:`check_logo`.
    :raises PictureNotStored: the store is full or away.
    """
    with _refused_as_logo():
        return store_picture(upload, "logos")


def set_logo(company_id: int, name: str) -> None:
    """Show a stored picture on the customers' pages; empty: the company's name alone. One statement."""
    Company.objects.filter(pk=company_id).update(logo=name)


@contextmanager
def _refused_as_logo() -> Iterator[None]:
    """The refusals in words that stand beside the logo's field."""
    try:
        yield
    except PictureTooLarge as error:
        raise LogoTooLarge from error
    except NotAPicture as error:
        raise LogoNotAPicture from error
