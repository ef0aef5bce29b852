from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.companies.public import can_configure

if TYPE_CHECKING:
    from deskhand.base.accounts.models import Invitation, User


@dataclass(frozen=True)
class Viewer:
    """Stands for a user in every ``visible_to``, where a query is prepared (:mod:`deskhand.kit.prepared`).

    Its ids are values of the query; users that differ in anything else get a query of their own.
    """

    pk: int
    contact_id: int
    own_contact_ids: list[int]
    company_ids: list[int]
    is_active: bool
    is_internal: bool
    granted: frozenset[tuple[str, Role]]

    is_authenticated: ClassVar[bool] = True

    def has_role(self, app: str, role: Role = Role.USER) -> bool:
        """As :meth:`deskhand.base.accounts.models.User.has_role`."""
        return dict(self.granted).get(app, Role.NONE) >= role

    @property
    def is_settings_administrator(self) -> bool:
        """As :attr:`deskhand.base.accounts.models.User.is_settings_administrator`."""
        return self.has_role("settings", Role.ADMINISTRATOR)


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

    def visible_to(self, user: Any) -> Self:
        """Internal users see their colleagues in the companies they share; others only themselves."""
        if not user.is_authenticated:
            return self.none()
        if not user.is_internal:
            return self.filter(pk=user.pk)
        return self.filter(companies__in=user.company_ids).distinct()


class UserManager(BaseUserManager["User"]):
    """Users are made by :func:`deskhand.base.accounts.services.create_user`, never here."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> Self:
        """Sent and not accepted, those that are too old by now included."""
        return self.filter(accepted_at=None, user__is_active=True)

    def manageable_by(self, user: Any) -> Self:
        """Administrators of the settings see all."""
        return self.all() if can_configure(user) else self.none()
