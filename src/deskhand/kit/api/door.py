"""The API as a whole: its door, and its description."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RegexPattern
from django.utils import translation
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from pydantic_core import to_json

from deskhand import __version__
from deskhand.kit.api import problems
from deskhand.kit.api.middleware import PREFIX
from deskhand.kit.api.operations import described_refusals
from deskhand.kit.errors import DomainError
from deskhand.kit.later import LateRoutes

#: Of the description. It is made once and kept.
LANGUAGE = "en"
_ABOUT = """The REST API of Deskhand: everything that people do on its pages, for programs.

Send an API key (*My Preferences → API keys*): `Authorization: Bearer …`. Lists answer in parts; follow `next`.
Refusals are problems (RFC 9457) with a sentence for people and a code for programs."""


class Api:
    """The API: a part for each kind of record.

    Made when it is first called: the operations of a part take half a megabyte in each process, and few call many.
    """

    def __init__(self, routers: Mapping[str, Callable[[], Router]], *, auth: Sequence[Any]) -> None:
        """``routers``: what makes the operations of a part, by its first word in addresses. ``auth``: how callers say
        who they are."""
        self._routers = routers
        self._auth = auth
        self._made: dict[str, NinjaAPI] = {}
        self._one_at_a_time = Lock()

    def part(self, key: str) -> NinjaAPI:
        """The operations of one kind of record."""
        with self._one_at_a_time:
            if key not in self._made:
                with translation.override(LANGUAGE):
                    self._made[key] = _make_part(key, self._routers[key](), self._auth)
            return self._made[key]

    def parts(self) -> Iterator[NinjaAPI]:
        """All of them, in the order of the description."""
        return map(self.part, self._routers)

    def routes(self) -> list[URLResolver]:
        return [PartRoutes(self, key) for key in self._routers]


class PartRoutes(LateRoutes):
    """The routes of one part, which is made when an address of it is called."""

    def __init__(self, api: Api, key: str) -> None:
        # Looks at the first word and takes nothing of the address: a part's own routes begin with it, too.
        super().__init__(RegexPattern(rf"^(?={re.escape(key)}(?:/|$))"), [], app_name="api", namespace=f"api-{key}")
        self._api = api
        self._key = key

    @cached_property
    def url_patterns(self) -> list[URLPattern | URLResolver]:
        return self._api.part(self._key).urls[0]


def _make_part(key: str, router: Router, auth: Sequence[Any]) -> NinjaAPI:
    part = NinjaAPI(
        title="Deskhand",
        version="1",
        description=_ABOUT,
        openapi_url=None,
        docs_url=None,
        urls_namespace=f"api:api-{key}",
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
        part.add_exception_handler(error, answer)
    part.add_router(f"/{key}", router)
    return part


@lru_cache(maxsize=4)
@translation.override(LANGUAGE)
def description_of(api: Api) -> dict[str, Any]:
    """The OpenAPI description of all parts, in English whoever asks: the names in it are English, too."""
    first, *others = (dict(part.get_openapi_schema(path_prefix=PREFIX)) for part in api.parts())
    for other in others:
        first["paths"] |= other["paths"]
        first["components"]["schemas"] |= other["components"]["schemas"]
    problem = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    first["components"]["schemas"] |= problem.pop("$defs") | {"Problem": problem}
    first["components"]["responses"] = described_refusals()
    first["info"]["license"] = {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"}
    first["info"]["x-deskhand-version"] = __version__
    return first


@lru_cache(maxsize=4)
def written_description(api: Api) -> bytes:
    return to_json(description_of(api))
