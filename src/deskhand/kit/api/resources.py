"""A kind of record in the API, declared once beside its list.

::

    class Tags(Resource[Tag]):
        key, title, screen = "tags", _("Tags"), TAGS
        answer, new, changes = TagAnswer, NewTag, TagChanges

        def rows(self, user):
            return Tag.objects.visible_to(user)

        def shown(self, tag):
            return {"id": tag.pk, "name": tag.name}

        def create(self, user, body):
            return create_tag(body.name)

What is not overridden is not offered. Search, filters and order are those of the declared list (``kit/screens``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router

from deskhand.kit.api.answering import json_answer, record_answer, refuse_stale
from deskhand.kit.api.asking import PartQuery, groups_query, list_query, names_of, record_query, state_asked
from deskhand.kit.api.callers import READ, WRITE, declare_scopes
from deskhand.kit.api.downloads import Download, Picture, add_download, add_picture
from deskhand.kit.api.exports import add_export
from deskhand.kit.api.groups import Groups, groups_shown
from deskhand.kit.api.operations import Operation, add_operation, caller_of
from deskhand.kit.api.paging import Order
from deskhand.kit.api.problems import FieldProblem, InvalidValues
from deskhand.kit.api.shapes import Answer, Body, Key, Page, in_body, in_path, in_query
from deskhand.kit.screens import ListScreen, ListState
from deskhand.kit.screens.choosing import sort_paths

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True)
class Verb(Generic[Record]):
    """Something that is done with a record, as a resource below it: ``PUT tickets/42/closure``.

    ``act`` gets the record, the user and the body, and answers the record as it is now, another one (``answers``
    shows it), or None: there is nothing to say (204). ``scope`` is the verb's own, below that of writing.
    """

    method: Literal["PUT", "POST", "PATCH", "DELETE"]
    path: str
    name: str
    summary: str | StrPromise
    act: Callable[..., Any]
    scope: str = WRITE
    body: type[Body] | None = None
    status: int = 200
    answer: Any = None
    shown: Callable[[Any], Mapping[str, Any]] | None = None
    takes: Mapping[str, Any] | None = None
    query: Sequence[str] = ()
    may: Callable[[Any, Record], bool] | None = None


@dataclass(frozen=True)
class Part(Generic[Record]):
    """A list below a record: ``tickets/42/messages``. ``rows`` are those of the record."""

    path: str
    name: str
    summary: str | StrPromise
    rows: Callable[[Record, Any], QuerySet[Any]]
    shown: Callable[[Any], Mapping[str, Any]]
    answer: type[Answer]
    order: Sequence[str]


_known: dict[str, Resource[Any]] = {}


def resources() -> Mapping[str, Resource[Any]]:
    """Every kind of record in the API, by its key. Complete when the routes are made."""
    return _known


def key_of(model: type[Model]) -> str:
    """What records of a model are called in the API; empty: it has none."""
    return next((key for key, resource in _known.items() if resource.screen.model is model), "")


class Resource(Generic[Record]):
    """A kind of record. ``key`` is its path and the first half of its scopes."""

    key: str
    title: str | StrPromise
    one: str | StrPromise
    screen: ListScreen[Record]
    answer: type[Answer]
    new: type[Body] | None = None
    changes: type[Body] | None = None
    joins: Sequence[str] = ()
    #: Of joined records only these fields, where there are many; of others all.
    lean: Mapping[str, Sequence[str]] = {}
    prefetches: Sequence[Any] = ()
    sorts: Mapping[str, Sequence[str]] = {}

    OWN_SORTS: ClassVar[Mapping[str, Sequence[str]]] = {"id": ["pk"]}

    def __init__(self) -> None:
        _known[self.key] = self
        self.verbs: list[Verb[Record]] = []
        self.parts: list[Part[Record]] = []
        self.downloads: list[Download[Record]] = []
        self.pictures: list[Picture[Record]] = []
        declare_scopes(self.key, self.title, [READ, *([WRITE] if self._writes else [])])
        if self._offers("archive"):
            self._add_archiving()

    # ---- what a resource answers ------------------------------------------------------------------------------------

    def rows(self, user: Any) -> QuerySet[Record]:
        """The records that the user may see; never more."""
        raise NotImplementedError

    def may_read(self, user: Any) -> bool:
        """Whether the user may ask at all; if not, the refusal says so (403)."""
        return self.screen.may_open(user)

    def may_create(self, user: Any) -> bool:
        return self.screen.may_create(user)

    def may_change(self, user: Any, record: Record) -> bool:
        del record
        return self.may_create(user)

    def may_delete(self, user: Any, record: Record) -> bool:
        return self.may_change(user, record)

    def shown(self, record: Record, user: Any) -> Mapping[str, Any]:
        """What the record says, all of it: values as :attr:`answer` declares them."""
        raise NotImplementedError

    def create(self, user: Any, body: Any) -> Record:
        raise NotImplementedError

    def change(self, user: Any, record: Record, body: Any) -> None:
        raise NotImplementedError

    def archive(self, user: Any, record: Record) -> None:
        raise NotImplementedError

    def restore(self, user: Any, record: Record) -> None:
        raise NotImplementedError

    def delete(self, user: Any, record: Record) -> None:
        raise NotImplementedError

    # ---- what is added to it ----------------------------------------------------------------------------------------

    def verb(self, verb: Verb[Record]) -> Verb[Record]:
        """Add a verb; also from a higher app."""
        self.verbs.append(verb)
        declare_scopes(self.key, self.title, [verb.scope])
        return verb

    def part(self, part: Part[Record]) -> Part[Record]:
        """Add a list below each record; also from a higher app."""
        self.parts.append(part)
        return part

    def download(self, download: Download[Record]) -> None:
        """Add a file that comes with each record."""
        self.downloads.append(download)

    def picture(self, picture: Picture[Record]) -> None:
        """Add a picture of each record."""
        self.pictures.append(picture)

    # ---- the doors --------------------------------------------------------------------------------------------------

    def router(self) -> Router:
        """The operations that are offered."""
        router = Router(tags=[str(self.title)])
        self._add_reading(router)
        if self._offers("create"):
            self._add_creating(router)
        if self._offers("change"):
            self._add_changing(router)
        if self._offers("delete"):
            self._add_deleting(router)
        for part in self.parts:
            self._add_part(router, part)
        for verb in self.verbs:
            self._add_verb(router, verb)
        for download in self.downloads:
            add_download(router, self, download)
        for picture in self.pictures:
            add_picture(router, self, picture)
        return router

    def _offers(self, verb: str) -> bool:
        return getattr(type(self), verb) is not getattr(Resource, verb)

    @property
    def _writes(self) -> bool:
        return any(self._offers(verb) for verb in ("create", "change", "delete"))

    def scope(self, verb: str) -> str:
        return f"{self.key}:{verb}"

    # ---- reading ----------------------------------------------------------------------------------------------------

    def _add_reading(self, router: Router) -> None:
        listed, one = list_query(self.key, self.screen, self._sort_paths), record_query(self.key)
        add_operation(router, Operation(
            method="GET", path="", name=f"{self.key}-list", summary=_("List %(what)s") % {"what": self.title},
            scope=self.scope(READ), answer=Page[self.answer],  # type: ignore[name-defined]
            takes={"asked": in_query(listed)}, query=names_of(listed),
        ), self._list)  # fmt: skip
        if self.screen.groups:
            grouped = groups_query(self.key, self.screen)
            add_operation(router, Operation(
                method="GET", path="/groups", name=f"{self.key}-groups", summary=_("Count by groups"),
                scope=self.scope(READ), answer=Groups, takes={"asked": in_query(grouped)}, query=names_of(grouped),
            ), self._groups)  # fmt: skip
        if self.screen.list_url:
            add_export(router, self)
        add_operation(router, Operation(
            method="GET", path="/{pk}", name=f"{self.key}-get", summary=_("Get one"), has_etag=True,
            scope=self.scope(READ), answer=self.answer, query=one.model_fields,
            takes={"pk": in_path(Key), "asked": in_query(one)},
        ), self._get)  # fmt: skip

    def _list(self, request: HttpRequest, asked: Any) -> HttpResponse:
        """The records that you may see, with the search, the filters and the order of their page."""
        user = caller_of(request).user
        self.require_reading(user)
        fields = self._fields(asked.fields)
        rows = self.chosen(request, asked)
        total = rows.count() if asked.count == "true" else None
        joined = self._joined(rows)
        found, cursor = self._order(asked.sort).part(joined, cursor=asked.cursor or "", limit=int(asked.limit))
        shown = [self._picked(self.shown(record, user), fields) for record in found]
        return page_answer(request, shown, cursor, total=total)

    def _groups(self, request: HttpRequest, asked: Any) -> HttpResponse:
        """How many records there are for each value of a field, and the sums that the page shows, group in group."""
        self.require_reading(caller_of(request).user)
        return json_answer(groups_shown(self.screen, self.chosen(request, asked), state_asked(self.screen, asked)))

    def _get(self, request: HttpRequest, pk: int, asked: Any) -> HttpResponse:
        """The record, with an ETag that names its state."""
        fields = self._fields(asked.fields)
        user = caller_of(request).user
        self.require_reading(user)
        return record_answer(request, self.shown(self.visible(user, pk), user), fields=fields)

    def visible(self, user: Any, pk: Any) -> Record:
        """The record with what its answer needs, or 404."""
        return get_object_or_404(self._joined(self.rows(user)), pk=pk)

    def chosen_by(self, user: Any, query: str) -> QuerySet[Record]:
        """The records that the user would see in the list of that address (``filter=urgent&in=team.3``)."""
        request = HttpRequest()
        request.user, request.GET = user, QueryDict(query)
        state = ListState.read(request.GET, self.screen.vocabulary(request))
        return self.screen.apply(request, self.rows(user), state)

    def require_reading(self, user: Any) -> None:
        if not self.may_read(user):
            raise PermissionDenied

    def _joined(self, rows: QuerySet[Record]) -> QuerySet[Record]:
        joined = rows.select_related(*self.joins) if self.joins else rows
        if self.lean:
            own = [field.attname for field in rows.model._meta.concrete_fields]  # noqa: SLF001
            joined = joined.only(*own, *(f"{join}__{name}" for join, names in self.lean.items() for name in names))
        return joined.prefetch_related(*self.prefetches) if self.prefetches else joined

    def chosen(self, request: HttpRequest, asked: Any) -> QuerySet[Record]:
        """The records that the parameters choose. A resource may refuse questions about what it does not show.

        :raises InvalidValues: the list cannot be asked this.
        """
        return self.screen.apply(request, self.rows(caller_of(request).user), state_asked(self.screen, asked))

    def _order(self, sort: str | None) -> Order:
        if not sort:
            return Order(self.screen.model, self.screen.order)
        paths = self._sort_paths[sort.removeprefix("-")]
        turned = [path[1:] if path.startswith("-") else f"-{path}" for path in paths] if sort[0] == "-" else paths
        return Order(self.screen.model, [*turned, *self.screen.order])

    @property
    def _sort_paths(self) -> dict[str, Sequence[str]]:
        columns = {column.key: sort_paths(column, self.screen.model) for column in self.screen.columns}
        return {key: paths for key, paths in columns.items() if paths} | dict(self.OWN_SORTS) | dict(self.sorts)

    def _fields(self, asked: str | None) -> Sequence[str]:
        fields = asked.split(",") if asked else []
        unknown = [name for name in fields if name not in self.answer.model_fields]
        if unknown:
            detail = _("There is no field %(name)s.") % {"name": unknown[0]}
            raise InvalidValues([FieldProblem(field="fields", detail=detail, code="unknown_field")])
        return fields

    @staticmethod
    def _picked(shown: Mapping[str, Any], fields: Sequence[str]) -> Mapping[str, Any]:
        return {name: shown[name] for name in dict.fromkeys(["id", *fields])} if fields else shown

    # ---- writing ----------------------------------------------------------------------------------------------------

    def _add_creating(self, router: Router) -> None:
        add_operation(router, Operation(
            method="POST", path="", name=f"{self.key}-create", summary=_("Make a new one"), status=201,
            scope=self.scope(WRITE), answer=self.answer, takes={"sent": in_body(self.new)},
        ), self._create)  # fmt: skip

    def _create(self, request: HttpRequest, sent: Any) -> HttpResponse:
        """Make a record. The answer is the record, and Location its address."""
        user = caller_of(request).user
        if not self.may_create(user):
            raise PermissionDenied
        made = self.create(user, sent)
        shown = self.shown(self.visible(user, made.pk), user)
        return record_answer(request, shown, status=201, headers={"Location": f"{request.path.rstrip('/')}/{made.pk}"})

    def _add_changing(self, router: Router) -> None:
        add_operation(router, Operation(
            method="PATCH", path="/{pk}", name=f"{self.key}-change", summary=_("Change one"), has_etag=True,
            scope=self.scope(WRITE), answer=self.answer,
            takes={"pk": in_path(Key), "sent": in_body(self.changes)},
        ), self._change)  # fmt: skip

    def _change(self, request: HttpRequest, pk: int, sent: Any) -> HttpResponse:
        """Change the fields that are sent; all others stay as they are."""
        user = caller_of(request).user
        record = self.writable(request, pk, self.may_change)
        self.change(user, record, sent)
        return record_answer(request, self.shown(self.visible(user, pk), user))

    def writable(self, request: HttpRequest, pk: Any, may: Callable[[Any, Record], bool]) -> Record:
        """The record: 404 if the user does not see it, 403 if they may not do this, 412 if it is not what they saw.

        With ``If-Match`` it is locked until the call is over, so that nobody comes in between.
        """
        user = caller_of(request).user
        self.require_reading(user)
        if "If-Match" in request.headers:
            model = self.screen.model
            list(model._default_manager.select_for_update(of=("self",)).filter(pk=pk).order_by())  # noqa: SLF001
        record = self.visible(user, pk)
        if not may(user, record):
            raise PermissionDenied
        refuse_stale(request, self.shown(record, user))
        return record

    def _add_archiving(self) -> None:
        def archive(record: Record, user: Any) -> Record:
            """Out of sight; nothing of it is lost. Find it with `filter=archived`."""
            self.archive(user, record)
            return record

        def restore(record: Record, user: Any) -> Record:
            """Back into the lists."""
            self.restore(user, record)
            return record

        path, scope = "archival", "archival"
        self.verb(Verb("PUT", path, "archive", gettext_lazy("Archive"), archive, scope=scope))
        self.verb(Verb("DELETE", path, "restore", gettext_lazy("Restore"), restore, scope=scope))

    def _add_deleting(self, router: Router) -> None:
        add_operation(router, Operation(
            method="DELETE", path="/{pk}", name=f"{self.key}-delete", summary=_("Delete one"), has_etag=True,
            scope=self.scope(WRITE), answer=None, status=204, takes={"pk": in_path(Key)},
        ), self._delete)  # fmt: skip

    def _delete(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete a record. This cannot be undone."""
        self.delete(caller_of(request).user, self.writable(request, pk, self.may_delete))
        return HttpResponse(status=204)

    # ---- below a record ---------------------------------------------------------------------------------------------

    def _add_part(self, router: Router, part: Part[Record]) -> None:
        def part_list(request: HttpRequest, pk: int, asked: Any) -> HttpResponse:
            user = caller_of(request).user
            self.require_reading(user)
            rows = part.rows(self.visible(user, pk), user)
            order = Order(rows.model, part.order)
            found, cursor = order.part(rows, cursor=asked.cursor or "", limit=int(asked.limit))
            return page_answer(request, [part.shown(row) for row in found], cursor)

        part_list.__doc__ = part.rows.__doc__
        add_operation(router, Operation(
            method="GET", path=f"/{{pk}}/{part.path}", name=f"{self.key}-{part.name}", summary=part.summary,
            scope=self.scope(READ), answer=Page[part.answer],  # type: ignore[name-defined]
            takes={"pk": in_path(Key), "asked": in_query(PartQuery)},
            query=PartQuery.model_fields,
        ), part_list)  # fmt: skip

    def _add_verb(self, router: Router, verb: Verb[Record]) -> None:
        def acted(request: HttpRequest, pk: int, **values: Any) -> HttpResponse:
            user = caller_of(request).user
            record = self.writable(request, pk, verb.may or self.may_change)
            done = verb.act(record, user, **values)
            if verb.status == 204:
                return HttpResponse(status=204)
            if verb.shown is not None:
                return json_answer(verb.shown(done), status=verb.status)
            shown = self.shown(self.visible(user, done.pk), user)
            return record_answer(request, shown, status=verb.status)

        acted.__doc__ = verb.act.__doc__
        takes: dict[str, Any] = {"pk": in_path(Key), **(verb.takes or {})}
        if verb.body is not None:
            takes["sent"] = in_body(verb.body)
        add_operation(router, Operation(
            method=verb.method, path=f"/{{pk}}/{verb.path}".rstrip("/"), name=f"{self.key}-{verb.name}",
            summary=verb.summary, scope=self.scope(verb.scope), takes=takes, status=verb.status, has_etag=True,
            query=verb.query, answer=None if verb.status == 204 else (verb.answer or self.answer),
        ), acted)  # fmt: skip


def page_answer(
    request: HttpRequest, shown: Sequence[Mapping[str, Any]], cursor: str, *, total: int | None = None
) -> HttpResponse:
    """A part of a list. Where it goes on stands in the body and in the header ``Link``."""
    following = None
    if cursor:
        query = request.GET.copy()
        query["cursor"] = cursor
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    return json_answer({"items": shown, "next": following, "total": total}, headers=headers)
