"""One way of calling: what it takes, what it answers, what it may refuse."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from deskhand.kit.api.callers import Caller
from deskhand.kit.api.once import HEADER, LONGEST_KEY, answer_once
from deskhand.kit.api.problems import FieldProblem, InvalidValues

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: What any call may be answered instead, and says so.
REFUSALS = (400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503)
_NO_SUCH_RANGE = 416

Handler = Callable[..., HttpResponse]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What an operation is, apart from the function that handles it.

    ``takes``: the names of the handler's values, with their types as the library wants them. ``query``: the names that
    may stand behind the question mark. ``before`` is called ahead of the transaction, for files; what it answers comes
    as ``prepared``. ``content``: the answer's media types and schemas, where it is no JSON; ``sends``: the body's.
    ``is_ranged``: parts of it can be asked for.
    """

    method: str
    path: str
    name: str
    summary: str | StrPromise
    scope: str
    answer: Any
    takes: Mapping[str, Any] = field(default_factory=dict)
    query: Collection[str] = ()
    status: int = 200
    has_etag: bool = False
    before: Callable[..., Any] | None = None
    content: Mapping[str, Any] | None = None
    sends: Mapping[str, Any] | None = None
    is_ranged: bool = False

    @property
    def is_safe(self) -> bool:
        return self.method == "GET"


def add_operation(router: Router, operation: Operation, handler: Handler) -> None:
    """Put an operation into a router."""

    def call(request: HttpRequest, **values: Any) -> HttpResponse:
        caller = caller_of(request)
        caller.require(operation.scope)
        _refuse_unknown(request, operation.query)
        if operation.is_safe:
            return handler(request, **values)
        if operation.before is not None:
            values["prepared"] = operation.before(request, **values)
        return answer_once(request, caller.name, lambda: handler(request, **values))

    call.__name__ = operation.name.replace("-", "_")
    call.__doc__ = inspect.cleandoc(handler.__doc__ or "")
    call.__signature__ = _signature(operation.takes)  # type: ignore[attr-defined]
    also = [304] if operation.has_etag and operation.is_safe else []
    if operation.is_ranged:
        also.append(206)
    router.add_api_operation(
        operation.path,
        [operation.method],
        call,
        response={operation.status: operation.answer} | dict.fromkeys(also),
        operation_id=operation.name,
        url_name=operation.name,
        summary=str(operation.summary),
        description=call.__doc__,
        openapi_extra=_extra(operation),
    )


def caller_of(request: HttpRequest) -> Caller:
    """Who calls; the operation is behind its authentication."""
    caller = request.auth  # type: ignore[attr-defined]
    assert isinstance(caller, Caller)  # noqa: S101
    return caller


def _refuse_unknown(request: HttpRequest, known: Collection[str]) -> None:
    unknown = sorted(set(request.GET) - set(known))
    if unknown:
        detail = _("This call knows no such parameter.")
        raise InvalidValues(FieldProblem(field=name, detail=detail, code="unknown_parameter") for name in unknown)


def _signature(takes: Mapping[str, Any]) -> inspect.Signature:
    kind = inspect.Parameter.KEYWORD_ONLY
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)
    return inspect.Signature(
        [request, *(inspect.Parameter(name, kind, annotation=annotation) for name, annotation in takes.items())]
    )


def _extra(operation: Operation) -> dict[str, Any]:
    """What the library cannot say of an operation."""
    status = operation.status
    responses: dict[int, Any] = {refused: {"$ref": f"#/components/responses/{refused}"} for refused in REFUSALS}
    if operation.has_etag:
        responses[status] = {"headers": {"ETag": {"schema": {"type": "string"}, "description": "Names this state."}}}
    if operation.content is not None:
        responses[status] = {"content": dict(operation.content)}
    if operation.is_ranged:
        responses[206] = responses[status]
        responses[_NO_SUCH_RANGE] = {"$ref": f"#/components/responses/{_NO_SUCH_RANGE}"}
    body = {"requestBody": {"required": True, "content": dict(operation.sends)}} if operation.sends else {}
    return {"parameters": list(_headers(operation)), "x-scope": operation.scope, "responses": responses, **body}


def _headers(operation: Operation) -> Iterator[dict[str, Any]]:
    if not operation.is_safe:
        about = "A word of your own, such as a UUID: the same call again does nothing twice."
        yield _header(HEADER, about, minLength=1, maxLength=LONGEST_KEY)
    if operation.has_etag and operation.is_safe:
        yield _header("If-None-Match", "The ETag that you have; 304 if it is still the same.")
    elif operation.has_etag:
        yield _header("If-Match", "The ETag that you saw; 412 if the record is not the same any more.")
    if operation.is_ranged:
        yield _header("Range", "`bytes=0-1023`: only these bytes (206).")


def described_refusals() -> dict[str, Any]:
    """What operations refer to: the same problem for each status."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(status): {
            "description": HTTPStatus(status).phrase,
            "content": content,
            "headers": _REFUSAL_HEADERS.get(status, {}),
        }
        for status in (*REFUSALS, _NO_SUCH_RANGE)
    }


_REFUSAL_HEADERS: Mapping[int, Any] = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    429: {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}},
}


def _header(name: str, description: str, **limits: int) -> dict[str, Any]:
    schema = {"type": "string", **limits}
    return {"in": "header", "name": name, "required": False, "description": description, "schema": schema}
