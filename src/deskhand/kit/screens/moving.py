"""A card that is moved to another column gets another value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.kit.errors import DomainError
from deskhand.kit.screens.fields import EMPTY, MOST_OFFERED
from deskhand.kit.screens.grouping import Level
from deskhand.kit.screens.kanban import KanbanPage
from deskhand.kit.screens.state import ListState

if TYPE_CHECKING:
    from deskhand.kit.screens.screen import ListScreen


class CannotStandThere(DomainError):
    code = "cannot_stand_there"
    message = gettext_lazy("This card cannot be moved there. Load the page again; somebody may have changed it.")


def move_card(screen: ListScreen[Any], request: HttpRequest, state: ListState, record: Model, value: str) -> str:
    """Give a record the value of a column, by the service call that the group declares. What was done, in words.

    :raises CannotStandThere: the group cannot be written, or the person knows no such value.
    """
    level = KanbanPage(screen, request, state).level
    if level.group.writes is None:
        raise CannotStandThere
    found = None if value == EMPTY else _found(level, screen, request, value)
    if getattr(found, "pk", found) == level.field.column.value_from_object(record):
        return ""
    level.group.writes(record.pk, found, request.user)
    name = str(level.group.empty) if found is None else level.field.name_of(value, screen.rows(request), request.user)
    return _("%(record)s moved to %(column)s.") % {"record": record, "column": name}


def _found(level: Level, screen: ListScreen[Any], request: HttpRequest, value: str) -> Any:
    """The linked record, as far as the person sees it, or the stored value of a choice."""
    field, group = level.field, level.group
    stored = field.python_value(value)
    if stored is None:
        raise CannotStandThere
    if field.kind in {"link", "links"}:
        offered = group.offers(request.user) if group.offers else field.linked(screen.rows(request), request.user)
        linked = offered.filter(pk=stored).first()
        if linked is None:
            raise CannotStandThere
        return linked
    offered_values = {known for known, _name in field.offered(screen.rows(request), request.user, most=MOST_OFFERED)}
    if field.kind in {"choice", "code"} and value not in offered_values:
        raise CannotStandThere
    return stored
