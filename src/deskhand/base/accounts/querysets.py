from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import F

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.companies.public import can_configure

if TYPE_CHECKING:
    from deskhand.base.accounts.models import User

#: Of the contact of who asks, no page shows more than name and address.
_NOT_ASKED_FOR = tuple(
    f"contact__{name}"
    for name in (
        "is_company", "parent", "company", "phone", "job_title", "street", "postal_code", "city", "country",
        "language", "note", "is_active", "created_at",
    )
)  # fmt: skip


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def internal(self) -> Self:
        return self.filter(is_active=True, kind=UserKind.INTERNAL)

    def with_role(self, app: str, role: Role = Role.USER) -> Self:
        """Internal users that are at least ``role`` in ``app``."""
        return self.internal().filter(role_grants__app=app, role_grants__role__gte=role)

    def manageable_by(self, user: Any) -> Self:
        """Administrators of the settings manage everybody, those who may not sign in any more included."""
        return self.all() if can_configure(user) else self.none()

    def who_asks(self, pk: int) -> User | None:
        """One user with contact, company, companies and roles: what every page asks for, in one query.

        The joins answer a row for each pair of a company and a role, which are few.
        """
        rows: list[Any] = list(
            self.filter(pk=pk)
            .select_related("contact", "company")
            .defer(*_NOT_ASKED_FOR)
            .annotate(works_in=F("companies__pk"), in_app=F("role_grants__app"), as_role=F("role_grants__role"))
            .order_by("companies__name", "in_app")
        )
        if not rows:
            return None
        user: User = rows[0]
        user.company_ids = list(dict.fromkeys(row.works_in for row in rows if row.works_in is not None))
        user.roles = {row.in_app: Role(row.as_role) for row in rows if row.in_app} if user.is_internal else {}
        return user

    def visible_to(self, user: Any) -> Self:
        """Internal users see their colleagues in the companies they share; others only themselves."""
        if not user.is_authenticated:
            return self.none()
        if not user.is_internal:
            return self.filter(pk=user.pk)
        return self.filter(companies__in=user.company_ids).distinct()


_UserManager = BaseUserManager.from_queryset(UserQuerySet)


class UserManager(_UserManager["User"]):
    """Users are made by :func:`deskhand.base.accounts.services.create_user`, never here."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)
