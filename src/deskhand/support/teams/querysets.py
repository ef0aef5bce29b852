from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from deskhand.support.teams.models import Stage, Team


class TeamQuerySet(models.QuerySet["Team"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: Any) -> Self:
        """Teams a Helpdesk user may open: all of their companies. What a private one hides are tickets (TEAM-3)."""
        if not user.is_authenticated or not user.has_role("helpdesk"):
            return self.none()
        return self.filter(company__in=user.company_ids)

    def matching(self, words: str) -> Self:
        return self.filter(Q(name__icontains=words.strip()) | Q(description__icontains=words.strip()))


class StageQuerySet(models.QuerySet["Stage"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def folded(self) -> Self:
        return self.filter(is_folded=True)

    def open(self) -> Self:
        return self.filter(is_folded=False)

    def visible_to(self, user: Any) -> Self:
        """Stages of the companies of a Helpdesk user (TEAM-9)."""
        if not user.is_authenticated or not user.has_role("helpdesk"):
            return self.none()
        return self.filter(company__in=user.company_ids)

    def with_team_count(self) -> Self:
        """``team_count``: how many active teams share the stage. In order, which Django drops when it groups."""
        counted = self.annotate(team_count=Count("teams", filter=Q(teams__is_active=True), distinct=True))
        return counted.order_by("position", "pk")
