"""Time off in the API: asked for, changed while it waits, approved, refused, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskhand.base.chatter.api.public import MessageAnswer, message_shown, messages_of
from deskhand.base.workforce.calendars import MINUTES_A_DAY
from deskhand.base.workforce.enums import LeaveLength
from deskhand.base.workforce.models import Employee, LeaveType, TimeOff
from deskhand.base.workforce.pages.screens import LEAVE_TYPES, TIMES_OFF
from deskhand.base.workforce.policies import (
    can_administer,
    can_ask_for,
    can_change,
    can_decide,
    can_see_colleagues,
    can_withdraw,
)
from deskhand.base.workforce.services.leave_types import LeaveTypeDetails, save_leave_type, set_leave_type_active
from deskhand.base.workforce.services.time_off import (
    Wish,
    approve_time_off,
    ask_for_time_off,
    change_time_off,
    refuse_time_off,
    withdraw_time_off,
)
from deskhand.kit.api.checks import named, one_line
from deskhand.kit.api.problems import invalid
from deskhand.kit.api.public import Answer, Body, Key, Name, Part, Ref, Resource, Text, Verb, changes_of, ref, sent
from deskhand.kit.clock import now
from deskhand.kit.hues import Hue


class LeaveTypeAnswer(Answer):
    id: int
    name: str
    color: int = Field(description="One of the seven hues, 0 to 6.")
    needs_approval: bool = Field(description="Without it, asking is enough.")
    is_active: bool


class NewLeaveTypeBody(Body):
    name: Annotated[Name, Field(max_length=80)]
    color: Annotated[int, Field(ge=0, le=6)] = 4
    needs_approval: bool = True


class LeaveTypes(Resource[LeaveType]):
    key, title, one, screen = "leave-types", _("Types of time off"), _("Type of time off"), LEAVE_TYPES
    answer, new, changes = LeaveTypeAnswer, NewLeaveTypeBody, changes_of(NewLeaveTypeBody, "LeaveTypeChanges")

    def rows(self, user: Any) -> QuerySet[LeaveType]:
        return LeaveType.objects.visible_to(user)

    def may_read(self, user: Any) -> bool:
        return can_see_colleagues(user)

    def may_create(self, user: Any) -> bool:
        return can_administer(user)

    def shown(self, record: LeaveType, user: Any) -> Mapping[str, Any]:
        del user
        return {name: getattr(record, name) for name in LeaveTypeAnswer.model_fields}

    def create(self, user: Any, body: NewLeaveTypeBody) -> LeaveType:
        del user
        return save_leave_type(_type_details(body.model_dump()))

    def change(self, user: Any, record: LeaveType, body: Any) -> None:
        del user
        before = {"name": record.name, "color": record.color, "needs_approval": record.needs_approval}
        save_leave_type(_type_details(before | sent(body)), pk=record.pk)

    def archive(self, user: Any, record: LeaveType) -> None:
        del user
        set_leave_type_active(record.pk, is_active=False)

    def restore(self, user: Any, record: LeaveType) -> None:
        del user
        set_leave_type_active(record.pk, is_active=True)


def _type_details(values: Mapping[str, Any]) -> LeaveTypeDetails:
    return LeaveTypeDetails(one_line(values["name"]), Hue(values["color"]), values["needs_approval"])


class TimeOffAnswer(Answer):
    id: int
    employee: Ref
    type: Ref
    state: Literal["requested", "approved", "refused", "withdrawn"]
    length: Literal["days", "morning", "afternoon", "hours"]
    first_day: date
    last_day: date
    start_minute: int | None = Field(description="Since midnight, for `hours`.")
    end_minute: int | None = Field(description="Since midnight, for `hours`.")
    start_at: datetime
    end_at: datetime
    hours: float = Field(description="Working hours in it.")
    reason: str
    decided_by: Ref | None = Field(description="A user.")
    decided_at: datetime | None
    created_at: datetime


_Minute = Annotated[int, Field(ge=0, le=MINUTES_A_DAY)]


class NewTimeOffBody(Body):
    employee: Key | None = Field(None, description="Null: yourself. It never changes.")
    type: Key
    first_day: Annotated[date, Field(strict=False)]
    last_day: Annotated[date, Field(strict=False)] | None = Field(None, description="Null: one day.")
    length: Literal["days", "morning", "afternoon", "hours"] = "days"
    start_minute: _Minute | None = Field(None, description="Since midnight; for `hours` only.")
    end_minute: _Minute | None = Field(None, description="Since midnight; for `hours` only.")
    reason: Annotated[Text, Field(max_length=2_000)] = ""


class RefusalBody(Body):
    comment: Annotated[Text, Field(max_length=2_000)] = Field("", description="Why; the employee reads it.")


class TimesOff(Resource[TimeOff]):
    key, title, one, screen = "time-off", _("Time off"), _("Time off"), TIMES_OFF
    answer, new = TimeOffAnswer, NewTimeOffBody
    changes = changes_of(NewTimeOffBody, "TimeOffChanges", without=("employee",))
    joins = ("employee__manager", "employee__company", "type", "decided_by")

    def rows(self, user: Any) -> QuerySet[TimeOff]:
        return TimeOff.objects.visible_to(user)

    def may_read(self, user: Any) -> bool:
        return can_see_colleagues(user)

    def may_create(self, user: Any) -> bool:
        """Whoever works here may ask; for whom is looked at when it is known."""
        return can_see_colleagues(user)

    def may_change(self, user: Any, record: TimeOff) -> bool:
        return can_change(user, record)

    def shown(self, record: TimeOff, user: Any) -> Mapping[str, Any]:
        del user
        links = {"employee": ref(record.employee), "type": ref(record.type), "decided_by": ref(record.decided_by)}
        plain = {name: getattr(record, name) for name in TimeOffAnswer.model_fields if name not in links}
        return plain | links | {"hours": float(record.hours)}

    def create(self, user: Any, body: NewTimeOffBody) -> TimeOff:
        colleagues = Employee.objects.visible_to(user).active().select_related("manager")
        mine = colleagues.filter(user=user.pk)
        employee = mine.first() if body.employee is None else named(colleagues, body.employee, "employee")
        if employee is None:
            raise invalid("employee", __("You are no employee. Say for whom you ask."), code="no_such_record")
        if not can_ask_for(user, employee):
            raise PermissionDenied
        return ask_for_time_off(_wish(body.model_dump(), employee), by=user, at=now())

    def change(self, user: Any, record: TimeOff, body: Any) -> None:
        before: dict[str, Any] = {
            "type": record.type_id,
            "first_day": record.first_day,
            "last_day": None if record.last_day == record.first_day else record.last_day,
            "length": record.length,
            "start_minute": record.start_minute,
            "end_minute": record.end_minute,
            "reason": record.reason,
        }
        change_time_off(record.pk, _wish(before | sent(body), record.employee), by=user, at=now())


def _wish(values: Mapping[str, Any], employee: Employee) -> Wish:
    """:raises InvalidValues: hours without a time, days that no calendar has."""
    if values["length"] == LeaveLength.HOURS:
        for name in ("start_minute", "end_minute"):
            if values[name] is None:
                raise invalid(name, __("Enter a time."))
    first, last = values["first_day"], values["last_day"] or values["first_day"]
    for name, day in (("first_day", first), ("last_day", last)):
        if not 1970 <= day.year <= 2200:
            raise invalid(name, __("Choose a day between 1970 and 2200."))
    return Wish(
        employee=employee,
        type=named(LeaveType.objects.active(), values["type"], "type"),
        first_day=first,
        last_day=last,
        length=LeaveLength(values["length"]),
        start_minute=values["start_minute"],
        end_minute=values["end_minute"],
        reason=values["reason"],
    )


LEAVE_TYPES_API, TIMES_OFF_API = LeaveTypes(), TimesOff()


def _approve(record: TimeOff, user: Any) -> TimeOff:
    """Agree. From now on nothing is assigned to the employee in that time."""
    return approve_time_off(record.pk, by=user, at=now())


def _refuse(record: TimeOff, user: Any, sent: RefusalBody) -> TimeOff:
    """Do not agree, or take back an approval."""
    return refuse_time_off(record.pk, by=user, at=now(), comment=sent.comment)


def _withdraw(record: TimeOff, user: Any) -> TimeOff:
    """The employee works after all."""
    return withdraw_time_off(record.pk, by=user, at=now())


def _messages(record: TimeOff, user: Any) -> Any:
    """What was said and decided about it, newest first."""
    del user
    return messages_of(record)


TIMES_OFF_API.part(Part("messages", "messages", _("List messages"), _messages, message_shown, MessageAnswer, ("-pk",)))
TIMES_OFF_API.verb(Verb("PUT", "approval", "approve", _("Approve"), _approve, scope="decision", may=can_decide))
TIMES_OFF_API.verb(
    Verb("PUT", "refusal", "refuse", _("Refuse"), _refuse, scope="decision", body=RefusalBody, may=can_decide)
)
TIMES_OFF_API.verb(Verb("PUT", "withdrawal", "withdraw", _("Withdraw"), _withdraw, may=can_withdraw))
