from __future__ import annotations

from typing import Any
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
    if not may_see(request.user, found):
        raise Http404
    return attachment_response(found)


def may_see(user: Any, found: Attachment) -> bool:
    """Whoever sees the record, unless a rule says no; a file without a record yet only its owner."""
    if not user.is_authenticated:
        return False
    if found.content_type_id is None or found.object_id is None:
        return bool(found.owner_id == user.contact_id)
    if records.find_visible(user, found.content_type_id, found.object_id) is None:
        return False
    return all(allows(user, found) for allows in FILE_RULES)
