"""*Test connection* of a provider."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deskhand.base.accounts.models import IdentityProvider
from deskhand.base.accounts.services.trying import try_provider
from deskhand.base.companies.public import settings_page


@never_cache
@require_safe
@settings_page
def connection(request: HttpRequest, pk: int) -> HttpResponse:
    """A pop-up that says how far a sign-in would come."""
    provider = get_object_or_404(IdentityProvider, pk=pk)
    findings = try_provider(provider)
    context = {"provider": provider, "findings": findings, "works": all(one.is_ok is not False for one in findings)}
    return render(request, "accounts/connection.html", context)
