"""Records as JSON: chosen fields, ETags, pages of lists."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from pydantic_core import to_json

from deskhand.kit.errors import DomainError

MEDIA_TYPE = "application/json"


class ChangedMeanwhile(DomainError):
    code = "changed_meanwhile"
    message = _("Somebody else changed this meanwhile. Get it again, and make your changes to what it is now.")
    status = 412


def json_answer(data: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    return HttpResponse(
        to_json(data),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "private, no-cache"} | dict(headers or {}),
    )


def record_answer(
    request: HttpRequest,
    shown: Mapping[str, Any],
    *,
    fields: Sequence[str] = (),
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """One record with its ETag; 304 for who has it already."""
    etag = etag_of(shown)
    if request.method == "GET" and etag in _tags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": etag})
    return json_answer(chosen(shown, fields), status=status, headers={"ETag": etag, **(headers or {})})


def etag_of(shown: Mapping[str, Any]) -> str:
    """Of all that the record says, whatever fields were asked for."""
    return f'"{hashlib.sha256(to_json(shown)).hexdigest()[:32]}"'


def refuse_stale(request: HttpRequest, shown: Mapping[str, Any]) -> None:
    """:raises ChangedMeanwhile: the record is not what ``If-Match`` names."""
    wanted = _tags(request.headers.get("If-Match", "*"))
    if "*" not in wanted and etag_of(shown) not in wanted:
        raise ChangedMeanwhile


def chosen(shown: Mapping[str, Any], fields: Sequence[str]) -> Mapping[str, Any]:
    return {name: value for name, value in shown.items() if name in fields or name == "id"} if fields else shown


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
