from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from deskhand.support.intake.models import TeamAlias


class TeamAliasQuerySet(models.QuerySet["TeamAlias"]):
    def receiving(self) -> Self:
        """Aliases at which mail makes tickets now."""
        return self.filter(is_enabled=True, team__is_active=True, team__company__alias_domain__gt="")

    def with_local_parts(self, local_parts: Collection[str]) -> Self:
        return self.filter(local_part__in=local_parts)

    def for_mail(self) -> Self:
        """With team and company: one query."""
        return self.select_related("team__company")
