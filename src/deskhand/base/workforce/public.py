"""What other apps may use of employees and working time.

``schedule_of`` and ``company_schedule`` say by what is counted, ``working_seconds`` and ``moment_after`` count;
``available_users`` and ``next_working_days`` say who is there.
"""

from deskhand.base.workforce.calendars import (
    Attendance,
    Never,
    Schedule,
    Span,
    hours_per_weekday,
    moment_after,
    next_opening,
    openings_between,
    working_seconds,
    works_on,
)
from deskhand.base.workforce.enums import LeaveLength, LeaveState
from deskhand.base.workforce.events import CalendarChanged, TimeOffAsked, TimeOffDecided
from deskhand.base.workforce.models import Department, Employee, LeaveType, TimeOff, WorkingCalendar
from deskhand.base.workforce.policies import can_administer
from deskhand.base.workforce.queries.schedules import (
    available_users,
    company_schedule,
    company_schedules,
    next_working_days,
    schedule_of,
    schedules_of_users,
)
from deskhand.base.workforce.services.employees import NewEmployee, create_employee, save_department
from deskhand.base.workforce.services.leave_types import LeaveTypeDetails, save_leave_type
from deskhand.base.workforce.services.time_off import Wish, approve_time_off, ask_for_time_off, refuse_time_off
from deskhand.base.workforce.services.working_calendars import (
    CalendarDetails,
    add_day,
    change_calendar,
    create_calendar,
)

__all__ = [
    "Attendance",
    "CalendarChanged",
    "CalendarDetails",
    "Department",
    "Employee",
    "LeaveLength",
    "LeaveState",
    "LeaveType",
    "LeaveTypeDetails",
    "Never",
    "NewEmployee",
    "Schedule",
    "Span",
    "TimeOff",
    "TimeOffAsked",
    "TimeOffDecided",
    "Wish",
    "WorkingCalendar",
    "add_day",
    "approve_time_off",
    "ask_for_time_off",
    "available_users",
    "can_administer",
    "change_calendar",
    "company_schedule",
    "company_schedules",
    "create_calendar",
    "create_employee",
    "hours_per_weekday",
    "moment_after",
    "next_opening",
    "next_working_days",
    "openings_between",
    "refuse_time_off",
    "save_department",
    "save_leave_type",
    "schedule_of",
    "schedules_of_users",
    "working_seconds",
    "works_on",
]
