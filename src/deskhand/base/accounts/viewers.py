"""Who looks at rows, as far as it decides which they see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from deskhand.base.accounts.enums import Role


@dataclass(frozen=True)
class Viewer:
    """Stands for a user in every ``visible_to``, where a query is prepared (:mod:`deskhand.kit.prepared`).

    Its ids are values of the query; users that differ in anything else get a query of their own.
    """

    pk: int
    contact_id: int
    company_ids: list[int]
    is_active: bool
    is_internal: bool
    granted: frozenset[tuple[str, Role]]

    is_authenticated: ClassVar[bool] = True

    def has_role(self, app: str, role: Role = Role.USER) -> bool:
        """As :meth:`deskhand.base.accounts.models.User.has_role`."""
        return dict(self.granted).get(app, Role.NONE) >= role
