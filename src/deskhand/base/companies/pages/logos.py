"""The logo, for everybody who sees a customer page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from deskhand.base.companies.models import Company
from deskhand.kit.pictures import picture_response


@require_safe
def logo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One query; cached by the browser, as a new logo has a new address."""
    del request
    response = picture_response(get_object_or_404(Company, pk=pk).logo)
    response["Cache-Control"] = "public, max-age=86400"
    return response
