"""The page of an import: which column is which field, what is wrong, and how it ended."""

from __future__ import annotations

import csv
import io
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.screens.importing import Importer
from deskhand.kit.screens.imports.guessing import guessed
from deskhand.kit.screens.imports.models import Import
from deskhand.kit.screens.imports.reading import sample, sheets_of, table_of
from deskhand.kit.screens.imports.tasks import take_up
from deskhand.kit.screens.imports.working import work_on
from deskhand.kit.screens.registry import screen_of
from deskhand.kit.screens.sheets import guarded
from deskhand.kit.ui.responses import say_on_next_page
from deskhand.kit.work.models import WorkState

#: Rows of the file that are shown, and files up to this size are done while the person waits.
_SHOWN, _SMALL = 5, 20_000


@require_http_methods(["GET", "POST"])
@login_required
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Columns and fields. Posted: what is meant, and then a trial (``check``) or the import itself."""
    work, screen, importer = _own(request, pk)
    if request.method == "POST" and not _is_busy(work):
        _understand(request, work, importer)
        if "check" in request.POST or "import" in request.POST:
            _begin(work, is_trial="check" in request.POST)
        return redirect("imports:import", pk)
    if work.state == WorkState.DONE and not work.is_trial and not work.problem_count:
        say_on_next_page(request, _done(work))
        return _to_list(request, screen)
    return render(request, "screens/import.html", _context(request, work, screen, importer))


@require_safe
@login_required
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong, as a file."""
    work, _screen, _importer = _own(request, pk)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("Row"), _("Column"), _("What stands there"), _("What is wrong")])
    writer.writerows([row, *(guarded(str(cell)) for cell in cells)] for row, *cells in work.problems)
    headers = {"Content-Disposition": 'attachment; filename="import-problems.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _own(request: HttpRequest, pk: int) -> tuple[Import, Any, Importer]:
    work = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    screen = screen_of(work.screen)
    if screen is None or screen.importer is None:
        raise Http404
    if not screen.may_open(request.user) or not screen.may_import(request.user):
        raise PermissionDenied
    return work, screen, screen.importer


def _is_busy(work: Import) -> bool:
    return work.is_wanted


def _understand(request: HttpRequest, work: Import, importer: Importer) -> None:
    """What was chosen; another sheet is guessed anew."""
    fields = importer.fields(request.user)
    sheet = request.POST.get("sheet", work.sheet)
    key = request.POST.get("key", "")
    work.key = key if key in importer.keys else ""
    if sheet != work.sheet:
        work.sheet = sheet[:100]
        with default_storage.open(work.path, "rb") as file:
            work.mapping = guessed(table_of(file, work.name, sheet).headings, fields)
    else:
        chosen = [request.POST.get(f"column-{place}", "") for place in range(len(work.mapping))]
        work.mapping = [
            name if name in fields and name not in chosen[:place] else "" for place, name in enumerate(chosen)
        ]
    work.done, work.problems, work.problem_count, work.state, work.last_error = 0, [], 0, WorkState.WAITING, ""
    work.save()


def _begin(work: Import, *, is_trial: bool) -> None:
    work.is_wanted, work.is_trial, work.due_at = True, is_trial, now()
    work.save()
    if default_storage.size(work.path) <= _SMALL:
        work_on(work.pk)
    else:
        take_up(work.pk)


def _done(work: Import) -> str:
    created = ngettext("%(count)s record created", "%(count)s records created", work.created) % {"count": work.created}
    updated = ngettext("%(count)s updated", "%(count)s updated", work.updated) % {"count": work.updated}
    return f"{created}, {updated}."


def _to_list(request: HttpRequest, screen: Any) -> HttpResponse:
    url = reverse(screen.list_url)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _context(request: HttpRequest, work: Import, screen: Any, importer: Importer) -> dict[str, Any]:
    fields = importer.fields(request.user)
    context = {
        "work": work,
        "screen": screen,
        "app_key": screen.app_key,
        "title": _("Import: %(name)s") % {"name": work.name},
        "list_title": screen.title_for(request),
        "list_address": reverse(screen.list_url),
        "is_busy": _is_busy(work),
        "fields": [(name, _named(field)) for name, field in fields.items()],
        "keys": [(name, str(fields[name].label)) for name in importer.keys if name in fields],
        "trial_worked": work.state == WorkState.DONE and work.is_trial and not work.problem_count,
        "done": _done(work),
        "more_problems": max(0, work.problem_count - len(work.problems)),
    }
    return context | _looked_at(work)


def _named(field: Any) -> str:
    return f"{field.label} *" if field.required else str(field.label)


def _looked_at(work: Import) -> dict[str, Any]:
    """The columns with their first rows, and the sheets."""
    try:
        with default_storage.open(work.path, "rb") as file:
            sheets = sheets_of(file, work.name)
            file.seek(0)
            table = table_of(cast(Any, file), work.name, work.sheet)
            rows = sample(table, _SHOWN)
    except (DomainError, OSError) as error:
        return {"columns": [], "sheets": [], "unreadable": str(error)}
    chosen = [*work.mapping, *[""] * len(table.headings)]
    columns = [(heading, chosen[place], [row[place] for row in rows]) for place, heading in enumerate(table.headings)]
    return {"columns": columns, "sheets": sheets if len(sheets) > 1 else []}
