"""Doing it, record by record. A run that is interrupted goes on where it was; no record is done twice."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.http import HttpRequest, QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy

from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.live import nudged_together
from deskhand.kit.screens.actions import CannotBeUndone, Doing, MassAction
from deskhand.kit.screens.registry import screen_of
from deskhand.kit.screens.runs.models import Outcome, Run, Step
from deskhand.kit.work.models import WorkState

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen

logger = logging.getLogger(__name__)
#: Records that are done at one go.
MOST = 10_000
#: How long a page works on it before it leaves the rest to the worker, in seconds.
PATIENCE = 1.5
#: After so many records the claim is renewed.
_BREATH = 25
_LONGEST_NAME = 300


class NothingChosen(DomainError):
    code = "nothing_chosen"
    message = gettext_lazy("Choose records first: tick the boxes at the start of their rows.")
    status = 422


class TooManyChosen(DomainError):
    code = "too_many_chosen"
    message = gettext_lazy("These are more than 10,000 records, too many for one go. Choose fewer by filters.")
    status = 422


class UndoneAlready(DomainError):
    code = "undone_already"
    message = gettext_lazy("This has been undone already.")


class ActionGone(DomainError):
    code = "action_gone"
    message = gettext_lazy("You may not do this any more, so the rest was left as it is.")


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    total: int
    changed: int
    unchanged: int
    refused: int

    @property
    def done(self) -> int:
        return self.changed + self.unchanged + self.refused


def start_run(screen: ListScreen[Any], action: MassAction, *, by: Any, keys: Sequence[int], values: str = "") -> Run:
    """Write down what is to be done. Nobody does it yet: :func:`work_on`, or the worker.

    :raises NothingChosen: no records.
    :raises TooManyChosen: more than :data:`MOST`.
    """
    if not keys:
        raise NothingChosen
    if len(keys) > MOST:
        raise TooManyChosen
    at = now()
    return Run.objects.create(
        screen=screen.list_url, action=action.key, user=by, keys=list(keys), values=values, created_at=at, due_at=at
    )


def start_undo(run: Run, *, by: Any) -> Run:
    """Write down that what the run changed is to be taken back, the last first.

    :raises UndoneAlready: somebody was faster.
    :raises CannotBeUndone: the action knows no way back, or nothing was changed.
    """
    screen = screen_of(run.screen)
    action = next((known for known in screen.mass_actions() if known.key == run.action), None) if screen else None
    keys = list(run.steps.filter(outcome=Outcome.CHANGED).order_by("-pk").values_list("key", flat=True))
    if action is None or action.undo is None or run.undoes_id or not keys:
        raise CannotBeUndone
    at = now()
    try:
        with transaction.atomic():
            return Run.objects.create(
                screen=run.screen, action=run.action, user=by, keys=keys, undoes=run, created_at=at, due_at=at
            )
    except IntegrityError as error:
        raise UndoneAlready from error


def progress_of(run: Run) -> Progress:
    """One query."""
    counted: dict[str, int] = dict(run.steps.order_by().values_list("outcome").annotate(number=Count("pk")))
    return Progress(len(run.keys), *(counted.get(outcome, 0) for outcome in Outcome.values))


def work_on(pk: int, *, seconds: float | None = None, request: HttpRequest | None = None) -> bool:
    """Go on with a run; True: it is at its end. False: the time is over, or somebody else works on it.

    ``seconds``: no longer than this; None: to the end. ``request``: the one of the person who waits for it.
    """
    if not Run.objects.claim(pk, at=now()):
        return Run.objects.filter(pk=pk, state__in=[WorkState.DONE, WorkState.FAILED]).exists()
    run = Run.objects.select_related("undoes").get(pk=pk)
    request = request or _standing_for(run)
    try:
        with translation.override(getattr(run.user, "language", "") or translation.get_language()):
            is_done = _work(run, _stepper(run, request), until=None if seconds is None else time.monotonic() + seconds)
    except ActionGone as refusal:
        return _end(run, WorkState.FAILED, str(refusal))
    except Exception:
        logger.exception("A mass action could not go on (run %s).", run.pk)
        return _end(run, WorkState.FAILED, gettext("Something went wrong on our side. What is listed was done."))
    if is_done:
        return _end(run, WorkState.DONE)
    Run.objects.give_back([run])
    return False


def _end(run: Run, state: WorkState, error: str = "") -> bool:
    Run.objects.filter(pk=run.pk).update(state=state, finished_at=now(), last_error=error)
    return True


def _work(run: Run, step: Callable[[int], None], *, until: float | None) -> bool:
    """True: all records are done."""
    done = set(run.steps.values_list("key", flat=True))
    left = (key for key in run.keys if key not in done)
    while batch := list(islice(left, _BREATH)):
        with nudged_together():
            for key in batch:
                if until is not None and time.monotonic() > until:
                    return False
                step(key)
        claimed_at = now()
        ours = Run.objects.filter(pk=run.pk, state=WorkState.WORKING, claimed_at=run.claimed_at)
        if not ours.update(claimed_at=claimed_at):
            return False
        run.claimed_at = claimed_at
    return True


def _stepper(run: Run, request: HttpRequest) -> Callable[[int], None]:
    """What does one record.

    :raises ActionGone: the list or the action is not there for the person any more.
    """
    screen = screen_of(run.screen)
    action = next((known for known in screen.mass_actions() if known.key == run.action), None) if screen else None
    user: Any = request.user
    if not (screen and action and user.is_active and screen.may_open(user) and action.shown_to(user)):
        raise ActionGone
    values: dict[str, Any] = {}
    if action.form and not run.undoes_id:
        form = action.form(user, QueryDict(run.values))
        if not form.is_valid():
            raise ActionGone
        values = form.cleaned_data
    do = _undoer(run, action) if run.undoes_id else action.do
    rows = screen.rows(request).select_related(*screen.joins) if screen.joins else screen.rows(request)

    def step(key: int) -> None:
        record = rows.filter(pk=key).first()
        _take(run, key, record, lambda: do(record, Doing(request, now(), values)))

    return step


def _undoer(run: Run, action: MassAction) -> Callable[[Any, Doing], Any]:
    before = dict(Step.objects.filter(run=run.undoes_id).values_list("key", "before"))

    def undo(record: Any, doing: Doing) -> bool:
        assert action.undo is not None  # noqa: S101  # start_undo has seen to it
        action.undo(record, before[record.pk], doing)
        return True

    return undo


def _take(run: Run, key: int, record: Any, do: Callable[[], Any]) -> None:
    """One record and its step: both or none. What is refused leaves a sentence."""
    if record is None:
        sentence = gettext("It is not there any more, or you do not see it.")
        Step.objects.create(run=run, key=key, outcome=Outcome.REFUSED, name=f"{key}", sentence=sentence)
        return
    name = str(record)[:_LONGEST_NAME]
    try:
        with transaction.atomic():
            before = do()
            outcome = Outcome.UNCHANGED if before is None else Outcome.CHANGED
            Step.objects.create(run=run, key=key, outcome=outcome, name=name, before=before)
    except DomainError as refusal:
        Step.objects.create(run=run, key=key, outcome=Outcome.REFUSED, name=name, sentence=str(refusal))


def _standing_for(run: Run) -> HttpRequest:
    """A request of the person who is not there any more."""
    request = HttpRequest()
    request.method = "POST"
    request.user = get_user_model().objects.get(pk=run.user_id)
    timezone.activate(ZoneInfo(getattr(request.user, "time_zone", "") or "UTC"))
    return request
