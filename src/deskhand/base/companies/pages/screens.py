"""The list of companies and the page of each."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.models import Company
from deskhand.base.companies.pages.access import administrator
from deskhand.base.companies.pages.domains import notes_of
from deskhand.base.companies.pages.forms import CompanyForm
from deskhand.base.companies.policies import can_configure
from deskhand.base.companies.services.companies import NewCompany, change_company, create_company
from deskhand.base.companies.services.logos import set_logo, store_logo
from deskhand.base.companies.shell import SETTINGS
from deskhand.kit.screens import Column, EmptyState, Group, RecordScreen, Sheet


class Companies(RecordScreen[Company]):
    model = Company
    title = _("Companies")
    app_key = SETTINGS
    list_url, new_url, record_url = "companies:companies", "companies:new-company", "companies:company"
    columns = [
        Column("name", is_primary=True, card="title"),
        Column("alias_domain", card="start"),
        Column("email"),
        Column("phone", width="m"),
        Column("website", is_shown=False),
        Column("currency", width="s", card="end"),
        Column("time_zone", width="m", card="start-2"),
    ]
    groups = [Group("currency", _("Currency")), Group("time_zone", _("Time zone"))]
    search = ["name", "short_name", "email", "alias_domain"]
    order = ["name", "pk"]
    empty = EmptyState("building", _("No company yet"), _("Teams, tickets and mail addresses belong to a company."))
    form = CompanyForm
    sheet = Sheet(
        left=["short_name", "email", "phone", "website"],
        right=["alias_domain", "currency", "time_zone", "logo_file", "remove_logo"],
    )
    record_template = "companies/company.html"

    def rows(self, request: HttpRequest) -> QuerySet[Company]:
        return Company.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return can_configure(user)

    def form_options(self, request: HttpRequest, record: Company | None) -> dict[str, Any]:
        return {"instance": record, "like": administrator(request).company}

    def create(self, request: HttpRequest, form: CompanyForm) -> Company:
        logo = _stored(form)
        with transaction.atomic():
            company = create_company(NewCompany(**form.details()), by=administrator(request))
            set_logo(company.pk, logo)
        return company

    def change(self, request: HttpRequest, record: Company, form: CompanyForm) -> None:
        logo = _stored(form)
        with transaction.atomic():
            change_company(record.pk, form.details())
            if logo or form.cleaned_data.get("remove_logo"):
                set_logo(record.pk, logo)

    def record_context(self, request: HttpRequest, record: Company) -> dict[str, Any]:
        del request
        return {"notes": notes_of(record, record.alias_domain)}


def _stored(form: CompanyForm) -> str:
    upload = form.cleaned_data.get("logo_file")
    return store_logo(upload) if upload else ""


COMPANIES = Companies()
