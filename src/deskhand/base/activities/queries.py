"""Answers about activities that are not just filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from deskhand.base.accounts.public import Viewer
from deskhand.base.activities.enums import Due
from deskhand.base.activities.models import Activity
from deskhand.kit import records
from deskhand.kit.prepared import prepared
from deskhand.kit.ui.shapes import Badge, Tone

_TONES: Mapping[Due, Tone] = {Due.OVERDUE: "bad", Due.TODAY: "soon", Due.PLANNED: "ok"}


@dataclass
class Waiting:
    """How many activities about one kind of record wait for somebody."""

    content_type: int
    title: str
    counts: Counter[Due] = field(default_factory=Counter)

    @property
    def overdue(self) -> int:
        return self.counts[Due.OVERDUE]

    @property
    def today(self) -> int:
        return self.counts[Due.TODAY]

    @property
    def planned(self) -> int:
        return self.counts[Due.PLANNED]


def open_of(record: Model) -> list[Activity]:
    """What is to be done about a record, what is due first. One query."""
    return _open_of(records.content_type_id(record), record.pk)


@prepared
def _open_of(content_type: int, object_id: int) -> QuerySet[Activity]:
    activities = Activity.objects.open().filter(content_type=content_type, object_id=object_id)
    return activities.select_related("kind", "assignee").order_by("due_on", "pk")


def due_count(viewer: Viewer) -> int:
    """How many activities a user should have done by today. One query."""
    return sum(1 for due in _days_of(viewer) if due[1] <= timezone.localdate())


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """What waits for a user, by kind of record: overdue, today, planned. One query."""
    today, found = timezone.localdate(), dict[int, Waiting]()
    for content_type, due_on in _days_of(viewer):
        kind = found.setdefault(content_type, Waiting(content_type, kind_title(content_type)))
        kind.counts[Due.of(due_on, today)] += 1
    return sorted(found.values(), key=lambda kind: kind.title)


@prepared
def _days_of(viewer: Viewer) -> QuerySet[Activity, Any]:
    mine = Activity.objects.visible_to(viewer).open().filter(assignee=viewer.pk).order_by()
    return mine.values_list("content_type_id", "due_on")


def kind_title(content_type: int) -> str:
    """What records of a kind are called, several of them."""
    model = ContentType.objects.get_for_id(content_type).model_class()
    return str(model._meta.verbose_name_plural) if model else ""  # noqa: SLF001


def next_badges(model: type[Model], ids: Sequence[int]) -> dict[int, Badge]:
    """Record id → the activity that is due first, as a badge; records without one are left out. One query."""
    today, found = timezone.localdate(), dict[int, Badge]()
    if not ids:
        return found
    for object_id, due_on, icon, kind, summary in _next_of(records.content_type_id(model), list(ids)):
        if object_id not in found:
            found[object_id] = due_badge(due_on, today, icon=icon, title=f"{kind}: {summary}" if summary else kind)
    return found


@prepared
def _next_of(content_type: int, object_ids: list[int]) -> QuerySet[Activity, Any]:
    activities = Activity.objects.open().filter(content_type=content_type, object_id__in=object_ids)
    shown = activities.order_by("due_on", "pk")
    return shown.values_list("object_id", "due_on", "kind__icon", "kind__name", "summary")


def due_badge(due_on: date, today: date, *, icon: str = "", title: str = "") -> Badge:
    """When it is due, in words and colour."""
    return Badge(due_in_words(due_on, today), icon=icon or "clock", tone=_TONES[Due.of(due_on, today)], title=title)


def due_in_words(due_on: date, today: date) -> str:
    """*Today*, *Tomorrow*, *3 days late*, or the date."""
    days = (due_on - today).days
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Tomorrow")
    if due_on.year == today.year:
        return formatted(due_on, pgettext("date format: 18 Nov", "j M"))
    return formatted(due_on, pgettext("date format: 18 Nov 2025", "j M Y"))


def titles_of(pks: Sequence[int]) -> dict[int, str]:
    """Activity id → what the record is called. A query, and one for each kind of record."""
    places = list(Activity.objects.filter(pk__in=pks).values_list("pk", "content_type_id", "object_id"))
    names: dict[tuple[int, int], str] = {}
    for content_type in {place[1] for place in places}:
        model = ContentType.objects.get_for_id(content_type).model_class()
        ids = [place[2] for place in places if place[1] == content_type]
        for record in model._default_manager.filter(pk__in=ids) if model else ():  # noqa: SLF001
            names[content_type, record.pk] = records.type_of(record).title(record)
    return {pk: names.get((content_type, object_id), "") for pk, content_type, object_id in places}


def record_url(activity: Activity) -> str:
    """The page of the record. No query."""
    model = ContentType.objects.get_for_id(activity.content_type_id).model_class()
    if model is None:
        return ""
    return records.type_of(model).url(model(pk=activity.object_id))
