"""Searches that people keep, and the columns that they want to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from deskhand.kit.errors import DomainError, NotAllowed
from deskhand.kit.prepared import prepared
from deskhand.kit.screens.models import ColumnChoice, Favorite

MOST_FAVORITES = 100


class FavoriteWithoutName(DomainError):
    code = "favorite_without_name"
    message = _("Give the search a name.")
    field = "name"


class TooManyFavorites(DomainError):
    code = "too_many_favorites"
    message = _("You keep too many searches of this list. Remove one that you do not need.")
    field = "name"


class NotYourFavorite(NotAllowed):
    code = "not_your_favorite"
    message = _("Only who made a favorite, or an administrator, may remove it.")


@dataclass(frozen=True)
class NewFavorite:
    """A search to keep; ``query`` is what stands in the address of the list."""

    screen: str
    name: str
    query: str
    is_shared: bool = False
    is_default: bool = False


@transaction.atomic
def save_favorite(new: NewFavorite, *, by: Any) -> Favorite:
    """Keep a search; one of the same name is replaced. There is one default of one's own, and one of those shared.

    :raises FavoriteWithoutName: the name is empty.
    :raises TooManyFavorites: nobody would find one among so many.
    """
    name = " ".join(new.name.split())[:100]
    if not name:
        raise FavoriteWithoutName
    own = Favorite.objects.of(new.screen).filter(owner=by.pk)
    if own.exclude(name=name).count() >= MOST_FAVORITES:
        raise TooManyFavorites
    if new.is_default:
        own.filter(is_shared=new.is_shared).update(is_default=False)
    kept = {"query": new.query, "is_shared": new.is_shared, "is_default": new.is_default}
    favorite, _made = Favorite.objects.update_or_create(screen=new.screen, owner_id=by.pk, name=name, defaults=kept)
    return favorite


def delete_favorite(favorite: Favorite, *, by: Any, may_tidy: bool) -> None:
    """Forget a search. ``may_tidy``: the person administers the list, and may remove what others share.

    :raises NotYourFavorite: somebody else made it.
    """
    if favorite.owner_id != by.pk and not may_tidy:
        raise NotYourFavorite
    favorite.delete()


def favorites_of(screen: str, user: Any) -> list[Favorite]:
    """What a person finds at a list, by name. One query."""
    return list(Favorite.objects.visible_to(user).of(screen).select_related("owner").order_by("name", "pk"))


def default_query(screen: str, user: Any) -> str | None:
    """The search that a list opens with: the own default, else the newest that colleagues share. One query."""
    found = list(_defaults(screen, user))
    own = [favorite for favorite in found if favorite.owner_id == user.pk and not favorite.is_shared]
    first = next(iter([*own, *found]), None)
    return first.query if first else None


def _defaults(screen: str, user: Any) -> QuerySet[Favorite]:
    return Favorite.objects.visible_to(user).of(screen).defaults().order_by("-pk")


def chosen_columns(screen: str, user: Any) -> list[str]:
    """The keys of the columns that a person chose; empty: those of the screen. One query."""
    found = _columns(screen, user.pk)
    return [str(key) for key in found[0]] if found else []


@prepared
def _columns(screen: str, owner: int) -> QuerySet[ColumnChoice, Any]:
    return ColumnChoice.objects.filter(screen=screen, owner=owner).values_list("columns", flat=True)


def choose_columns(screen: str, columns: Sequence[str], *, by: Any) -> None:
    """Show these columns from now on; none: those of the screen again."""
    if columns:
        ColumnChoice.objects.update_or_create(screen=screen, owner_id=by.pk, defaults={"columns": list(columns)})
    else:
        ColumnChoice.objects.filter(screen=screen, owner=by.pk).delete()
