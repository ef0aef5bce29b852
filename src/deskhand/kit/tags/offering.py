"""What the picker asks while somebody types: tags that fit, and a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse

from deskhand.kit.errors import DomainError
from deskhand.kit.screens import searched

#: How many tags the picker offers at once.
_MOST_OFFERED = 20


def offer_tags(
    request: HttpRequest,
    tags: QuerySet[Any],
    *,
    may_create: bool,
    name_of: Callable[[str], forms.Form],
    create: Callable[[str], Any],
) -> JsonResponse:
    """Tags in whose name ``?q=`` stands, whatever the capitals; a POST with ``name`` makes one and answers it.

    ``name_of``: a form that cleans the ``name`` that was typed.

    :raises PermissionDenied: the user may not make tags.
    """
    if request.method == "POST":
        if not may_create:
            raise PermissionDenied
        return _created(name_of(request.POST.get("name", "")), create)
    words = searched(request.GET.get("q", "")).strip().casefold()
    found = [tag for tag in tags if words in tag.name.casefold()][:_MOST_OFFERED]
    return JsonResponse({"options": [_option(tag) for tag in found], "may_create": may_create})


def _created(form: forms.Form, create: Callable[[str], Any]) -> JsonResponse:
    if not form.is_valid():
        return JsonResponse({"error": form.errors["name"][0]}, status=422)
    try:
        tag = create(form.cleaned_data["name"])
    except DomainError as refusal:
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    return JsonResponse(_option(tag), status=201)


def _option(tag: Any) -> dict[str, str | int]:
    return {"id": tag.pk, "name": tag.name, "color": tag.color}
