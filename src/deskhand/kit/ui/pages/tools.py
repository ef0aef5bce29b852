"""What waits for the person who asks: the counts in the top bar."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from deskhand.kit.shell import TOOLS, everybody


@require_GET
@never_cache
@login_required
def counts(request: HttpRequest) -> JsonResponse:
    """Tool → count. One query for each tool; customers have none."""
    return JsonResponse({tool.key: tool.count(request.user) for tool in TOOLS} if everybody(request.user) else {})
