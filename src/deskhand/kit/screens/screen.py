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

What it shows is said by the address alone (:mod:`deskhand.kit.screens.state`). It works without script; htmx only swaps
the page's main part. Other doors that list the same records, such as the API, ask :meth:`ListScreen.select`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar
from urllib.parse import urlencode, urlsplit

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deskhand.kit.addresses import record_address
from deskhand.kit.errors import NotAllowed
from deskhand.kit.screens import choosing, conditions, drawing, grouping, registry
from deskhand.kit.screens.access import door
from deskhand.kit.screens.actions import MassAction
from deskhand.kit.screens.cell import cell
from deskhand.kit.screens.declarations import Column, EmptyState, Field, Filter, Group, ViewLink
from deskhand.kit.screens.export import export
from deskhand.kit.screens.fields import KnownField, known_fields
from deskhand.kit.screens.import_door import upload
from deskhand.kit.screens.importing import Importer
from deskhand.kit.screens.kanban import KanbanPage
from deskhand.kit.screens.listing import ListPage
from deskhand.kit.screens.live import rows_address
from deskhand.kit.screens.mass import mass, mass_menu
from deskhand.kit.screens.search import SearchBox, SearchBoxMaker
from deskhand.kit.screens.state import KANBAN, ListState, Vocabulary

if TYPE_CHECKING:
    from django.utils.safestring import SafeString
    from django_stubs_ext import StrPromise

Record = TypeVar("Record", bound=Model)


#: In longer lists than this nobody leafs from record to record; finding the neighbours would cost too much.
_LEAFED_THROUGH = 1000


@dataclass(frozen=True)
class Neighbours:
    """Where a record stands in the list one came from: ``place`` of ``total``, and the pages beside it."""

    place: int
    total: int
    previous_url: str = ""
    next_url: str = ""


