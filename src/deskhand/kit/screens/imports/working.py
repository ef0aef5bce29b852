"""Checking and writing an import: all rows in one transaction, or none."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.screens.actions import Doing
from deskhand.kit.screens.importing import Importer
from deskhand.kit.screens.imports.models import Import
from deskhand.kit.screens.imports.reading import CannotBeRead, table_of
from deskhand.kit.screens.registry import screen_of
from deskhand.kit.work.models import WorkState

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen

logger = logging.getLogger(__name__)
#: Problems that are kept; of more it is only said how many.
MOST_PROBLEMS = 1000
_LONGEST_SHOWN = 120
#: After so many rows the page is told how far it is.
_BREATH = 100


class NotAllowedAnyMore(DomainError):
    code = "import_not_allowed"
    message = "You may not import here any more."


@dataclass
class Result:
    """What was found and done."""

    created: int = 0
    updated: int = 0
    problems: list[list[Any]] = field(default_factory=list)
    count: int = 0
    done: int = 0

    def complain(self, row: int, heading: str, text: str, sentence: str) -> None:
        self.count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append([row, heading, text[:_LONGEST_SHOWN], sentence])


@dataclass(frozen=True)
class _Row:
    """``open``: fields that name what may stand in another row, with their headings and what is wrong otherwise."""

    number: int
    cells: Mapping[str, str]
    values: dict[str, Any]
    open: Mapping[str, tuple[str, str]]


def work_on(pk: int) -> None:
    """Check an import that is wanted, and write it if it is no trial and nothing is wrong."""
    if not Import.objects.filter(is_wanted=True).claim(pk, at=now()):
        return
    work = Import.objects.get(pk=pk)
    user: Any = get_user_model().objects.get(pk=work.user_id)
    zone = ZoneInfo(getattr(user, "time_zone", "") or "UTC")
    with translation.override(getattr(user, "language", "") or None), timezone.override(zone):
        state, error, result = WorkState.DONE, "", Result()
        try:
            result = _whole(work, user)
        except DomainError as refusal:
            state, error = WorkState.FAILED, str(refusal)
        except Exception:
            logger.exception("An import could not be done (%s).", pk)
            state, error = WorkState.FAILED, _("Something went wrong on our side. Nothing was imported.")
    Import.objects.filter(pk=pk).update(
        state=state, last_error=error, is_wanted=False, created=result.created, updated=result.updated,
        problems=result.problems, problem_count=result.count, done=result.done,
    )  # fmt: skip


def _whole(work: Import, user: Any) -> Result:
    screen = screen_of(work.screen)
    if not screen or not screen.importer or not user.is_active or not screen.may_import(user):
        raise NotAllowedAnyMore(_("You may not import here any more."))
    request = HttpRequest()
    request.method, request.user = "POST", user
    doing, result = Doing(request, now(), {}), Result()
    with default_storage.open(work.path, "rb") as file:
        rows = _answered(list(_checked(work, screen.importer, user, file, result)), screen.importer, result)
    if result.count:
        return result
    with transaction.atomic():
        for row in rows:
            _take(screen, screen.importer, work, row, doing, result)
            result.done += 1
        if work.is_trial or result.count:
            transaction.set_rollback(True)
    return result


def _checked(work: Import, importer: Importer, user: Any, file: Any, result: Result) -> Iterator[_Row]:
    """The rows as the fields understand them. What they do not understand is a problem."""
    table = table_of(file, work.name, work.sheet)
    fields = dict(importer.fields(user))
    columns = [(place, name) for place, name in enumerate(work.mapping) if name in fields]
    filled = {name for _place, name in columns}
    missing = [str(one.label) for name, one in fields.items() if one.required and name not in filled]
    if missing and not work.key:
        raise CannotBeRead(_("New records need these columns: %(names)s.") % {"names": ", ".join(missing)})
    for number, cells in table.rows:
        row = {name: cells[place] for place, name in columns}
        values, unanswered = {}, {}
        for place, name in columns:
            try:
                values[name] = fields[name].clean(cells[place])
            except ValidationError as error:
                is_empty = not cells[place] and error.code == "required"
                sentence = _("This must not be empty.") if is_empty else " ".join(error.messages)
                if name in importer.answers:
                    unanswered[name] = table.headings[place], sentence
                else:
                    result.complain(number, table.headings[place], cells[place], sentence)
        yield _Row(number, row, values, unanswered)
        if number % _BREATH == 0:
            Import.objects.filter(pk=work.pk).update(done=number)


def _answered(rows: list[_Row], importer: Importer, result: Result) -> list[_Row]:
    """The rows in the order in which they can be written: those last that name what another row is."""
    if not any(row.open for row in rows):
        return rows
    known = {name: {_plain(by(row.values)) for row in rows} - {""} for name, by in importer.answers.items()}
    for row in rows:
        for name, (heading, sentence) in row.open.items():
            if _plain(row.cells[name]) not in known[name]:
                result.complain(row.number, heading, row.cells[name], sentence)
    result.problems.sort(key=lambda problem: problem[0])
    return sorted(rows, key=lambda row: bool(row.open))


def _plain(name: str) -> str:
    return name.strip().casefold()


def _take(screen: ListScreen[Any], importer: Importer, work: Import, row: _Row, doing: Doing, result: Result) -> None:
    try:
        with transaction.atomic():
            _look_again(importer, row, doing)
            known = _known(screen, importer, work, row, doing)
            if known is None:
                _refuse_incomplete(importer, row, doing)
                importer.create(row.values, doing)
                result.created += 1
            else:
                screen.refuse_import(doing.user, known)
                importer.update(known, row.values, doing)
                result.updated += 1
    except DomainError as refusal:
        name = refusal.field or ""
        result.complain(row.number, _label(importer, name, doing), row.cells.get(name, ""), str(refusal))
    except ValidationError as error:
        name = next(iter(row.open), "")
        result.complain(row.number, _label(importer, name, doing), row.cells.get(name, ""), " ".join(error.messages))
    except DatabaseError:
        logger.exception("A row of an import could not be written.")
        result.complain(row.number, "", "", _("This row could not be written."))


def _look_again(importer: Importer, row: _Row, doing: Doing) -> None:
    """What another row of the file has become meanwhile."""
    for name in row.open:
        row.values[name] = importer.fields(doing.user)[name].clean(row.cells[name])


def _known(screen: ListScreen[Any], importer: Importer, work: Import, row: _Row, doing: Doing) -> Any:
    """The record that the row is about; None: it becomes a new one."""
    value = row.values.get(work.key) if work.key else None
    if value in (None, ""):
        return None
    found = screen.rows(doing.request).filter(**{importer.path_of(work.key): value})[:2]
    if len(found) > 1:
        raise SeveralKnown
    return found[0] if found else None


class SeveralKnown(DomainError):
    code = "import_several_known"

    def __init__(self) -> None:
        super().__init__(_("More than one record has this value, so it is not clear which one is meant."))


def _refuse_incomplete(importer: Importer, row: _Row, doing: Doing) -> None:
    for name, one in importer.fields(doing.user).items():
        if one.required and row.values.get(name) in (None, ""):
            raise Incomplete(name, str(one.label))


class Incomplete(DomainError):
    code = "import_incomplete"

    def __init__(self, name: str, label: str) -> None:
        super().__init__(_("This is a new record, and it needs: %(name)s.") % {"name": label})
        self.field = name


def _label(importer: Importer, name: str, doing: Doing) -> str:
    one: forms.Field | None = importer.fields(doing.user).get(name)
    return str(one.label) if one else ""
