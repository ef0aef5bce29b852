from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from deskhand.base.companies.models import Company


class CompanyQuerySet(models.QuerySet["Company"]):
    def visible_to(self, user: Any) -> Self:
        """The companies that a user works in; administrators of the settings see all of them (TEAM-9)."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.is_settings_administrator else self.filter(pk__in=user.company_ids)