class ListScreen(Generic[Record]):
    """A list of records. ``rows`` is the one thing that every screen has to answer.

    ``order`` must be complete (end with a unique field), so that pages never overlap. ``joins`` and ``prefetches`` are
    what the columns need. ``archived`` is true for records that stay hidden until the filter *Archived* is chosen;
    None: the model knows no archive. ``fields`` may be searched and filtered by, besides what columns and groups show.
    ``kanban`` is the group whose values are the columns of the Kanban when none is chosen, empty: the first one.
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
    fields: Sequence[Field] = ()
    kanban: str = ""
    order: Sequence[str] = ("pk",)
    joins: Sequence[str] = ()
    prefetches: Sequence[Any] = ()
    archived: Q | None = None
    #: The fields that the list reads besides those of its columns, where a record is too large to be fetched as a whole
    #: for a line of it; empty: all of them are fetched.
    fetches: Sequence[str] = ()
    #: Whose changes the list shows besides those of its own records, by itself.
    shows: Sequence[type[Model]] = ()
    #: Columns of exported files besides those of the list, and what these need.
    export_columns: Sequence[Column] = ()
    export_joins: Sequence[str] = ()
    export_prefetches: Sequence[Any] = ()
    #: How files become records; None: they do not.
    importer: Importer | None = None
    page_size: int = 80
    empty: EmptyState
    #: What it says instead when only its default filters leave nothing; None: as with filters that somebody chose.
    empty_at_first: EmptyState | None = None
    list_template: str = "screens/list.html"
    kanban_template: str = "screens/columns.html"

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

    def may_change(self, user: Any, record: Record) -> bool:
        """Whether a card of the record may be moved to another column of the Kanban."""
        del record
        return self.may_create(user)

    def may_make_quickly(self, user: Any) -> bool:
        """Whether a record can be made with a word in a column of the Kanban."""
        del user
        return False

    def may_tidy(self, user: Any) -> bool:
        """Whether the person may remove favourites that others share."""
        return bool(user.is_settings_administrator)

    def columns_for(self, request: HttpRequest) -> Sequence[Column]:
        """The columns; a screen may add those that other apps put into a place."""
        del request
        return self.columns

    def offered_filters(self) -> Sequence[Filter]:
        """The filters; a screen may add those that other apps put into a place."""
        return self.filters

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
        del request
        if not self.groups:
            return ()
        base, is_kanban = reverse(self.list_url), state.view == KANBAN
        return [
            ViewLink("layout-kanban", _("Kanban"), f"{base}?{state.seen_as(KANBAN).query}", is_kanban),
            ViewLink("list", _("List"), f"{base}?{state.seen_as('').query}", not is_kanban),
        ]

    def cards(self, request: HttpRequest, records: Sequence[Record], query: str) -> Sequence[SafeString]:
        """The records as cards of a Kanban; ``query`` is the state of the page."""
        columns = self.columns_for(request)
        return drawing.cards_of(columns, records, lambda record: self.record_address(record, query))

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

    @property
    def all_filters(self) -> list[Filter]:
        archive = [Filter(self.ARCHIVED, _("Archived"), self.archived, section="~archive")] if self.archived else []
        return [*self.offered_filters(), *archive]

    @property
    def is_editable(self) -> bool:
        """Whether cells of it are edited in place."""
        return any(column.edit for column in self.columns)

    @cached_property
    def groups_by_key(self) -> dict[str, Group]:
        return {group.key: group for group in self.groups}

    @cached_property
    def known_fields(self) -> dict[str, KnownField]:
        """What may be asked about, by key."""
        return known_fields(self.model, self.fields, self.groups, self.columns, self.search)

    @cached_property
    def live(self) -> str:
        """What an open list watches (:mod:`deskhand.kit.screens.live`)."""
        watched: list[type[Model]] = [self.model, *self.shows]
        return " ".join(rows_address(model) for model in watched)

    def levels(self, state: ListState) -> list[grouping.Level]:
        """The groupings of a state, the outermost first."""
        return grouping.levels_of(state.groups, self.groups_by_key, self.known_fields)

    def vocabulary(self, request: HttpRequest) -> Vocabulary:
        """What an address may ask for."""
        columns = self.columns_for(request)
        return Vocabulary(
            filters=frozenset(known.key for known in self.all_filters),
            fields=self.known_fields,
            groups=frozenset(key for key in self.groups_by_key if key in self.known_fields),
            sorts=frozenset(column.key for column in columns if choosing.sort_paths(column, self.model)),
            columns=frozenset(column.key for column in columns),
            views=frozenset([KANBAN] if self.groups else []),
        )

    @cached_property
    def plain_state(self) -> ListState:
        """What is shown when nothing is chosen: the default filters are on."""
        return ListState(filters=tuple(known.key for known in self.filters if known.is_default))

    def is_plain(self, state: ListState) -> bool:
        """Whether the rows are those that the default filters leave, and nobody chose anything else."""
        return state.narrows_by_filters_alone and state.filters == self.plain_state.filters

    def state(self, request: HttpRequest) -> ListState:
        """What the address asks for; one that chooses nothing asks for the default favourite, or the default filters.

        One query where the address chooses nothing.
        """
        return self.state_of(request, request.GET)

    def state_of(self, request: HttpRequest, query: QueryDict) -> ListState:
        """The same, of another address."""
        if not ListState.is_chosen(query):
            from deskhand.kit.screens.favorites import default_query  # models, which are ready later than this module

            kept = default_query(self.list_url, request.user)
            if kept is not None:
                merged = QueryDict(kept, mutable=True)
                for name, values in query.lists():
                    merged.setlist(name, values)
                query = merged
        return self.read_state(request, query)

    def read_state(self, request: HttpRequest, query: QueryDict) -> ListState:
        """What parameters ask for, whatever the person's favourites."""
        state = ListState.read(query, self.vocabulary(request))
        return state if ListState.is_chosen(query) else replace(state, filters=self.plain_state.filters)

    def select(self, request: HttpRequest, params: QueryDict) -> QuerySet[Record]:
        """The records that parameters choose, in their order: for every door that lists them, the API too.

        ``params`` are those of the page (the table in :mod:`deskhand.kit.screens.state`): ``q``, ``find``, ``filter``,
        ``in``, ``where`` narrow, ``sort`` orders; what the screen does not know is left out. Nobody's favourites and
        no default filters: nothing is on that is not asked for, but *Archived* is off. Only what ``request.user`` may
        see (:meth:`rows`); no query is made. The order is complete: pages never overlap.
        """
        return self.chosen_rows(request, ListState.read(params, self.vocabulary(request)))

    def shown_columns(self, request: HttpRequest, state: ListState) -> list[Column]:
        """The columns that the address names, else those that the person chose, else the screen's. At most a query."""
        from deskhand.kit.screens.favorites import chosen_columns  # models, which are ready later than this module

        columns = self.columns_for(request)
        wanted = set(state.columns or chosen_columns(self.list_url, request.user))
        if not wanted & {column.key for column in columns}:
            return [column for column in columns if column.is_shown]
        return [column for column in columns if column.key in wanted or not self.may_hide(column)]

    def may_hide(self, column: Column) -> bool:
        """Whether a column can be left out; what leads to the record and what moves it stays."""
        return not column.is_primary and column.key != "grip"

    def apply(self, request: HttpRequest, rows: QuerySet[Record], state: ListState | None = None) -> QuerySet[Record]:
        """Those of the rows that the address chooses; also for other views of the same records, such as a board."""
        state = state or self.state(request)
        if self.archived and self.ARCHIVED not in state.filters:
            rows = rows.exclude(self.archived)
        chosen = [known for known in self.all_filters if known.key in state.filters]
        rows = choosing.filtered(rows, chosen, request.user)
        for name, values in choosing.by_field(state.within):
            rows = rows.filter(self.known_fields[name].condition(values))
        for name, texts in choosing.by_field(state.found):
            rows = rows.filter(conditions.containing(self.known_fields[name], texts))
        for custom in state.custom:
            rows = rows.filter(custom.where(self.known_fields))
        for words in state.words:
            rows = self.matching(rows, words)
        return rows

    def chosen_rows(self, request: HttpRequest, state: ListState) -> QuerySet[Record]:
        """All rows of the list in that state, in its order, without the joins that only their display needs."""
        return self.apply(request, self.rows(request), state).order_by(*self.order_for(request, state))

    def joined_for_export(self, rows: QuerySet[Record]) -> QuerySet[Record]:
        """With what the columns of a file need."""
        joins = [*self.joins, *self.export_joins]
        return choosing.joined(rows, self.columns, joins, [*self.prefetches, *self.export_prefetches])

    def order_for(self, request: HttpRequest, state: ListState) -> list[str]:
        return choosing.order_of(self.columns_for(request), self.model, state, self.order)

    def search_box(self, request: HttpRequest, state: ListState, *, action: str = "") -> SearchBox:
        """The search box of a page, for ``screens/search.html``. One query for each value of a link that is chosen.

        ``action``: the page that is searched, empty: the one that is asked for.
        """
        action = action or request.path
        return self.search_box_maker(request, state, action).box(action=action, doors=registry.doors_of(self))

    def search_box_maker(self, request: HttpRequest, state: ListState, action: str) -> SearchBoxMaker:
        """What makes the parts of a box whose links lead to ``action``."""
        return SearchBoxMaker(
            state,
            filters=self.all_filters,
            groups=self.groups,
            fields=self.known_fields,
            url_of=lambda state: f"{action}?{state.query}",
            name_of=lambda name, value: self.known_fields[name].name_of(value, self.rows(request), request.user),
        )

    def neighbours(self, request: HttpRequest, record: Record) -> Neighbours | None:
        """What stands before and after the record in the list one came from. One query, none for who did not come from
        a list (a default favourite asks for one more).

        None: one came from elsewhere, or the record is not among the first thousand of that list.
        """
        state = self.state_one_came_from(request)
        if state is None:
            return None
        rows = self.apply(request, self.rows(request), state)
        ordered = grouping.in_order(rows, self.levels(state), self.order_for(request, state))
        pks = list(ordered.values_list("pk", flat=True)[: _LEAFED_THROUGH + 1])
        if record.pk not in pks or len(pks) > _LEAFED_THROUGH:
            return None
        place, query = pks.index(record.pk), self.query_one_came_from(request, state)
        return Neighbours(
            place=place + 1,
            total=len(pks),
            previous_url=f"{record_address(self.record_url, pks[place - 1])}?{query}" if place else "",
            next_url=f"{record_address(self.record_url, pks[place + 1])}?{query}" if place + 1 < len(pks) else "",
        )

    def state_one_came_from(self, request: HttpRequest) -> ListState | None:
        """What the list showed from which a record was opened: in the address, else that of the page one came from."""
        if ListState.is_chosen(request.GET):
            return self.read_state(request, request.GET)
        before = urlsplit(request.headers.get("Referer", ""))
        return self.state_of_page(request, before.path, QueryDict(before.query)) if before.path else None

    @staticmethod
    def query_one_came_from(request: HttpRequest, state: ListState) -> str:
        """The same as parameters: of pages that go on from here."""
        return request.GET.urlencode() if ListState.is_chosen(request.GET) else state.at_page(1).query

    def own_query(self, request: HttpRequest) -> str:
        """What the address of a record's page needs to keep its neighbours when it is asked for again; "" without."""
        state = self.state_one_came_from(request)
        return f"?{self.query_one_came_from(request, state)}" if state else ""

    def state_of_page(self, request: HttpRequest, path: str, query: QueryDict) -> ListState | None:
        """What a page shows of these records; None: it is no list of them."""
        return self.state_of(request, query) if path == reverse(self.list_url) else None

    # ---- doors ------------------------------------------------------------------------------------------------------

    @property
    def list_view(self) -> Callable[..., HttpResponse]:
        """The list page. A fixed number of queries, whatever the number of rows."""
        return require_safe(self._list)

    @door
    def _list(self, request: HttpRequest) -> HttpResponse:
        state = self.state(request)
        if state.view == KANBAN:
            return self.kanban_response(request, state)
        columns = self.shown_columns(request, state)
        listing = ListPage(self, request, state, columns).listing()
        context = self._page_context(request, state) | {
            "listing": listing,
            "cell_url": reverse(f"{self.list_url}-cell", args=[0]) if self.is_editable else "",
            "mass": mass_menu(self, request, state, listing),
            "column_choices": self._column_choices(request, columns),
        }
        return render(request, self.list_template, context | self.list_context(request, state))

    def kanban_response(self, request: HttpRequest, state: ListState) -> HttpResponse:
        """The page as Kanban, or only its columns when the open page asks again."""
        kanban = KanbanPage(self, request, state).kanban()
        picked = {"stage": request.GET["stage"]} if "stage" in request.GET else {}
        query = urlencode([*state.pairs(), *picked.items()])
        context = {"screen": self, "kanban": kanban, "page_query": query}
        if request.headers.get("HX-Target") == "board":
            alone = {"list_address": reverse(self.list_url), "live": self.live}
            return render(request, self.kanban_template, context | alone)
        return render(request, "screens/kanban.html", self._page_context(request, state) | context)

    def _page_context(self, request: HttpRequest, state: ListState) -> dict[str, Any]:
        return {
            "screen": self,
            "app_key": self.app_key,
            "title": self.title_for(request),
            "list_address": reverse(self.list_url),
            "import_url": reverse(f"{self.list_url}-import") if self.may_import(request.user) else "",
            "box": self.search_box(request, state),
            "new_url": self.new_address(request),
            "views": self.views(request, state),
            "export_url": f"{reverse(f'{self.list_url}-export')}?{state.at_page(1).query}",
            "is_narrowed": state.narrows,
            "empty_at_first": self.empty_at_first if self.is_plain(state) else None,
            "live": self.live,
        }

    def _column_choices(self, request: HttpRequest, shown: Sequence[Column]) -> list[tuple[str, str, bool]]:
        """Key, name, and whether it is shown, of the columns that may be left out."""
        keys = {column.key for column in shown}
        may = [column for column in self.columns_for(request) if self.may_hide(column)]
        return [(column.key, drawing.label_of(column, self.model), column.key in keys) for column in may]

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
