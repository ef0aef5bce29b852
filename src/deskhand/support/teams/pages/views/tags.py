"""Tags while working: search, and make one on the way."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods

from deskhand.kit.errors import DomainError
from deskhand.kit.screens import searched
from deskhand.support.teams.models import Tag
from deskhand.support.teams.pages.access import helpdesk_page
from deskhand.support.teams.pages.forms import TagForm
from deskhand.support.teams.policies import can_create_tag
from deskhand.support.teams.services.tags import create_tag

#: How many tags the picker offers at once.
_MOST_OFFERED = 20


@require_http_methods(["GET", "POST"])
@helpdesk_page
def options(request: HttpRequest) -> JsonResponse:
    """Tags whose name contains ``?q=``; a POST with ``name`` makes one and answers it."""
    if request.method == "POST":
        return _create(request)
    found = Tag.objects.matching(searched(request.GET.get("q", "")))[:_MOST_OFFERED]
    return JsonResponse({"options": [_option(tag) for tag in found], "may_create": can_create_tag(request.user)})


def _create(request: HttpRequest) -> JsonResponse:
    if not can_create_tag(request.user):
        raise PermissionDenied
    form = TagForm({"name": request.POST.get("name", ""), "color": 0})
    if not form.is_valid():
        return JsonResponse({"error": form.errors["name"][0]}, status=422)
    try:
        tag = create_tag(form.cleaned_data["name"])
    except DomainError as refusal:
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    return JsonResponse(_option(tag), status=201)


def _option(tag: Tag) -> dict[str, str | int]:
    return {"id": tag.pk, "name": tag.name, "color": tag.color}
