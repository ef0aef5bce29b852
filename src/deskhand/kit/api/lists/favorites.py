"""Favourites of lists in the API: one's own, and what colleagues share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.kit.api.lists.named import ListName, list_named, name_of_list
from deskhand.kit.api.plain import PlainList
from deskhand.kit.api.resources import Resource
from deskhand.kit.api.shapes import NO_NUL, Answer, Body, Name, Ref, changes_of, ref, sent
from deskhand.kit.screens import Column, Filter, ListState
from deskhand.kit.screens.favorites import NewFavorite, delete_favorite, save_favorite
from deskhand.kit.screens.models import Favorite
from deskhand.kit.screens.registry import screen_of


class _FavoriteList(PlainList[Favorite]):
    model = Favorite
    title = _("Favorites")
    columns = (Column("name", is_primary=True),)
    search, order = ("name",), ("name", "pk")
    filters = (Filter("mine", _("My favorites"), lambda user: Q(owner=user.pk), section="owner"),)


class FavoriteAnswer(Answer):
    id: int
    list: str = Field(description="The list it belongs to, as it stands in addresses; empty: one without an API.")
    name: str
    query: str = Field(description="As in the address of the page, and as `GET <list>` takes it.")
    owner: Ref
    is_shared: bool
    is_default: bool = Field(description="Whether the list opens with it.")


class NewFavoriteBody(Body):
    list: ListName
    name: Annotated[Name, Field(max_length=100)]
    query: Annotated[str, Field(pattern=NO_NUL, max_length=4_000)] = Field(description="Such as filter=open&in=team.3.")
    is_shared: bool = False
    is_default: bool = False


class Favorites(Resource[Favorite]):
    key, title, one, screen = "favorites", _("Favorites"), _("Favorite"), _FavoriteList()
    answer, new = FavoriteAnswer, NewFavoriteBody
    changes = changes_of(NewFavoriteBody, "FavoriteChanges", without=("list", "name"))
    joins = ("owner",)

    def rows(self, user: Any) -> QuerySet[Favorite]:
        return Favorite.objects.visible_to(user)

    def may_create(self, user: Any) -> bool:
        return bool(user.is_internal)

    def may_change(self, user: Any, record: Favorite) -> bool:
        return bool(record.owner_id == user.pk)

    def may_delete(self, user: Any, record: Favorite) -> bool:
        return record.owner_id == user.pk or _may_tidy(user, record)

    def shown(self, record: Favorite, user: Any) -> Mapping[str, Any]:
        del user
        plain = {name: getattr(record, name) for name in FavoriteAnswer.model_fields if name not in {"list", "owner"}}
        return plain | {"list": name_of_list(record.screen), "owner": ref(record.owner)}

    def create(self, user: Any, body: NewFavoriteBody) -> Favorite:
        values = body.model_dump()
        screen = list_named(values.pop("list"), user)
        return save_favorite(NewFavorite(screen=screen.list_url, **values | _known(screen, user, values)), by=user)

    def change(self, user: Any, record: Favorite, body: Any) -> None:
        before = {name: getattr(record, name) for name in ("name", "query", "is_shared", "is_default")}
        values = before | sent(body)
        screen = screen_of(record.screen)
        known = _known(screen, user, values) if screen else {}
        save_favorite(NewFavorite(screen=record.screen, **values | known), by=user)

    def delete(self, user: Any, record: Favorite) -> None:
        delete_favorite(record, by=user, may_tidy=_may_tidy(user, record))


def _known(screen: Any, user: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """The query as the page would keep it: what the list does not know is left out."""
    request = HttpRequest()
    request.user = user
    state = ListState.read(QueryDict(values["query"]), screen.vocabulary(request))
    return {"query": state.favorite_query}


def _may_tidy(user: Any, record: Favorite) -> bool:
    screen = screen_of(record.screen)
    return record.is_shared and screen is not None and screen.may_tidy(user)


FAVORITES_API = Favorites()
