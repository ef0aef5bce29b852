from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from deskhand.kit.screens.models import Favorite


class FavoriteQuerySet(models.QuerySet["Favorite"]):
    """Vocabulary of favourites."""

    def visible_to(self, user: Any) -> Self:
        """One's own, and what colleagues share whom one sees at all."""
        colleagues: Any = get_user_model()._default_manager  # noqa: SLF001
        shared = Q(is_shared=True, owner__in=colleagues.visible_to(user).values("pk"))
        return self.filter(Q(owner=user.pk) | shared)

    def of(self, screen: str) -> Self:
        return self.filter(screen=screen)

    def defaults(self) -> Self:
        return self.filter(is_default=True)
