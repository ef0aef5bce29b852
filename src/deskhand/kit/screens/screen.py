"""A record list, declared once.

A screen is a class of declarations with one instance::

    class Contacts(ListScreen[Contact]):
        model = Contact
        title = _("Contacts")
        list_url, new_url, record_url = "contacts:list", "contacts:new", "contacts:contact"
        columns = [Column("name", is_primary=True, card="title"), Column("email", card="start")]
        search = ["name", "email"]
        ...

    CONTACTS = Contacts()
    urlpatterns = CONTACTS.urls()

What it shows is said by the address alone. It works without script; htmx only swaps the page's main part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deskhand.kit.addresses import record_address
from deskhand.kit.errors import NotAllowed
from deskhand.kit.screens import choosing, grouping, registry
from deskhand.kit.screens.access import door
from deskhand.kit.screens.actions import MassAction
from deskhand.kit.screens.cell import cell
from deskhand.kit.screens.declarations import Column, EmptyState, Filter, Group, ViewLink
from deskhand.kit.screens.export import export
from deskhand.kit.screens.import_door import upload
from deskhand.kit.screens.importing import Importer
from deskhand.kit.screens.listing import ListPage
from deskhand.kit.screens.mass import mass, mass_menu
from deskhand.kit.screens.search import SearchBox, search_box
from deskhand.kit.screens.state import ListState

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Record = TypeVar("Record", bound=Model)


class ListScreen(Generic[Record]):
    """A list of records. ``rows`` is the one thing that every screen has to answer.

    ``order`` must be complete (end with a unique field), so that pages never overlap. ``joins`` and ``prefetches`` are
    what the columns need. ``archived`` is true for records that stay hidden until the filter *Archived* is chosen;
    None: the model knows no archive.
    """

    model: type[Record]
    title: str | StrPromise
    list_url: str
    record_url: str
    new_url: str = ""
    app_key: str = ""
    columns: Sequence[Column] = ()
    search: Sequence[str] = ()
    filters: Sequence[Filter] = ()
    groups: Sequence[Group] = ()
    order: Sequence[str] = ("pk",)
    joins: Sequence[str] = ()
    prefetches: Sequence[Any] = ()
    archived: Q | None = None
    #: Columns of exported files besides those of the list, and what these need.
    export_columns: Sequence[Column] = ()
    export_joins: Sequence[str] = ()
    export_prefetches: Sequence[Any] = ()
    #: How files become records; None: they do not.
    importer: Importer | None = None
    page_size: int = 80
    empty: EmptyState
    list_template: str = "screens/list.html"

    ARCHIVED: ClassVar[str] = "archived"

    def __init__(self) -> None:
        registry.register(self)

    # ---- what a screen answers --------------------------------------------------------------------------------------

    def rows(self, request: HttpRequest) -> QuerySet[Record]:
        """The records that the person may see; never more."""
        raise NotImplementedError

    def may_open(self, user: Any) -> bool:
        return bool(user.is_internal)

    def may_create(self, user: Any) -> bool:
        return self.may_open(user)

    def columns_for(self, request: HttpRequest) -> Sequence[Column]:
        """The columns; a screen may add those that other apps put into a place."""
        del request
        return self.columns

    def matching(self, rows: QuerySet[Record], words: str) -> QuerySet[Record]:
        """The rows that a search finds."""
        return choosing.containing(rows, self.search, words)

    def may_import(self, user: Any) -> bool:
        """Whether files of the user may become records."""
        return self.importer is not None and self.may_create(user)

    def refuse_import(self, user: Any, record: Record) -> None:
        """:raises NotAllowed: the user may see the record, but a file of theirs does not change it."""
        if not self.may_edit_cells(user, record):
            raise NotAllowed

    def may_edit_cells(self, user: Any, record: Record) -> bool:
        """Whether the user may edit the record in the list."""
        del record
        return self.may_create(user)

    def mass_actions(self) -> Sequence[MassAction]:
        """What can be done with many records at once; a screen may add those that other apps put into a place."""
        return ()

    def views(self, request: HttpRequest, state: ListState) -> Sequence[ViewLink]:
        """The buttons of the view switch; none when there is only this list."""
        del request, state
        return ()

    def title_for(self, request: HttpRequest) -> str:
        del request
        return str(self.title)

    def new_address(self, request: HttpRequest) -> str:
        """Where **New** leads; empty: there is no such button."""
        return reverse(self.new_url) if self.new_url and self.may_create(request.user) else ""

    def record_address(self, record: Record, query: str) -> str:
        """The record's page; with the list's state, so that it knows what comes before and after."""
        url = record_address(self.record_url, record.pk)
        return f"{url}?{query}" if query else url

    def list_context(self, request: HttpRequest, state: ListState) -> dict[str, Any]:
        """What the screen's own template needs besides."""
        del request, state
        return {}

    # ---- state ------------------------------------------------------------------------------------------------------

    @cached_property
    def all_filters(self) -> list[Filter]:
        archive = [Filter(self.ARCHIVED, _("Archived"), self.archived, section="~archive")] if self.archived else []
        return [*self.filters, *archive]

    @property
    def is_editable(self) -> bool:
        """Whether cells of it are edited in place."""
        return any(column.edit for column in self.columns)

    @cached_property
    def groups_by_key(self) -> dict[str, Group]:
        return {group.key: group for group in self.groups}

    def state(self, request: HttpRequest) -> ListState:
        """What the address asks for; an address that chooses nothing asks for the default filters."""
        state = ListState.read(
            request.GET,
            filters=[known.key for known in self.all_filters],
            groups=self.groups_by_key,
            sorts=[column.key for column in self.columns_for(request) if choosing.sort_paths(column, self.model)],
        )
        if ListState.is_chosen(request.GET):
            return state
        return replace(state, filters=tuple(known.key for known in self.filters if known.is_default))

    def apply(self, request: HttpRequest, rows: QuerySet[Record], state: ListState | None = None) -> QuerySet[Record]:
        """Those of the rows that the address chooses; also for other views of the same records, such as a board."""
        state = state or self.state(request)
        if self.archived and self.ARCHIVED not in state.filters:
            rows = rows.exclude(self.archived)
        chosen = [known for known in self.all_filters if known.key in state.filters]
        rows = choosing.filtered(rows, chosen, request.user)
        for group, value in state.within:
            rows = grouping.inside_group(rows, self.groups_by_key[group], value)
        for words in state.words:
            rows = self.matching(rows, words)
        return rows

    def chosen_rows(self, request: HttpRequest, state: ListState) -> QuerySet[Record]:
        """All rows of the list in that state, in its order, without the joins that only their display needs."""
        return self.apply(request, self.rows(request), state).order_by(*self.order_for(request, state))

    def joined_for_export(self, rows: QuerySet[Record]) -> QuerySet[Record]:
        """With what the columns of a file need."""
        joins = [*self.joins, *self.export_joins]
        joined = rows.select_related(*joins) if joins else rows
        return joined.prefetch_related(*self.prefetches, *self.export_prefetches)

    def order_for(self, request: HttpRequest, state: ListState) -> list[str]:
        return choosing.order_of(self.columns_for(request), self.model, state, self.order)

    def search_box(
        self, request: HttpRequest, state: ListState | None = None, *, with_groups: bool = True
    ) -> SearchBox:
        """The search box of the page that is asked for, for ``screens/search.html``. One query per narrowed group."""
        return search_box(
            state or self.state(request),
            self.all_filters,
            self.groups if with_groups else (),
            action=request.path,
            name_within=lambda key, value: grouping.name_of(self.rows(request), self.groups_by_key[key], value),
        )

    # ---- doors ------------------------------------------------------------------------------------------------------

    @property
    def list_view(self) -> Callable[..., HttpResponse]:
        """The list page. A fixed number of queries, whatever the number of rows."""
        return require_safe(self._list)

    @door
    def _list(self, request: HttpRequest) -> HttpResponse:
        state = self.state(request)
        listing = ListPage(self, request, state).listing()
        context = {
            "screen": self,
            "app_key": self.app_key,
            "title": self.title_for(request),
            "listing": listing,
            "cell_url": reverse(f"{self.list_url}-cell", args=[0]) if self.is_editable else "",
            "import_url": reverse(f"{self.list_url}-import") if self.may_import(request.user) else "",
            "mass": mass_menu(self, request, state, listing),
            "box": self.search_box(request, state),
            "new_url": self.new_address(request),
            "views": self.views(request, state),
            "export_url": f"{reverse(f'{self.list_url}-export')}?{state.at_page(1).query}",
            "is_narrowed": bool(state.words or state.filters or state.within),
        }
        return render(request, self.list_template, context | self.list_context(request, state))

    def urls(self, prefix: str = "") -> list[URLPattern]:
        """The routes; ``prefix`` stands in front (``companies/``)."""
        return [path(prefix, self.list_view, name=route_of(self.list_url)), *self.side_doors(prefix)]

    def side_doors(self, prefix: str = "") -> list[URLPattern]:
        """The routes of what can be done with the whole list."""
        name = route_of(self.list_url)
        return [
            *([path(f"{prefix}<int:pk>/cell/", partial(cell, self), name=f"{name}-cell")] if self.is_editable else []),
            *([path(f"{prefix}import/", partial(upload, self), name=f"{name}-import")] if self.importer else []),
            path(f"{prefix}mass/", require_POST(partial(mass, self)), name=f"{name}-mass"),
            path(
                f"{prefix}export/", require_http_methods(["GET", "POST"])(partial(export, self)), name=f"{name}-export"
            ),
        ]


def route_of(name: str) -> str:
    """The name of a route inside its app: ``list`` of ``contacts:list``."""
    return name.rpartition(":")[2]
