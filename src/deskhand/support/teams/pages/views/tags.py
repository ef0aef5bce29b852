"""Tags while working: search, and make one on the way."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods

from deskhand.kit.tags.offering import offer_tags
from deskhand.support.teams.models import Tag
from deskhand.support.teams.pages.access import helpdesk_page
from deskhand.support.teams.pages.forms import TagForm
from deskhand.support.teams.policies import can_create_tag
from deskhand.support.teams.services.tags import create_tag


@require_http_methods(["GET", "POST"])
@helpdesk_page
def options(request: HttpRequest) -> JsonResponse:
    """What the picker of a ticket asks."""
    return offer_tags(
        request,
        Tag.objects.all(),
        may_create=can_create_tag(request.user),
        name_of=lambda name: TagForm({"name": name, "color": 0}),
        create=create_tag,
    )
