"""Time off is asked for, approved, refused and withdrawn; each step stands in its conversation and is mailed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import Draft, FieldChange, Via, log_changes, post_message
from deskhand.base.workforce.calendars import Schedule, Span, day_of
from deskhand.base.workforce.enums import LeaveLength, LeaveState
from deskhand.base.workforce.events import TimeOffAsked, TimeOffDecided
from deskhand.base.workforce.models import Employee, LeaveType, TimeOff
from deskhand.base.workforce.queries.schedules import schedule_of_employee, working_hours
from deskhand.base.workforce.queries.time_off import deciders_of, time_off_in_words
from deskhand.kit.errors import DomainError
from deskhand.kit.events import publish
from deskhand.kit.html import text_to_html
from deskhand.kit.transactions import in_transaction

#: Where a morning ends and an afternoon begins, in minutes since midnight.
NOON = 12 * 60
#: Nobody is away longer on one form.
LONGEST = timedelta(days=3 * 366)


class EndsBeforeItStarts(DomainError):
    code = "time_off_ends_before_it_starts"
    message = gettext_lazy("The end lies before the beginning. Choose a later one.")
    status = 422
    field = "last_day"


class TooLong(DomainError):
    code = "time_off_too_long"
    message = gettext_lazy("This is more than three years. Ask for the years one by one.")
    status = 422
    field = "last_day"


class NothingToTakeOff(DomainError):
    code = "nothing_to_take_off"
    message = gettext_lazy("Nobody works then by this calendar, so there is nothing to take off. Choose other days.")
    status = 422
    field = "first_day"


class AwayAlready(DomainError):
    code = "away_already"
    field = "first_day"

    def __init__(self, other: TimeOff) -> None:
        super().__init__(
            gettext_lazy("There is time off then already: %(other)s. Withdraw it first, or choose other days.")
            % {"other": time_off_in_words(other)}
        )


class DecidedAlready(DomainError):
    code = "time_off_decided_already"
    message = gettext_lazy("Somebody was faster: this is decided already. Load the page again to see how.")


@dataclass(frozen=True)
class Wish:
    """When somebody would like to be away. Half days and hours are about ``first_day`` alone.

    ``start_minute`` and ``end_minute`` count from midnight, for :attr:`LeaveLength.HOURS` only.
    """

    employee: Employee
    type: LeaveType
    first_day: date
    last_day: date
    length: LeaveLength = LeaveLength.DAYS
    start_minute: int | None = None
    end_minute: int | None = None
    reason: str = ""


@in_transaction
def ask_for_time_off(wish: Wish, *, by: User, at: datetime) -> TimeOff:
    """Put a wish before those who decide; a type that needs no approval is approved at once.

    :raises EndsBeforeItStarts: see there.
    :raises TooLong: more than three years.
    :raises NothingToTakeOff: there is no working time in it.
    :raises AwayAlready: it overlaps with what is asked for or approved.
    """
    employee = Employee.objects.select_for_update(of=("self",)).select_related("company", "calendar").get(
        pk=wish.employee.pk
    )  # fmt: skip
    schedule = schedule_of_employee(employee)
    span = span_of(wish, schedule)
    hours = working_hours(schedule, span)
    if not hours:
        raise NothingToTakeOff
    _refuse_overlap(employee, span)
    time_off = TimeOff.objects.create(
        employee=employee,
        type=wish.type,
        length=wish.length,
        first_day=wish.first_day,
        last_day=wish.last_day if wish.length == LeaveLength.DAYS else wish.first_day,
        start_minute=wish.start_minute if wish.length == LeaveLength.HOURS else None,
        end_minute=wish.end_minute if wish.length == LeaveLength.HOURS else None,
        start_at=span.start,
        end_at=span.end,
        hours=Decimal(str(round(hours, 2))),
        reason=wish.reason,
        created_at=at,
    )
    publish(TimeOffAsked(time_off))
    if not wish.type.needs_approval:
        return _settle(time_off, LeaveState.APPROVED, by=by, at=at, text=_("No approval is needed."))
    _tell(time_off, deciders_of(employee), by=by, at=at, text=_("Asks for time off."), comment=wish.reason)
    return time_off


@in_transaction
def approve_time_off(time_off_id: int, *, by: User, at: datetime) -> TimeOff:
    """Agree. From now on nothing is assigned to the employee in that time (ASSIGN-5).

    :raises DecidedAlready: it does not wait any more.
    """
    time_off = _waiting(time_off_id, LeaveState.REQUESTED)
    return _settle(time_off, LeaveState.APPROVED, by=by, at=at, text=_("Time off is approved."))


@in_transaction
def refuse_time_off(time_off_id: int, *, by: User, at: datetime, comment: str = "") -> TimeOff:
    """Do not agree, or take back an approval; ``comment`` says why.

    :raises DecidedAlready: it was refused or withdrawn.
    """
    time_off = _waiting(time_off_id, LeaveState.REQUESTED, LeaveState.APPROVED)
    return _settle(time_off, LeaveState.REFUSED, by=by, at=at, text=_("Time off is refused."), comment=comment)


@in_transaction
def withdraw_time_off(time_off_id: int, *, by: User, at: datetime) -> TimeOff:
    """The employee works after all.

    :raises DecidedAlready: it was refused or withdrawn.
    """
    time_off = _waiting(time_off_id, LeaveState.REQUESTED, LeaveState.APPROVED)
    return _settle(time_off, LeaveState.WITHDRAWN, by=by, at=at, text=_("Time off is withdrawn."))


def span_of(wish: Wish, schedule: Schedule) -> Span:
    """From when to when somebody is away, by the clock of their calendar.

    :raises EndsBeforeItStarts: see there.
    :raises TooLong: see there.
    """
    if wish.length == LeaveLength.DAYS:
        if wish.last_day < wish.first_day:
            raise EndsBeforeItStarts
        if wish.last_day - wish.first_day > LONGEST:
            raise TooLong
        return Span(day_of(schedule, wish.first_day).start, day_of(schedule, wish.last_day).end)
    day = day_of(schedule, wish.first_day)
    if wish.length == LeaveLength.MORNING:
        return Span(day.start, _moment(schedule, wish.first_day, NOON))
    if wish.length == LeaveLength.AFTERNOON:
        return Span(_moment(schedule, wish.first_day, NOON), day.end)
    start, end = wish.start_minute or 0, wish.end_minute or 0
    if end <= start:
        raise EndsBeforeItStarts
    return Span(_moment(schedule, wish.first_day, start), _moment(schedule, wish.first_day, end))


def _moment(schedule: Schedule, day: date, minute: int) -> datetime:
    if minute >= 24 * 60:
        return day_of(schedule, day).end
    local = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=schedule.zone)
    return local.astimezone(UTC)


def _refuse_overlap(employee: Employee, span: Span) -> None:
    others = TimeOff.objects.filter(employee=employee).counted().between(span.start, span.end)
    other = others.select_related("type", "employee").first()
    if other:
        raise AwayAlready(other)


def _waiting(time_off_id: int, *states: LeaveState) -> TimeOff:
    rows = TimeOff.objects.select_for_update(of=("self",)).select_related(
        "type", "employee__company", "employee__user__contact"
    )
    time_off = rows.get(pk=time_off_id)
    if time_off.state not in states:
        raise DecidedAlready
    return time_off


def _settle(time_off: TimeOff, state: LeaveState, *, by: User, at: datetime, text: str, comment: str = "") -> TimeOff:
    was = time_off.get_state_display()
    time_off.state, time_off.decided_by, time_off.decided_at = state, by, at
    time_off.save(update_fields=["state", "decided_by", "decided_at"])
    change = FieldChange("state", _("State"), was, time_off.get_state_display())
    log_changes(time_off, [change], by=by.contact, at=at)
    concerned = _employee_contact(time_off) if by.pk != time_off.employee.user_id else deciders_of(time_off.employee)
    _tell(time_off, concerned, by=by, at=at, text=text, comment=comment)
    publish(TimeOffDecided(time_off))
    return time_off


def _employee_contact(time_off: TimeOff) -> list[int]:
    user = time_off.employee.user
    return [user.contact_id] if user else []


def _tell(
    time_off: TimeOff, contact_ids: Iterable[int], *, by: User, at: datetime, text: str, comment: str = ""
) -> None:
    lines = [f"<p>{escape(text)}</p>", f"<p>{escape(time_off_in_words(time_off))}</p>"]
    if comment:
        lines.append(f"<blockquote>{text_to_html(comment)}</blockquote>")
    draft = Draft(html="".join(lines), author=by.contact, from_internal=True, via=Via.PAGE)
    post_message(time_off, draft, at=at, recipients=list(contact_ids))
