"""Refusals as RFC 9457 problems: the sentences of the pages, with a code for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, Field
from pydantic_core import to_json

from deskhand.kit.errors import DomainError, NotAllowed

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """What is wrong with one field or parameter."""

    field: str = Field(description="Its name; parts of a structure with dots between them.")
    detail: str = Field(description="A sentence for the person who typed it.")
    code: str = Field(description="Stable, for programs.")


class Problem(BaseModel):
    """Why something was refused (RFC 9457). Nothing was changed."""

    type: str = Field(description="Where the code is explained.")
    title: str = Field(description="The name of the status.")
    status: int
    detail: str = Field(description="What happened and what to do, for a person.")
    code: str = Field(description="Stable, for programs.")
    errors: list[FieldProblem] = Field(description="The fields it is about, where it is about fields.")


class InvalidValues(DomainError):
    """What was sent is not what the operation takes. ``errors``: name and sentence of each field."""

    code = "invalid_values"
    status = 422

    def __init__(self, errors: Iterable[FieldProblem]) -> None:
        self.errors = list(errors)
        super().__init__(_("Some values are not right. Nothing was changed."))


def invalid(field: str, detail: str, *, code: str = "invalid") -> InvalidValues:
    return InvalidValues([FieldProblem(field=field, detail=detail, code=code)])


def problem(
    status: int,
    detail: str,
    *,
    code: str,
    errors: Iterable[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A refusal as an answer."""
    said = Problem(
        type=f"{settings.SITE_URL}/api/docs/#{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        errors=list(errors),
    )
    return HttpResponse(
        to_json(said),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store"} | dict(headers or {}),
    )


def of_domain_error(_request: HttpRequest, refusal: DomainError) -> HttpResponse:
    if isinstance(refusal, InvalidValues):
        errors = refusal.errors
    elif refusal.field:
        errors = [FieldProblem(field=refusal.field, detail=str(refusal), code=refusal.code)]
    else:
        errors = []
    headers: Mapping[str, str] = getattr(refusal, "headers", {})
    return problem(refusal.status, str(refusal), code=refusal.code, errors=errors, headers=headers)


def of_status(status: int) -> HttpResponse:
    """What was refused before the API was reached, or by it without a word of its own."""
    code, detail = WORDS.get(status, ("refused", HTTPStatus(status).description or HTTPStatus(status).phrase))
    if status == HTTPStatus.UNAUTHORIZED:
        return problem(status, _(detail), code=code, headers={"WWW-Authenticate": 'Bearer realm="Deskhand"'})
    return problem(status, _(detail), code=code)


def of_http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return of_status(error.status_code)


def of_missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return of_status(404)


def of_denied(_request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return problem(403, str(NotAllowed.message), code=NotAllowed.code)


def of_invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What a schema refuses, field by field."""
    refusal = InvalidValues(_field_problem(found) for found in error.errors)
    return of_domain_error(_request, refusal)


#: Status → code and sentence. Sentences are translated when they are said.
WORDS: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "This could not be read. Send JSON in UTF-8, without NUL characters."),
    401: ("not_signed_in", "Send an API key that is valid: Authorization: Bearer …"),
    403: (NotAllowed.code, str(NotAllowed.message)),
    404: ("not_found", "There is nothing here, or you may not see it."),
    405: ("method_not_allowed", "This address does not take this method. The header Allow names those that it takes."),
    413: ("too_large", "This is too large. Send less at once."),
    415: ("media_type_not_supported", "Send JSON, with Content-Type: application/json."),
    416: ("range_not_there", "The file has no such bytes. Content-Range says how many it has."),
    500: ("failed", "Something failed in Deskhand. Nothing was changed. It is in the log of the server."),
    503: ("away", "Deskhand cannot reach its data at the moment. Nothing was changed. Try again in a minute."),
}


def _field_problem(found: Mapping[str, Any]) -> FieldProblem:
    kind, context = str(found["type"]), found.get("ctx") or {}
    # The first parts say where it was sent (body, query) and what the function calls it.
    parts = [str(part) for part in found["loc"] if part not in _SOURCES]
    return FieldProblem(field=".".join(parts) or "body", detail=_sentence(kind, context, str(found["msg"])), code=kind)


_SOURCES = frozenset({"body", "query", "path", "header", "file", "form", "sent", "asked"})


def _sentence(kind: str, context: Mapping[str, Any], otherwise: str) -> str:
    if kind == "missing":
        return _("This field is required.")
    if kind == "extra_forbidden":
        return _("There is no such field.")
    if kind == "string_too_long":
        return _("At most %(count)s characters.") % {"count": context.get("max_length")}
    if kind == "string_too_short":
        return _("This must not be empty.")
    if kind == "literal_error":
        return _("Use one of: %(known)s.") % {"known": context.get("expected")}
    return f"{otherwise.removesuffix('.')}."
