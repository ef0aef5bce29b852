"""Companies in the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.companies.models import DOMAIN, Company
from deskhand.base.companies.pages.screens import COMPANIES
from deskhand.base.companies.policies import can_configure
from deskhand.base.companies.services.companies import NewCompany, change_company, create_company
from deskhand.base.companies.services.logos import set_logo
from deskhand.kit.api.checks import Currency, Email, TimeZone, WebAddress, checked_by
from deskhand.kit.api.public import Answer, Body, Name, Picture, Resource, changes_of, sent
from deskhand.kit.api.shapes import NO_NUL


class CompanyAnswer(Answer):
    id: int
    name: str
    short_name: str = Field(description="What customers know it by; empty: the name.")
    email: str
    phone: str
    website: str
    alias_domain: str = Field(description="Mail to a team's alias at this domain becomes a ticket.")
    currency: str
    time_zone: str
    has_logo: bool
    created_at: datetime


class NewCompanyBody(Body):
    name: Name
    short_name: Annotated[str, Field(pattern=NO_NUL, max_length=60)] = ""
    email: Email = ""
    phone: Annotated[str, Field(pattern=NO_NUL, max_length=40)] = ""
    website: WebAddress = ""
    alias_domain: Annotated[str, Field(pattern=r"^[a-z0-9.-]*$", max_length=120), checked_by(DOMAIN)] = ""
    currency: Currency = "EUR"
    time_zone: TimeZone = "UTC"


class Companies(Resource[Company]):
    key, title, one, screen = "companies", _("Companies"), _("Company"), COMPANIES
    answer, new, changes = CompanyAnswer, NewCompanyBody, changes_of(NewCompanyBody, "CompanyChanges")

    def rows(self, user: Any) -> QuerySet[Company]:
        return Company.objects.visible_to(user)

    def may_read(self, user: Any) -> bool:
        """Whoever works here knows the companies they work in: records name them."""
        return bool(user.is_internal)

    def may_create(self, user: Any) -> bool:
        return can_configure(user)

    def shown(self, record: Company, user: Any) -> Mapping[str, Any]:
        del user
        plain = {name: getattr(record, name) for name in CompanyAnswer.model_fields if name != "has_logo"}
        return plain | {"has_logo": bool(record.logo)}

    def create(self, user: Any, body: NewCompanyBody) -> Company:
        return create_company(NewCompany(**body.model_dump()), by=user)

    def change(self, user: Any, record: Company, body: Any) -> None:
        del user
        change_company(record.pk, sent(body))


COMPANIES_API = Companies()
COMPANIES_API.picture(
    Picture("logo", "logos", lambda record: record.logo, lambda record, name: set_logo(record.pk, name))
)
