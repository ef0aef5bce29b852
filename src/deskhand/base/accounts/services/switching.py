"""Which of their companies somebody looks at, and in which one they make new records (TEAM-9)."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.models import User
from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction


class CompanyNotYours(DomainError):
    code = "company_not_yours"
    message = _("You do not work in this company. Ask an administrator to let you.")
    status = 404


@in_transaction
def switch_company(user_id: int, company_id: int) -> User:
    """Work in one company and look at its records alone.

    :raises CompanyNotYours: the user may not work there.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    mine = _companies_of(user)
    if company_id not in mine:
        raise CompanyNotYours
    user.company_id = company_id
    return _hide(user, mine)


@in_transaction
def show_company(user_id: int, company_id: int, *, shown: bool) -> User:
    """Look at the records of a further company, or at them no more. The present company is always shown.

    :raises CompanyNotYours: the user may not work there.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    mine = _companies_of(user)
    if company_id not in mine:
        raise CompanyNotYours
    hidden = set(user.hidden_companies) & mine
    return _hide(user, hidden - {company_id} if shown else hidden | {company_id})


@in_transaction
def show_all_companies(user_id: int) -> User:
    """Look at the records of every company the user works in."""
    return _hide(User.objects.select_for_update().get(pk=user_id), set())


def _companies_of(user: User) -> set[int]:
    return set(user.companies.values_list("pk", flat=True))


def _hide(user: User, hidden: Collection[int]) -> User:
    user.hidden_companies = sorted(set(hidden) - {user.company_id})
    user.save(update_fields=["company", "hidden_companies"])
    return user
