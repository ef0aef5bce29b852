"""The API as a whole: its door, and its description."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic_core import to_json

from deskhand import __version__
from deskhand.kit.api import problems
from deskhand.kit.api.operations import described_refusals
from deskhand.kit.errors import DomainError

_ABOUT = """The REST API of Deskhand: everything that people do on its pages, for programs.

Send an API key (*My Preferences → API keys*): `Authorization: Bearer …`. Lists answer in parts; follow `next`.
Refusals are problems (RFC 9457) with a sentence for people and a code for programs."""


def make_api(auth: Sequence[Any]) -> NinjaAPI:
    """An API without operations. ``auth``: how callers say who they are."""
    api = NinjaAPI(
        title="Deskhand",
        version="1",
        description=_ABOUT,
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
        auth=list(auth),
    )
    answers: Sequence[tuple[type[Exception], Any]] = (
        (DomainError, problems.of_domain_error),
        (ValidationError, problems.of_invalid),
        (HttpError, problems.of_http_error),
        (Http404, problems.of_missing),
        (PermissionDenied, problems.of_denied),
    )
    for error, answer in answers:
        api.add_exception_handler(error, answer)
    return api


@lru_cache(maxsize=4)
def description_of(api: NinjaAPI) -> dict[str, Any]:
    """The OpenAPI description."""
    found: dict[str, Any] = dict(api.get_openapi_schema())
    problem = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    found["components"]["schemas"] |= problem.pop("$defs") | {"Problem": problem}
    found["components"]["responses"] = described_refusals()
    found["info"]["license"] = {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"}
    found["info"]["x-deskhand-version"] = __version__
    return found


@lru_cache(maxsize=4)
def written_description(api: NinjaAPI) -> bytes:
    return to_json(description_of(api))
