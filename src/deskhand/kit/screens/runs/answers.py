"""What a page says while a run goes on, and when it is at its end."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deskhand.kit.errors import DomainError
from deskhand.kit.screens.registry import screen_of
from deskhand.kit.screens.runs.models import Outcome, Run
from deskhand.kit.screens.runs.running import PATIENCE, Progress, progress_of, work_on
from deskhand.kit.screens.runs.tasks import go_on
from deskhand.kit.ui.responses import say_on_next_page, toast
from deskhand.kit.work.models import WorkState

#: Refused records that are listed; of more it is said how many.
_LISTED = 200


def answer(request: HttpRequest, run: Run) -> HttpResponse:
    """Do as much as a person waits for. Then the list, changed, with a toast; or a pop-up with what was refused, or
    with the progress of what the worker goes on with.
    """
    if not work_on(run.pk, seconds=PATIENCE, request=request):
        go_on(run.pk)
    run.refresh_from_db()
    return tell(request, run)


def tell(request: HttpRequest, run: Run) -> HttpResponse:
    """How far a run is; to htmx a pop-up, or, if there is nothing more to say than a toast, the page anew."""
    progress, is_htmx = progress_of(run), bool(request.headers.get("HX-Request"))
    if run.state == WorkState.DONE and not progress.refused and progress.done == progress.total:
        say_on_next_page(request, said(run, progress), undo=undo_url(run, progress))
        if is_htmx:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return redirect(list_address(run))
    if not is_htmx and request.method == "POST":
        return redirect("runs:run", run.pk)
    return render(
        request, "screens/run_popup.html" if is_htmx else "screens/run.html", context_of(request, run, progress)
    )


def context_of(request: HttpRequest, run: Run, progress: Progress) -> dict[str, Any]:
    """What pop-up and page show. One query."""
    return {
        "run": run,
        "progress": progress,
        "is_over": run.state in {WorkState.DONE, WorkState.FAILED},
        "title": _title(run),
        "said": said(run, progress),
        "refused": list(run.steps.filter(outcome=Outcome.REFUSED)[:_LISTED]),
        "more": max(0, progress.refused - _LISTED),
        "undo_url": undo_url(run, progress),
        "list_address": _page_behind(request) or list_address(run),
        "app_key": getattr(screen_of(run.screen), "app_key", ""),
    }


def _page_behind(request: HttpRequest) -> str:
    """The page on which the pop-up is."""
    return getattr(getattr(request, "htmx", None), "current_url_abs_path", "") or ""


def _title(run: Run) -> str:
    action = _action_of(run)
    label = str(action.label).rstrip("….") if action else ""
    return _("Undo: %(action)s") % {"action": label} if run.undoes_id else label


def said(run: Run, progress: Progress) -> str:
    """What was done, in a sentence."""
    action = _action_of(run)
    if run.undoes_id:
        text = ngettext("%(count)s record is as it was.", "%(count)s records are as they were.", progress.changed)
        return text % {"count": progress.changed}
    if not progress.changed:
        return _("Nothing was changed.") if progress.refused else _("Nothing to change: it was so already.")
    return action.done(progress.changed) if action else ""


def undo_url(run: Run, progress: Progress) -> str:
    """Where it is taken back; empty: there is no way back."""
    action = _action_of(run)
    has_way = action and action.undo and progress.changed and not run.undoes_id
    return reverse("runs:undo", args=[run.pk]) if has_way else ""


def list_address(run: Run) -> str:
    return reverse(run.screen)


def refused(request: HttpRequest, refusal: DomainError, screen: Any) -> HttpResponse:
    """Nothing was begun; a sentence says why."""
    if request.headers.get("HX-Request"):
        return toast(HttpResponse(status=204), str(refusal), tone="bad")
    say_on_next_page(request, str(refusal))
    return redirect(reverse(screen.list_url))


def _action_of(run: Run) -> Any:
    screen = screen_of(run.screen)
    return next((known for known in screen.mass_actions() if known.key == run.action), None) if screen else None
