"""The description of the API: for programs (OpenAPI), and for people."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from deskhand.kit.api.door import Api, written_description
from deskhand.kit.api.pages.reading import chapters_of, refusals

Door = Callable[[HttpRequest], HttpResponse]


def description_urls(api: Api) -> tuple[list[URLPattern], str]:
    """The routes, for ``include``. They say nothing that is not in the source, so everybody may read them."""

    @require_safe
    def openapi(request: HttpRequest) -> HttpResponse:
        """The OpenAPI description."""
        del request
        return HttpResponse(written_description(api), content_type="application/json")

    @require_safe
    def docs(request: HttpRequest) -> HttpResponse:
        """The same for people: each operation with what it takes, answers and refuses. No query of its own."""
        return render(request, "api/docs.html", {"chapters": chapters_of(api), "refusals": refusals()})

    return [path("openapi.json", openapi, name="openapi"), path("docs/", docs, name="docs")], "api-docs"
