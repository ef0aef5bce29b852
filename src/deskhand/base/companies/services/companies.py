"""What changes a company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from deskhand.base.companies.events import CompanyFounded
from deskhand.base.companies.models import Company
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deskhand.base.accounts.public import User

#: What a person may change; everything else has a service of its own.
CHANGEABLE = frozenset({"name", "short_name", "email", "phone", "website", "alias_domain", "currency", "time_zone"})


class CompanyNameTaken(DomainError):
    code = "company_name_taken"
    message = _("There is a company of this name already. Choose another name.")
    field = "name"


@dataclass(frozen=True)
class NewCompany:
    """A company that shall use Deskhand; see :class:`Company` for the fields."""

    name: str
    short_name: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    alias_domain: str = ""
    currency: str = "EUR"
    time_zone: str = "UTC"


@in_transaction
def create_company(new: NewCompany, *, by: User | None) -> Company:
    """Make a company; who makes it works in it from now on. ``by`` None: the command line.

    :raises CompanyNameTaken: another company is called so.
    """
    company = Company(**vars(new))
    _refuse_taken(company)
    company.save()
    if by is not None:
        by.companies.add(company)
        for known in ("works_in", "company_ids", "viewer"):
            by.__dict__.pop(known, None)
    publish(CompanyFounded(company))
    return company


@in_transaction
def change_company(company_id: int, changes: Mapping[str, Any]) -> Company:
    """Change the named fields of a company; an empty mapping changes nothing.

    :raises CompanyNameTaken: another company is called so.
    """
    company = Company.objects.select_for_update().get(pk=company_id)
    for name in CHANGEABLE & changes.keys():
        setattr(company, name, changes[name])
    _refuse_taken(company)
    company.save(update_fields=sorted(CHANGEABLE & changes.keys()))
    return company


def _refuse_taken(company: Company) -> None:
    if Company.objects.filter(name__iexact=company.name).exclude(pk=company.pk).exists():
        raise CompanyNameTaken
