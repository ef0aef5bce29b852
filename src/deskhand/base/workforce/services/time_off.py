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
    employee = _locked(wish.employee.pk)
    span, hours = _counted(wish, employee)
    _refuse_overlap(employee, span)
    time_off = TimeOff(employee=employee, created_at=at)
    _write(time_off, wish, span, hours)
    publish(TimeOffAsked(time_off))
    if not wish.type.needs_approval:
        return _settle(time_off, LeaveState.APPROVED, by=by, at=at, text=_("No approval is needed."))
    _tell(time_off, deciders_of(employee), by=by, at=at, text=_("Asks for time off."), comment=wish.reason)
    return time_off


@in_transaction
def change_time_off(time_off_id: int, wish: Wish, *, by: User, at: datetime) -> TimeOff:
    """Ask for other days, or for another reason, while nobody has decided yet; the employee stays.

    :raises DecidedAlready: it does not wait any more.
    :raises EndsBeforeItStarts: see there.
    :raises TooLong: more than three years.
    :raises NothingToTakeOff: there is no working time in it.
    :raises AwayAlready: it overlaps with what else is asked for or approved.
    """
    time_off = _waiting(time_off_id, LeaveState.REQUESTED)
    employee = _locked(time_off.employee_id)
    span, hours = _counted(wish, employee)
    _refuse_overlap(employee, span, but=time_off)
    was = time_off_in_words(time_off), time_off.reason
    time_off.type = wish.type
    _write(time_off, wish, span, hours)
    now_said = time_off_in_words(time_off), time_off.reason
    if was == now_said:
        return time_off
    log_changes(time_off, [FieldChange("first_day", _("Time off"), was[0], now_said[0])], by=by.contact, at=at)
    if not wish.type.needs_approval:
        return _settle(time_off, LeaveState.APPROVED, by=by, at=at, text=_("No approval is needed."))
    _tell(time_off, deciders_of(employee), by=by, at=at, text=_("Asks for other time off."), comment=wish.reason)
    return time_off


@in_transaction
def recount_time_off(employees: Iterable[Employee], *, at: datetime) -> int:
    """Count anew the hours of time off that is not over, when working calendars have changed. How many have others now.

    Five queries for each employee who has such time off, and two for each that has other hours.
    """
    changed = 0
    with_some = TimeOff.objects.counted().filter(end_at__gt=at, employee__in=employees).values("employee")
    for employee in Employee.objects.filter(pk__in=with_some).select_related("company", "calendar"):
        schedule = schedule_of_employee(employee)
        rows = TimeOff.objects.select_for_update(of=("self",)).select_related("type", "employee")
        for time_off in rows.counted().filter(end_at__gt=at, employee=employee).order_by("pk"):
            changed += _recount(time_off, schedule, at)
    return changed


def _recount(time_off: TimeOff, schedule: Schedule, at: datetime) -> bool:
    wish = wish_of(time_off)
    span = span_of(wish, schedule)
    hours = _rounded(working_hours(schedule, span))
    if (span.start, span.end, hours) == (time_off.start_at, time_off.end_at, time_off.hours):
        return False
    before = time_off.hours
    time_off.start_at, time_off.end_at, time_off.hours = span.start, span.end, hours
    time_off.save(update_fields=["start_at", "end_at", "hours"])
    change = FieldChange("hours", _("Working hours"), f"{before.normalize():f}", f"{hours.normalize():f}")
    log_changes(time_off, [change], by=None, at=at, text=_("The working calendar has changed."))
    return True


def wish_of(time_off: TimeOff) -> Wish:
    """What was asked for, as one would ask for it again."""
    return Wish(
        employee=time_off.employee,
        type=time_off.type,
        first_day=time_off.first_day,
        last_day=time_off.last_day,
        length=LeaveLength(time_off.length),
        start_minute=time_off.start_minute,
        end_minute=time_off.end_minute,
        reason=time_off.reason,
    )


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


def _locked(employee_id: int) -> Employee:
    """The employee, so that two wishes of one person take turns."""
    rows = Employee.objects.select_for_update(of=("self",)).select_related("company", "calendar")
    return rows.get(pk=employee_id)


def _counted(wish: Wish, employee: Employee) -> tuple[Span, float]:
    schedule = schedule_of_employee(employee)
    span = span_of(wish, schedule)
    hours = working_hours(schedule, span)
    if not hours:
        raise NothingToTakeOff
    return span, hours


def _write(time_off: TimeOff, wish: Wish, span: Span, hours: float) -> None:
    time_off.type, time_off.length, time_off.reason = wish.type, wish.length, wish.reason
    time_off.first_day = wish.first_day
    time_off.last_day = wish.last_day if wish.length == LeaveLength.DAYS else wish.first_day
    is_by_hours = wish.length == LeaveLength.HOURS
    time_off.start_minute = wish.start_minute if is_by_hours else None
    time_off.end_minute = wish.end_minute if is_by_hours else None
    time_off.start_at, time_off.end_at, time_off.hours = span.start, span.end, _rounded(hours)
    time_off.save()


def _rounded(hours: float) -> Decimal:
    return Decimal(str(round(hours, 2)))


def _refuse_overlap(employee: Employee, span: Span, *, but: TimeOff | None = None) -> None:
    others = TimeOff.objects.filter(employee=employee).counted().between(span.start, span.end)
    others = others.exclude(pk=but.pk) if but else others
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
