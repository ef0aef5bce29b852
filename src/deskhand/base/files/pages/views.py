from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from deskhand.base.files.models import Attachment
from deskhand.base.files.pages.responses import attachment_response
from deskhand.base.files.places import FILE_RULES
from deskhand.kit import records


@require_safe
def attachment(request: HttpRequest, pk: UUID, name: str) -> HttpResponseBase:
    """A file, for those who may see its record. ``name`` is for people and browsers only."""
    del name
    found = get_object_or_404(Attachment, pk=pk)
    if not _may_see(request, found):
        raise Http404
    return attachment_response(found)


def _may_see(request: HttpRequest, found: Attachment) -> bool:
    if not request.user.is_authenticated:
        return False
    if found.content_type_id is None or found.object_id is None:
        return found.owner_id == request.user.contact_id
    if records.find_visible(request.user, found.content_type_id, found.object_id) is None:
        return False
    return all(allows(request.user, found) for allows in FILE_RULES)
