"""Mass actions in the API: begun, watched, taken back. One's own only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.kit.api.lists.named import ListName, list_named, name_of_list
from deskhand.kit.api.plain import PlainList
from deskhand.kit.api.problems import FieldProblem, InvalidValues, invalid
from deskhand.kit.api.resources import Part, Resource, Verb
from deskhand.kit.api.shapes import NO_NUL, Answer, Body, Key
from deskhand.kit.screens import Column, ListScreen, ListState
from deskhand.kit.screens.actions import MassAction
from deskhand.kit.screens.runs.models import Outcome, Run, Step
from deskhand.kit.screens.runs.running import MOST, start_run, start_undo
from deskhand.kit.screens.runs.tasks import go_on


class _RunList(PlainList[Run]):
    model = Run
    title = _("Mass actions")
    columns = (Column("created_at"),)
    order = ("-created_at", "-pk")


class RunAnswer(Answer):
    id: int
    list: str
    action: str
    state: str = Field(description="`waiting`, `working`, `done` or `failed`.")
    total: int = Field(description="How many records it is about.")
    changed: int
    unchanged: int = Field(description="They were so already.")
    refused: int = Field(description="`GET runs/7/steps` says why.")
    undoes: int | None = Field(description="Another run that it takes back.")
    created_at: datetime
    finished_at: datetime | None
    last_error: str


_Keys = Annotated[list[Key], Field(max_length=MOST)]


class NewRunBody(Body):
    list: ListName
    action: Annotated[str, Field(pattern=r"^[a-z_-]+$", max_length=60)] = Field(description="Such as `archive`.")
    records: _Keys | None = Field(None, description="Ids; null: all that `query` chooses.")
    query: Annotated[str, Field(pattern=NO_NUL, max_length=4_000)] = Field("", description="Such as filter=open.")
    values: dict[str, Annotated[str, Field(pattern=NO_NUL, max_length=10_000)]] = Field(
        {}, max_length=50, description="What has to be typed with it."
    )


class Runs(Resource[Run]):
    key, title, one, screen = "runs", _("Mass actions"), _("Mass action"), _RunList()
    answer, new = RunAnswer, NewRunBody

    def rows(self, user: Any) -> QuerySet[Run]:
        steps = {outcome: Count("steps", filter=Q(steps__outcome=outcome)) for outcome in Outcome.values}
        return Run.objects.visible_to(user).annotate(**steps)

    def may_create(self, user: Any) -> bool:
        return bool(user.is_internal)

    def shown(self, record: Run, user: Any) -> Mapping[str, Any]:
        del user
        counted = {"total": len(record.keys)} | {name: getattr(record, name) for name in Outcome.values}
        names = ("action", "state", "created_at", "finished_at", "last_error")
        plain = {name: getattr(record, name) for name in names}
        return {"id": record.pk, "list": name_of_list(record.screen), "undoes": record.undoes_id, **plain, **counted}

    def create(self, user: Any, body: NewRunBody) -> Run:
        screen = list_named(body.list, user)
        action = _action(screen, body.action)
        if not action.shown_to(user):
            raise PermissionDenied
        typed = QueryDict(urlencode(body.values))
        _refuse_typed(action, user, typed)
        run = start_run(screen, action, by=user, keys=_keys(screen, user, body), values=typed.urlencode())
        transaction.on_commit(lambda: go_on(run.pk))
        return run


def _action(screen: ListScreen[Any], key: str) -> MassAction:
    known = {action.key: action for action in screen.mass_actions()}
    if key not in known:
        raise invalid("action", __("Use one of: %(known)s.") % {"known": ", ".join(known)}, code="unknown_action")
    return known[key]


def _refuse_typed(action: MassAction, user: Any, typed: QueryDict) -> None:
    form = action.form(user, typed) if action.form else None
    if form is not None and not form.is_valid():
        raise InvalidValues(
            FieldProblem(field=f"values.{name}", detail=str(error), code="invalid")
            for name, errors in form.errors.items()
            for error in errors
        )


def _keys(screen: ListScreen[Any], user: Any, body: NewRunBody) -> list[int]:
    request = HttpRequest()
    request.user = user
    if body.records is not None:
        wanted = list(dict.fromkeys(body.records))
        found = set(screen.rows(request).filter(pk__in=wanted).values_list("pk", flat=True))
        if len(found) < len(wanted):
            raise invalid("records", __("There is no such record, or you may not see it."), code="no_such_record")
        return wanted
    state = ListState.read(QueryDict(body.query), screen.vocabulary(request))
    return list(screen.chosen_rows(request, state).values_list("pk", flat=True)[: MOST + 1])


RUNS_API = Runs()


class StepAnswer(Answer):
    id: int = Field(description="Of the record.")
    name: str
    outcome: Literal["changed", "unchanged", "refused"]
    sentence: str = Field(description="Why it was refused.")


def _steps(record: Run, user: Any) -> QuerySet[Step]:
    """What became of each record, in the order in which they were done."""
    del user
    return record.steps.all()


def _step_shown(step: Step) -> Mapping[str, Any]:
    return {"id": step.key, "name": step.name, "outcome": step.outcome, "sentence": step.sentence}


def _undo(record: Run, user: Any) -> Run:
    """Take back what was changed; what was changed again since then stays. The answer is the run that does it."""
    undoing = start_undo(record, by=user)
    transaction.on_commit(lambda: go_on(undoing.pk))
    return undoing


RUNS_API.part(Part("steps", "steps", _("List what became of each"), _steps, _step_shown, StepAnswer, ("pk",)))
RUNS_API.verb(
    Verb("POST", "undo", "undo", _("Undo"), _undo, status=201, may=lambda user, record: record.user_id == user.pk)
)
