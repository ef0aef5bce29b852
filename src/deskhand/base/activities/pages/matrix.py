"""The activity view: records in lines, types in columns, days in cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils import timezone

from deskhand.base.accounts.public import User
from deskhand.base.activities.models import Activity, ActivityType
from deskhand.base.activities.queries import due_badge
from deskhand.kit import records
from deskhand.kit.ui.shapes import Badge

#: Records on a page; those whose activities are due first.
MOST = 80


@dataclass
class Cell:
    """Activities of one type about one record."""

    activities: list[tuple[Activity, Badge]] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A record with a cell for each type."""

    pk: int
    title: str
    url: str
    cells: list[Cell]


def matrix_of(model: type[Model], user: User, *, mine: bool) -> tuple[list[Line], list[ActivityType]]:
    """The lines and the types in their columns. Three queries."""
    kinds = list(ActivityType.objects.active())
    about = Activity.objects.visible_to(user).open().filter(content_type=records.content_type_id(model))
    found = about.filter(assignee=user) if mine else about
    today, cells = timezone.localdate(), dict[int, dict[int, Cell]]()
    for activity in found.select_related("kind", "assignee").order_by("due_on", "pk")[: 10 * MOST]:
        badge = due_badge(activity.due_on, today, icon=activity.kind.icon, title=str(activity))
        line = cells.setdefault(activity.object_id, defaultdict(Cell))
        line[activity.kind_id].activities.append((activity, badge))
    shown = list(cells)[:MOST]
    kind_of_record = records.type_of(model)
    by_pk = kind_of_record.visible_to(user).in_bulk(shown)
    lines = [
        Line(
            pk,
            kind_of_record.title(by_pk[pk]),
            kind_of_record.url(by_pk[pk]),
            [cells[pk].get(kind.pk, Cell()) for kind in kinds],
        )
        for pk in shown
        if pk in by_pk
    ]
    return lines, kinds
