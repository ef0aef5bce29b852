"""Which names are the same. Compared here: databases fold the capitals of some alphabets only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


def is_taken(name: str, tags: QuerySet[Any]) -> bool:
    """Whether one of ``tags`` is called so; capitals make no other name. One query."""
    return name.casefold() in {known.casefold() for known in tags.order_by().values_list("name", flat=True)}


def by_name(tags: QuerySet[Any]) -> dict[str, Any]:
    """The tags by their folded names (``dealer`` for *Dealer*). One query."""
    return {tag.name.casefold(): tag for tag in tags}
