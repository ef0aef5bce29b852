"""Bytes below a record: its picture, which is read, put and taken away, and other files that are only read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.files.base import ContentFile
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from ninja import Router

from deskhand.kit.api.callers import READ, WRITE
from deskhand.kit.api.operations import Operation, add_operation, caller_of
from deskhand.kit.api.ranges import in_range
from deskhand.kit.api.shapes import Key, in_path
from deskhand.kit.pictures import PICTURE_TYPES, picture_response, store_picture

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from deskhand.kit.api.resources import Resource

Record = TypeVar("Record", bound=Model)
_BYTES = {"schema": {"type": "string", "format": "binary"}}


@dataclass(frozen=True)
class Download(Generic[Record]):
    """A file that comes with a record. ``answer`` is asked only for records that the user sees."""

    path: str
    name: str
    summary: str | StrPromise
    media: Sequence[str]
    answer: Callable[[Any, Record], HttpResponseBase]


@dataclass(frozen=True)
class Picture(Generic[Record]):
    """The picture of a record. ``of`` is its name in the store, empty: none; ``keep`` the service that changes it."""

    path: str
    folder: str
    of: Callable[[Record], str]
    keep: Callable[[Record, str], None]


def add_download(router: Router, resource: Resource[Any], download: Download[Any]) -> None:
    """``GET incoming-mails/7/content``."""

    def get_file(request: HttpRequest, pk: int) -> Any:
        user = caller_of(request).user
        resource.require_reading(user)
        return in_range(request, download.answer(user, resource.visible(user, pk)))

    get_file.__doc__ = download.answer.__doc__
    add_operation(router, Operation(
        method="GET", path=f"/{{pk}}/{download.path}", name=f"{resource.key}-{download.name}",
        summary=download.summary, scope=resource.scope(READ), answer=None, takes={"pk": in_path(Key)},
        content=dict.fromkeys(download.media, _BYTES), is_ranged=True,
    ), get_file)  # fmt: skip


def add_picture(router: Router, resource: Resource[Any], picture: Picture[Any]) -> None:
    """``GET``, ``PUT`` and ``DELETE employees/7/photo``."""
    one: Mapping[str, Any] = {"pk": in_path(Key)}

    def show(user: Any, record: Any) -> HttpResponseBase:
        """The picture; 404 if there is none."""
        del user
        return picture_response(picture.of(record))

    def checked(request: HttpRequest, pk: int) -> str:
        """Store it ahead of the transaction, for those who may."""
        resource.writable(request, pk, resource.may_change)
        return store_picture(ContentFile(request.body), picture.folder)

    def put(request: HttpRequest, pk: int, prepared: str) -> HttpResponse:
        """Send the bytes of a PNG, JPEG, GIF or WebP picture of up to 1 MB."""
        picture.keep(resource.writable(request, pk, resource.may_change), prepared)
        return HttpResponse(status=204)

    def remove(request: HttpRequest, pk: int) -> HttpResponse:
        """Take the picture away."""
        picture.keep(resource.writable(request, pk, resource.may_change), "")
        return HttpResponse(status=204)

    add_download(
        router, resource, Download(picture.path, picture.path, _("Get the picture"), list(PICTURE_TYPES), show)
    )
    add_operation(router, Operation(
        method="PUT", path=f"/{{pk}}/{picture.path}", name=f"{resource.key}-put-{picture.path}",
        summary=_("Set the picture"), scope=resource.scope(WRITE), answer=None, status=204, takes=one, before=checked,
        sends=dict.fromkeys(PICTURE_TYPES, _BYTES), has_etag=True,
    ), put)  # fmt: skip
    add_operation(router, Operation(
        method="DELETE", path=f"/{{pk}}/{picture.path}", name=f"{resource.key}-remove-{picture.path}",
        summary=_("Remove the picture"), scope=resource.scope(WRITE), answer=None, status=204, takes=one,
        has_etag=True,
    ), remove)  # fmt: skip
