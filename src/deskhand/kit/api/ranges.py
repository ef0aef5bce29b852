"""Parts of a file: the header ``Range`` (RFC 9110), one range at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")
_CHUNK = 262_144


def in_range(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or the part of it that was asked for; 416 for one that is not there. What is no range is ignored."""
    if not isinstance(response, FileResponse) or "Content-Length" not in response:
        return response
    size = int(response["Content-Length"])
    response["Accept-Ranges"] = "bytes"
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked is None or asked.groups() == ("", ""):
        return response
    first, last = _bounds(asked[1], asked[2], size)
    if first > last:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return _part(response, first, last, size)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """``500-`` from there on, ``-500`` the last ones."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(whole: FileResponse, first: int, last: int, size: int) -> HttpResponseBase:
    content: Any = whole.file_to_stream
    content.seek(first)
    part = StreamingHttpResponse(_bytes(content, last - first + 1), status=206)
    for name, value in whole.items():
        part[name] = value
    part["Content-Length"] = str(last - first + 1)
    part["Content-Range"] = f"bytes {first}-{last}/{size}"
    part._resource_closers.append(whole.close)  # type: ignore[attr-defined]  # noqa: SLF001
    return part


def _bytes(content: Any, count: int) -> Iterator[bytes]:
    while count > 0 and (chunk := content.read(min(_CHUNK, count))):
        count -= len(chunk)
        yield chunk
