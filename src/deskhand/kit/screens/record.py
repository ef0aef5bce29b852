"""The page of one record of a declared list: fields that are edited in place, pager, gear menu, smart buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.kit.errors import DomainError, NotAllowed
from deskhand.kit.panels import Place
from deskhand.kit.screens.access import door, require
from deskhand.kit.screens.actions import MassAction, archive_actions, delete_action
from deskhand.kit.screens.declarations import Sheet
from deskhand.kit.screens.form_importing import filled, form_importer
from deskhand.kit.screens.screen import ListScreen, route_of
from deskhand.kit.screens.seen import SEEN, changed_since, seen_in, tell_what_changed
from deskhand.kit.ui.shapes import HeaderButton, MenuItem, SmartButton

Record = TypeVar("Record", bound=Model)

#: What stands beside the sheet of a record: each gets the request and the record and answers HTML, "" for nothing.
RECORD_ASIDES: Place[Callable[[HttpRequest, Any], SafeString | str]] = Place("screens.asides")
#: What stands beside the pager of a record, on every width: each gets the request and the record and answers HTML.
RECORD_MARKS: Place[Callable[[HttpRequest, Any], SafeString | str]] = Place("screens.marks")


class RecordScreen(ListScreen[Record]):
    """A list whose records have a simple page.

    ``create``, ``change``, ``archive``, ``restore`` and ``delete`` each make one service call; a
    :class:`~deskhand.kit.errors.DomainError` of theirs stands beside its field. What is not overridden is not offered.
    ``form`` not declared: the model's own form with the fields of the sheet. ``importer`` not declared: the rows of a
    file are typed into that form, and records are recognised by ``import_keys``, or else the title of the sheet. Higher
    apps put what can be done now into ``header_buttons`` (those that find no room stand under *More*), and counts that
    lead somewhere into ``smart_buttons``.
    """

    form: type[Any]
    sheet: Sheet
    import_keys: Sequence[str] = ()
    record_template: str = "screens/record.html"
    header_buttons: Place[Callable[[Record, Any], HeaderButton | None]] | None = None
    smart_buttons: Place[Callable[[Record, Any], SmartButton | None]] | None = None

    def __init__(self) -> None:
        super().__init__()
        if not hasattr(self, "form") and hasattr(self, "sheet"):
            fields = [self.sheet.title, *self.sheet.left, *self.sheet.right, *self.sheet.below]
            self.form = forms.modelform_factory(self.model, fields=fields)
        if self._offers("create") and not self._declares("importer"):
            self.importer = form_importer(self)

    # ---- what a screen answers --------------------------------------------------------------------------------------

    def may_make_quickly(self, user: Any) -> bool:
        return bool(self.new_url) and self.may_create(user)

    @property
    def quick_label(self) -> str:
        """What is typed to make a record quickly: its title."""
        return str(self.form.base_fields[self.sheet.title].label)

    def make_quickly(self, request: HttpRequest, typed: str, given: Mapping[str, str]) -> str | None:
        """Make a record of its title and the values of its column. None: made; else what is wrong with the title.

        Empty: the title is right, but the form wants more than that.
        """
        form = self.form_for(request, None, filled(self.form_for(request, None), {**given, self.sheet.title: typed}))
        if self._saves(form, lambda: self.create(request, form)):
            return None
        return " ".join(form.errors.get(self.sheet.title, []))

    def may_edit_cells(self, user: Any, record: Record) -> bool:
        return self.may_change(user, record)

    def refuse_change(self, user: Any, record: Record) -> None:
        """:raises NotAllowed: the user may see the record, but not change it."""
        if not self.may_change(user, record):
            raise NotAllowed

    def refuse_deletion(self, user: Any, record: Record) -> None:
        """:raises NotAllowed: the user may not delete the record."""
        if not self.may_delete(user, record):
            raise NotAllowed

    def may_delete_some(self, user: Any) -> bool:
        """Whether **Delete** is offered for many records at once; of each it is asked once more."""
        return self.may_create(user)

    def mass_actions(self) -> Sequence[MassAction]:
        """Archive, restore and delete, where the screen says how that is done."""
        archival = archive_actions(self) if self._offers("archive") else ()
        return [*archival, *([delete_action(self)] if self._offers("delete") else [])]

    def may_delete(self, user: Any, record: Record) -> bool:
        """Whether **Delete** is offered; :meth:`delete` may still refuse."""
        del user, record
        return False

    def is_archived(self, record: Record) -> bool:
        """Whether the record is out of sight; asked only where ``archived`` is declared."""
        return self.archived is not None and not getattr(record, "is_active", True)

    def form_for(self, request: HttpRequest, record: Record | None, data: Any = None, files: Any = None) -> Any:
        """The form of a record, or of a new one; what the address names (``?name=``) is filled in."""
        initial = {name: request.GET[name] for name in self.form.base_fields if record is None and name in request.GET}
        return self.form(data, files, initial=initial, **self.form_options(request, record))

    def form_options(self, request: HttpRequest, record: Record | None) -> dict[str, Any]:
        """What the form wants to know besides what was typed."""
        del request
        return {"instance": record}

    def create(self, request: HttpRequest, form: Any) -> Record:
        raise NotImplementedError

    def change(self, request: HttpRequest, record: Record, form: Any) -> None:
        raise NotImplementedError

    def archive(self, request: HttpRequest, record: Record) -> None:
        raise NotImplementedError

    def restore(self, request: HttpRequest, record: Record) -> None:
        raise NotImplementedError

    def delete(self, request: HttpRequest, record: Record) -> None:
        raise NotImplementedError

    def menu(self, request: HttpRequest, record: Record) -> Sequence[MenuItem]:
        """Entries of the gear menu above archive and delete."""
        del request, record
        return ()

    def record_context(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        """What the screen's own template needs besides."""
        del request, record
        return {}

    def live_topic(self, record: Record) -> str:
        """What the page of a record watches, to show by itself what others make of it; empty: nothing."""
        del record
        return ""

    def form_context(self, request: HttpRequest, record: Record | None) -> dict[str, Any]:
        """What the screen's own template needs beside the form, also for a record that is not made yet."""
        del request, record
        return {}

    # ---- doors ------------------------------------------------------------------------------------------------------

    def urls(self, prefix: str = "") -> list[URLPattern]:
        """List, new, record, and what can be done with it: no door leads to what the screen does not offer."""
        name = route_of(self.record_url)
        found = [
            *super().urls(prefix),
            path(f"{prefix}new/", self.new_view, name=route_of(self.new_url)),
            path(f"{prefix}<int:pk>/", self.record_view, name=name),
        ]
        if self._offers("archive"):
            found.append(path(f"{prefix}<int:pk>/archival/", require_POST(self._archival), name=f"{name}-archival"))
        if self._offers("delete"):
            found.append(path(f"{prefix}<int:pk>/deletion/", require_POST(self._deletion), name=f"{name}-deletion"))
        return found

    def _offers(self, verb: str) -> bool:
        """Whether the screen says itself how this is done."""
        return getattr(type(self), verb) is not getattr(RecordScreen, verb)

    def _declares(self, name: str) -> bool:
        """Whether the screen says something about it, even that there is none."""
        return any(name in vars(kind) for kind in type(self).__mro__ if kind is not ListScreen)

    @property
    def new_view(self) -> Callable[..., HttpResponse]:
        return require_http_methods(["GET", "HEAD", "POST"])(self._new)

    @property
    def record_view(self) -> Callable[..., HttpResponse]:
        return require_http_methods(["GET", "HEAD", "POST"])(self._record)

    @door
    def _new(self, request: HttpRequest) -> HttpResponse:
        require(self.may_create(request.user))
        if request.method != "POST":
            return self._page(request, None, self.form_for(request, None))
        form = self.form_for(request, None, request.POST, request.FILES)
        made: list[Record] = []
        if self._saves(form, lambda: made.append(self.create(request, form))):
            return HttpResponseRedirect(reverse(self.record_url, args=[made[0].pk]))
        return self._page(request, None, form, status=422)

    @door
    def _record(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = self._visible(request, pk)
        if request.method != "POST":
            return self._page(request, record, self.form_for(request, record))
        require(self.may_change(request.user, record))
        form = self.form_for(request, self._visible(request, pk), request.POST, request.FILES)
        with transaction.atomic():  # locked, so that nobody writes between looking and saving
            self.model._default_manager.select_for_update().filter(pk=pk).order_by().values_list("pk").first()  # noqa: SLF001
            stored = self.form_for(request, self._visible(request, pk))
            meanwhile = changed_since(request.POST.get(SEEN, ""), stored)
            if not meanwhile and self._saves(form, lambda: self.change(request, record, form)):
                return HttpResponseRedirect(request.get_full_path())
        if meanwhile:
            tell_what_changed(form, stored, meanwhile, seen=request.POST.get(SEEN, ""))
        seen = seen_in(stored) if meanwhile else request.POST.get(SEEN, "")
        return self._page(request, record, form, status=422, seen=seen)

    @door
    def _archival(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Out of sight, or back with ``restore``."""
        record = self._visible(request, pk)
        require(self.may_change(request.user, record))
        if "restore" in request.POST or "restore" in request.GET:
            self.restore(request, record)
            messages.success(request, _("“%(name)s” is back in the lists.") % {"name": record})
        else:
            self.archive(request, record)
            messages.success(request, _("“%(name)s” is archived. Find it with the filter Archived.") % {"name": record})
        return HttpResponseRedirect(reverse(self.record_url, args=[pk]))

    @door
    def _deletion(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = self._visible(request, pk)
        require(self.may_delete(request.user, record))
        name = str(record)
        self.delete(request, record)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": name})
        return HttpResponseRedirect(reverse(self.list_url))

    # ---- the page ---------------------------------------------------------------------------------------------------

    def _visible(self, request: HttpRequest, pk: int) -> Record:
        rows = self.rows(request)
        return get_object_or_404(rows.select_related(*self.joins) if self.joins else rows, pk=pk)

    @staticmethod
    def _saves(form: Any, save: Callable[[], Any]) -> bool:
        """Whether the form is right and the service agrees; what it refuses stands beside the field."""
        if not form.is_valid():
            return False
        try:
            save()
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return False
        return True

    def _page(
        self, request: HttpRequest, record: Record | None, form: Any, *, status: int = 200, seen: str = ""
    ) -> HttpResponse:
        query = request.GET.urlencode() if record else ""
        context = {
            "screen": self,
            "app_key": self.app_key,
            "record": record,
            "title": str(record) if record else _("New"),
            "list_title": self.title_for(request),
            "list_address": reverse(self.list_url) + (f"?{query}" if query else ""),
            "new_url": self.new_address(request),
            "own_query": self.own_query(request) if record else "",
            "form": form,
            "fields": _Fields(form, self.sheet),
            "seen": seen or (seen_in(form) if record is not None and not form.is_bound else ""),
            "may_save": self.may_change(request.user, record) if record else True,
            **self.form_context(request, record),
        }
        if record is not None:
            context |= self._about(request, record)
        return render(request, self.record_template, context, status=status)

    def _about(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        return {
            "neighbours": self.neighbours(request, record),
            "is_archived": self.is_archived(record),
            "menu": [*self.menu(request, record), *self._own_menu(request, record)],
            "smart": _offered(self.smart_buttons, request, record),
            "header_buttons": _offered(self.header_buttons, request, record),
            "aside": cache(lambda: SafeString("".join([draw(request, record) for draw in RECORD_ASIDES]))),
            "live_topic": self.live_topic(record),
            "marks": SafeString("".join([draw(request, record) for draw in RECORD_MARKS])),
            **self.record_context(request, record),
        }

    def _own_menu(self, request: HttpRequest, record: Record) -> list[MenuItem]:
        items = []
        if self.archived is not None and self.may_change(request.user, record):
            items.append(self._archive_item(record))
        if self.may_delete(request.user, record):
            items.append(
                MenuItem(
                    _("Delete"),
                    reverse(f"{self.record_url}-deletion", args=[record.pk]),
                    icon="trash",
                    method="post",
                    confirm=_("Delete “%(name)s”? This cannot be undone.") % {"name": record},
                    is_destructive=True,
                )
            )
        return items

    def _archive_item(self, record: Record) -> MenuItem:
        url = reverse(f"{self.record_url}-archival", args=[record.pk])
        if self.is_archived(record):
            return MenuItem(_("Restore"), f"{url}?restore", icon="archive-off", method="post")
        return MenuItem(_("Archive"), url, icon="archive", method="post")


def _offered(place: Place[Callable[[Any, Any], Any]] | None, request: HttpRequest, record: Any) -> list[Any]:
    """What the panels of a place make of a record for the person."""
    made = (panel(record, request.user) for panel in place or ())
    return [button for button in made if button is not None]


class _Fields:
    """The bound fields where the sheet wants them; hidden ones come along."""

    def __init__(self, form: Any, sheet: Sheet) -> None:
        self.title = form[sheet.title]
        self.left = [form[name] for name in sheet.left if name in form.fields]
        self.right = [form[name] for name in sheet.right if name in form.fields]
        self.below = [form[name] for name in sheet.below if name in form.fields]
        self.hidden = form.hidden_fields()
