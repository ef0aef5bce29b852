"""The logo, for everybody who sees a customer page."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from deskhand.base.companies.models import Company
from deskhand.base.companies.services.logos import open_logo


@require_safe
def logo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One query; cached by the browser, as a new logo has a new address."""
    del request
    try:
        picture, mime_type = open_logo(get_object_or_404(Company, pk=pk))
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(picture, content_type=mime_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=86400"
    return response
