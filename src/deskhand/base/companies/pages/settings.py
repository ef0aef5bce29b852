"""General settings of the present company: one page of sections, each of them put there by an app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from deskhand.base.companies.models import Company
from deskhand.base.companies.pages.access import administrator, settings_page
from deskhand.base.companies.places import SETTINGS_SECTIONS, SettingsForm, SettingsSection
from deskhand.kit.errors import DomainError


@dataclass(frozen=True)
class FilledSection:
    section: SettingsSection
    form: SettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def settings(request: HttpRequest) -> HttpResponse:
    """All sections are checked together and saved together, or none is."""
    company = Company.objects.get(pk=administrator(request).company_id)
    sections = _sections(request, company)
    if request.method == "POST" and all([filled.form.is_valid() for filled in sections]) and _saved(sections):  # noqa: C419  # every form shall say what is wrong
        messages.success(request, _("The settings are saved."))
        return redirect("companies:settings")
    context = {"sections": sections, "company": company, "is_refused": request.method == "POST"}
    return render(request, "companies/settings.html", context, status=422 if request.method == "POST" else 200)


def _sections(request: HttpRequest, company: Company) -> list[FilledSection]:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return [
        FilledSection(
            section, section.form(data, files, prefix=section.key, company=company, user=administrator(request))
        )
        for section in SETTINGS_SECTIONS
    ]


def _saved(sections: Sequence[FilledSection]) -> bool:
    """Whether every section's service agreed; what one refuses stands beside its field, and nothing is saved."""
    form = sections[0].form
    try:
        for filled in sections:
            form = filled.form
            form.prepare()
        with transaction.atomic():
            for filled in sections:
                form = filled.form
                form.save()
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
