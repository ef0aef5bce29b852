"""Activities in the API: what is to be done about records, by whom and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.accounts.public import User
from deskhand.base.activities.models import Activity, ActivityType
from deskhand.base.activities.pages.screens import ACTIVITIES, ACTIVITY_TYPES
from deskhand.base.activities.policies import can_schedule
from deskhand.base.activities.services import (
    Plan,
    cancel_activity,
    change_activity,
    finish_activity,
    save_type,
    schedule_activity,
    set_type_active,
)
from deskhand.base.chatter.api.public import About, AboutAnswer, about_of, record_about
from deskhand.base.companies.public import can_configure
from deskhand.kit import records
from deskhand.kit.api.checks import named, one_line
from deskhand.kit.api.public import Answer, Body, Key, Line, Name, Ref, Resource, Text, Verb, changes_of, ref, sent
from deskhand.kit.clock import now

_Icon = Literal["checklist", "phone", "mail", "calendar-event", "upload", "map-pin", "alarm"]


class TypeAnswer(Answer):
    id: int
    name: str
    icon: str
    default_days: int = Field(description="Due so many days after it is scheduled.")
    default_summary: str
    position: int
    is_active: bool


class NewTypeBody(Body):
    name: Annotated[Name, Field(max_length=60)]
    icon: _Icon = "checklist"
    default_days: Annotated[int, Field(ge=0, le=3_650)] = 1
    default_summary: Line = ""
    position: Annotated[int, Field(ge=0, le=1_000_000)] = 10


class Types(Resource[ActivityType]):
    key, title, one, screen = "activity-types", _("Activity Types"), _("Activity type"), ACTIVITY_TYPES
    answer, new, changes = TypeAnswer, NewTypeBody, changes_of(NewTypeBody, "ActivityTypeChanges")

    def rows(self, user: Any) -> QuerySet[ActivityType]:
        del user
        return ActivityType.objects.all()

    def may_read(self, user: Any) -> bool:
        """Whoever schedules has to choose one."""
        return bool(user.is_internal)

    def may_create(self, user: Any) -> bool:
        return can_configure(user)

    def shown(self, record: ActivityType, user: Any) -> Mapping[str, Any]:
        del user
        return {name: getattr(record, name) for name in TypeAnswer.model_fields}

    def create(self, user: Any, body: NewTypeBody) -> ActivityType:
        del user
        return save_type(ActivityType(**body.model_dump() | {"name": one_line(body.name)}))

    def change(self, user: Any, record: ActivityType, body: Any) -> None:
        del user
        for name, value in sent(body).items():
            setattr(record, name, one_line(value) if name == "name" else value)
        save_type(record)

    def archive(self, user: Any, record: ActivityType) -> None:
        del user
        set_type_active(record.pk, active=False)

    def restore(self, user: Any, record: ActivityType) -> None:
        del user
        set_type_active(record.pk, active=True)


class ActivityAnswer(Answer):
    id: int
    about: AboutAnswer
    type: Ref
    summary: str
    note: str
    due_on: date
    assignee: Ref = Field(description="A user.")
    created_by: Ref | None = Field(description="A user.")
    created_at: datetime
    done_at: datetime | None = Field(description="Null: still to be done.")
    feedback: str = Field(description="What came of it.")


class NewActivityBody(Body):
    about: About = Field(description="The record; it never changes.")
    type: Key
    due_on: Annotated[date, Field(strict=False)] | None = Field(None, description="Null: as the type says.")
    assignee: Key | None = Field(None, description="A user; null: yourself.")
    summary: Line = Field("", description="Empty: as the type says.")
    note: Annotated[Text, Field(max_length=20_000)] = ""


class FeedbackBody(Body):
    feedback: Annotated[Text, Field(max_length=20_000)] = Field("", description="What came of it.")


class Activities(Resource[Activity]):
    key, title, one, screen = "activities", _("Activities"), _("Activity"), ACTIVITIES
    answer, new = ActivityAnswer, NewActivityBody
    changes = changes_of(NewActivityBody, "ActivityChanges", without=("about",))
    joins = ("kind", "assignee", "created_by")

    def rows(self, user: Any) -> QuerySet[Activity]:
        return Activity.objects.visible_to(user)

    def may_create(self, user: Any) -> bool:
        """Whoever works here; about which records is looked at when it is known."""
        return bool(user.is_internal)

    def may_change(self, user: Any, record: Activity) -> bool:
        found = records.find_visible(user, record.content_type_id, record.object_id)
        return found is not None and can_schedule(user, found)

    def shown(self, record: Activity, user: Any) -> Mapping[str, Any]:
        del user
        links = {
            "about": about_of(record.content_type_id, record.object_id),
            "type": ref(record.kind),
            "assignee": ref(record.assignee),
            "created_by": ref(record.created_by),
        }
        plain = {name: getattr(record, name) for name in ActivityAnswer.model_fields if name not in links}
        return plain | links

    def create(self, user: Any, body: NewActivityBody) -> Activity:
        record: Model = record_about(user, body.about)
        if not can_schedule(user, record):
            raise PermissionDenied
        return schedule_activity(record, _plan(user, body.model_dump()), by=user, at=now())

    def change(self, user: Any, record: Activity, body: Any) -> None:
        before: dict[str, Any] = {
            "type": record.kind_id,
            "due_on": record.due_on,
            "assignee": record.assignee_id,
            "summary": record.summary,
            "note": record.note,
        }
        change_activity(record.pk, _plan(user, before | sent(body)), by=user)

    def delete(self, user: Any, record: Activity) -> None:
        cancel_activity(record.pk, by=user, at=now())


def _plan(user: Any, values: Mapping[str, Any]) -> Plan:
    kind = named(ActivityType.objects.all(), values["type"], "type")
    colleagues = User.objects.internal().filter(pk__in=User.objects.visible_to(user).order_by().values("pk"))
    return Plan(
        kind=kind,
        due_on=values["due_on"] or timezone.localdate() + timedelta(days=kind.default_days),
        assignee=named(colleagues, values["assignee"] or user.pk, "assignee"),
        summary=values["summary"],
        note=values["note"],
    )


TYPES_API, ACTIVITIES_API = Types(), Activities()


def _finish(record: Activity, user: Any, sent: FeedbackBody) -> Activity:
    """Mark it done; the conversation of the record says what came of it."""
    return finish_activity(record.pk, feedback=sent.feedback, by=user, at=now())


ACTIVITIES_API.verb(Verb("PUT", "completion", "finish", _("Mark done"), _finish, scope="completion", body=FeedbackBody))
