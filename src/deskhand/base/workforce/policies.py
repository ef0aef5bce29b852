"""Who may do what with employees, calendars and time off they see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deskhand.base.workforce.enums import LeaveState
from deskhand.base.workforce.querysets import administers

if TYPE_CHECKING:
    from deskhand.base.workforce.models import Employee, TimeOff


def can_administer(user: Any) -> bool:
    """Employees, calendars, holidays and types of time off are kept by administrators of Employees or Settings."""
    return administers(user)


def can_see_colleagues(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_internal)


def can_ask_for(user: Any, employee: Employee) -> bool:
    """Time off is asked for by oneself, one's manager, or an administrator of the company."""
    return bool(user.is_authenticated and user.is_internal) and (employee.user_id == user.pk or leads(user, employee))


def can_discuss(user: Any, employee: Employee) -> bool:
    """What is said and noted of an employee is for those who lead them. At most one query."""
    return bool(user.is_authenticated and user.is_internal) and leads(user, employee)


def leads(user: Any, employee: Employee) -> bool:
    """Whether a user decides about somebody's time off: as manager or administrator. At most one query."""
    if administers(user) and employee.company_id in user.company_ids:
        return True
    return employee.manager is not None and employee.manager.user_id == user.pk


def can_decide(user: Any, time_off: TimeOff) -> bool:
    """What waits is approved or refused, and what is agreed taken back, by whoever leads the employee."""
    return time_off.state in {LeaveState.REQUESTED, LeaveState.APPROVED} and leads(user, time_off.employee)


def can_withdraw(user: Any, time_off: TimeOff) -> bool:
    """Employees take back what they asked for, until it is refused."""
    return time_off.employee.user_id == user.pk and time_off.state in {LeaveState.REQUESTED, LeaveState.APPROVED}


def can_change(user: Any, time_off: TimeOff) -> bool:
    """What waits is asked for anew by whoever may ask for it: the employee, and those who lead them."""
    return time_off.state == LeaveState.REQUESTED and can_ask_for(user, time_off.employee)
