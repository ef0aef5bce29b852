"""The page of keyboard shortcuts (``?``)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deskhand.home.pages.access import for_colleagues


@require_safe
@for_colleagues
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Those that work everywhere; what the page below offers is added by its script. As a pop-up or a page."""
    is_popup = request.headers.get("HX-Target") == "dh-popup"
    return render(request, "home/shortcuts_popup.html" if is_popup else "home/shortcuts.html")
