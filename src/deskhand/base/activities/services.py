"""Activities: scheduled, edited, done, cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.accounts.public import User
from deskhand.base.activities.events import ActivitiesChanged, ActivityAssigned
from deskhand.base.activities.models import Activity, ActivityType
from deskhand.base.chatter.public import add_followers, admitted_by_following, log_changes, readers_among
from deskhand.kit import records
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.transactions import in_transaction


class CannotSeeRecord(DomainError):
    code = "cannot_see_record"
    status = 422
    field = "assignee"

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s may not see this record. Choose somebody else.") % {"name": name})


class DoneAlready(DomainError):
    code = "activity_done"
    message = gettext_lazy("This activity is done or cancelled already.")


@dataclass(frozen=True)
class Plan:
    """What is to be done. An empty ``summary`` is the type's."""

    kind: ActivityType
    due_on: date
    assignee: User
    summary: str = ""
    note: str = ""


@in_transaction
def schedule_activity(record: Model, plan: Plan, *, by: User | None, at: datetime) -> Activity:
    """Give somebody something to do about a record. Who sees it only as a follower follows it from then on (TEAM-6).

    :raises CannotSeeRecord: the assignee would not see it even then.
    """
    _let_in(record, plan.assignee)
    activity = Activity.objects.create(
        content_type_id=records.content_type_id(record),
        object_id=record.pk,
        kind=plan.kind,
        summary=plan.summary.strip() or plan.kind.default_summary,
        note=plan.note.strip(),
        due_on=plan.due_on,
        assignee=plan.assignee,
        created_by=by,
        created_at=at,
    )
    _tell(activity, record)
    publish(ActivityAssigned(activity, record, by))
    return activity


@in_transaction
def change_activity(pk: int, plan: Plan, *, by: User | None) -> Activity:
    """Edit what is to be done, by whom and until when.

    :raises DoneAlready: it is over.
    :raises CannotSeeRecord: the new assignee would not see the record.
    """
    activity, record = _open_activity(pk)
    is_handed_over = activity.assignee_id != plan.assignee.pk
    if is_handed_over:
        _let_in(record, plan.assignee)
    activity.kind, activity.due_on, activity.assignee = plan.kind, plan.due_on, plan.assignee
    activity.summary, activity.note = plan.summary.strip(), plan.note.strip()
    activity.save(update_fields=["kind", "due_on", "assignee", "summary", "note"])
    _tell(activity, record)
    if is_handed_over:
        publish(ActivityAssigned(activity, record, by))
    return activity


@in_transaction
def finish_activity(pk: int, *, feedback: str, by: User, at: datetime) -> Activity:
    """*Mark Done*: it leaves the list, and the conversation says what came of it.

    :raises DoneAlready: somebody else was faster.
    """
    activity, record = _open_activity(pk)
    activity.done_at, activity.feedback = at, feedback.strip()
    activity.save(update_fields=["done_at", "feedback"])
    done = _("%(activity)s done") % {"activity": _in_words(activity)}
    log_changes(record, [], by=by.contact, at=at, text=f"{done}: {activity.feedback}" if activity.feedback else done)
    _tell(activity, record)
    return activity


@in_transaction
def cancel_activity(pk: int, *, by: User, at: datetime) -> None:
    """Take it back; the conversation says so.

    :raises DoneAlready: it is over.
    """
    activity, record = _open_activity(pk)
    text = _("%(activity)s cancelled") % {"activity": _in_words(activity)}
    log_changes(record, [], by=by.contact, at=at, text=text)
    _tell(activity, record)
    activity.delete()


@in_transaction
def save_type(kind: ActivityType) -> ActivityType:
    """Keep a type as an administrator typed it."""
    kind.save()
    return kind


def set_type_active(pk: int, *, active: bool) -> None:
    """Offer a type, or no more; activities of it stay. One statement."""
    ActivityType.objects.filter(pk=pk).update(is_active=active)


def _open_activity(pk: int) -> tuple[Activity, Any]:
    activity = Activity.objects.select_for_update(of=("self",)).select_related("kind", "assignee").filter(pk=pk).first()
    record = records.find(activity.content_type_id, activity.object_id) if activity else None
    if activity is None or record is None or activity.done_at:
        raise DoneAlready
    return activity, record


def _let_in(record: Model, assignee: User) -> None:
    if assignee.pk in readers_among(record, [assignee]):
        return
    if assignee.pk not in admitted_by_following(record, [assignee]):
        raise CannotSeeRecord(assignee.name)
    add_followers(record, [assignee.contact_id])


def _in_words(activity: Activity) -> str:
    return f"{activity.kind.name} “{activity.summary}”" if activity.summary else activity.kind.name


def _tell(activity: Activity, record: Model) -> None:
    publish(ActivitiesChanged(activity, record))
