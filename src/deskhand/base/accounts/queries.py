"""Answers about users that are not just filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from deskhand.base.accounts.enums import Role
from deskhand.base.accounts.models import RoleGrant, User
from deskhand.kit.prepared import prepared
from deskhand.kit.shell import APPS

#: Of the contact of who asks, no page shows more than name and address.
_NOT_ASKED_FOR = tuple(
    f"contact__{name}"
    for name in (
        "is_company", "parent", "company", "phone", "job_title", "street", "postal_code", "city", "country",
        "language", "note", "is_active", "created_at",
    )
)  # fmt: skip


def who_asks(pk: int) -> User | None:
    """One user with contact, company, companies and roles: what every page asks for, in one query.

    The joins answer a row for each pair of a company and a role, which are few.
    """
    rows: list[Any] = _with_companies_and_roles(pk)
    if not rows:
        return None
    user: User = rows[0]
    user.company_ids = list(dict.fromkeys(row.works_in for row in rows if row.works_in is not None))
    user.roles = {row.in_app: Role(row.as_role) for row in rows if row.in_app} if user.is_internal else {}
    return user


@prepared
def _with_companies_and_roles(pk: int) -> QuerySet[User, Any]:
    return (
        User.objects.filter(pk=pk)
        .select_related("contact", "company")
        .defer(*_NOT_ASKED_FOR)
        .annotate(works_in=F("companies__pk"), in_app=F("role_grants__app"), as_role=F("role_grants__role"))
        .order_by("companies__name", "in_app")
    )


def roles_in_words(user_ids: Sequence[int]) -> Mapping[int, str]:
    """``Helpdesk: Administrator, Settings: Administrator`` per user; who has no role is left out. One query."""
    titles = {app.key: str(app.title) for app in APPS}
    words: dict[int, list[str]] = defaultdict(list)
    for grant in RoleGrant.objects.filter(user__in=user_ids).order_by("app"):
        if grant.app in titles:
            words[grant.user_id].append(
                _("%(app)s: %(role)s") % {"app": titles[grant.app], "role": Role(grant.role).label}
            )
    return {user_id: ", ".join(roles) for user_id, roles in words.items()}
