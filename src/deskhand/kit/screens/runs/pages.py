"""The page of a run, for whoever started it: how far it is, what was refused, and the way back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from deskhand.kit.errors import DomainError
from deskhand.kit.screens.registry import screen_of
from deskhand.kit.screens.runs.answers import answer, refused, tell
from deskhand.kit.screens.runs.models import Run
from deskhand.kit.screens.runs.running import start_undo


@require_safe
@login_required
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; asked again and again until it is at its end."""
    return tell(request, get_object_or_404(Run.objects.visible_to(request.user), pk=pk))


@require_POST
@login_required
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was changed. What was changed again since then stays, and is listed."""
    found = get_object_or_404(Run.objects.visible_to(request.user), pk=pk)
    try:
        return answer(request, start_undo(found, by=request.user))
    except DomainError as refusal:
        return refused(request, refusal, screen_of(found.screen))
