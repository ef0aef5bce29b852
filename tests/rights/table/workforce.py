"""The lines of workforce. See :mod:`tests.rights.table`."""

from __future__ import annotations

from tests.rights.lines import Door, Line, Mass, Offer, Rows, Secret

# fmt: off
EMPLOYEE = (
    "model workforce.Employee", "record workforce.Employee", "list workforce:employees", "export workforce:employees",
)
DEPARTMENTS = ("list workforce:departments", "export workforce:departments")
CALENDAR = ("model workforce.WorkingCalendar", "record workforce.WorkingCalendar")
CALENDARS = ("list workforce:calendars", "export workforce:calendars")
LEAVE_TYPES = ("list workforce:leave-types", "export workforce:leave-types")
TIME_OFF = (
    "model workforce.TimeOff", "record workforce.TimeOff", "list workforce:time-off-list",
    "export workforce:time-off-list",
)
CSV = (("format", "csv"), ("every_column", "1"))
LINES: list[Line] = [
    # stranger neighbour customer idle settings foreign foreign_admin member guest admin
    Door("workforce:employees", "sign 403 403 200 200 200 200 200 200 200"),
    Door("workforce:employees-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("workforce:employees-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("workforce:employees-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("workforce:new-employee", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:new-employee", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("workforce:employee", "sign 403 403 200 200 404 404 200 200 200", "employee"),
    Door("workforce:employee", "sign 403 403 403 422 404 404 403 403 403", "employee", "POST"),
    Door("workforce:employee-archival", "sign 403 403 403 302 404 404 403 403 403", "employee", "POST"),
    Door("workforce:photo", "sign 403 403 404 404 404 404 404 404 404", "employee"),
    Door("workforce:departments", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:departments-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("workforce:departments-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:departments-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("workforce:new-department", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:new-department", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("workforce:department", "sign 403 403 403 200 403 403 403 403 403", "department"),
    Door("workforce:department", "sign 403 403 403 422 403 403 403 403 403", "department", "POST"),
    Door("workforce:department-archival", "sign 403 403 403 302 403 403 403 403 403", "department", "POST"),
    Door("workforce:parts", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:calendars", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:calendars-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("workforce:calendars-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:calendars-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("workforce:new-calendar", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:new-calendar", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("workforce:calendar", "sign 403 403 403 200 403 403 403 403 403", "calendar"),
    Door("workforce:calendar", "sign 403 403 403 422 403 403 403 403 403", "calendar", "POST"),
    Door("workforce:calendar-archival", "sign 403 403 403 409 403 403 403 403 403", "calendar", "POST"),
    Door("workforce:calendar-default", "sign 403 403 403 302 403 403 403 403 403", "calendar", "POST"),
    Door("workforce:calendar-days", "sign 403 403 403 422 403 403 403 403 403", "calendar", "POST"),
    Door("workforce:calendar-day", "sign 403 403 403 302 403 403 403 403 403", "calendar", "POST"),
    Door("workforce:absences", "sign 403 403 200 200 200 200 200 200 200"),
    Door("workforce:leave-types", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:leave-types-mass", "sign 403 403 403 404 403 403 403 403 403", method="POST"),
    Door("workforce:leave-types-export", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:leave-types-export", "sign 403 403 403 200 403 403 403 403 403", method="POST", data=CSV),
    Door("workforce:new-leave-type", "sign 403 403 403 200 403 403 403 403 403"),
    Door("workforce:new-leave-type", "sign 403 403 403 422 403 403 403 403 403", method="POST"),
    Door("workforce:leave-type", "sign 403 403 403 200 403 403 403 403 403", "leave_type"),
    Door("workforce:leave-type", "sign 403 403 403 422 403 403 403 403 403", "leave_type", "POST"),
    Door("workforce:leave-type-archival", "sign 403 403 403 302 403 403 403 403 403", "leave_type", "POST"),
    Door("workforce:time-off-list", "sign 403 403 200 200 200 200 200 200 200"),
    Door("workforce:time-off-list-mass", "sign 403 403 404 404 404 404 404 404 404", method="POST"),
    Door("workforce:time-off-list-export", "sign 403 403 200 200 200 200 200 200 200"),
    Door("workforce:time-off-list-export", "sign 403 403 200 200 200 200 200 200 200", method="POST", data=CSV),
    Door("workforce:new-time-off", "sign 403 403 403 200 403 403 200 200 403 watcher:403"),
    Door("workforce:new-time-off", "sign 403 403 403 422 403 403 422 422 403 watcher:403", method="POST"),
    Door("workforce:time-off", "sign 403 403 404 200 404 404 200 200 404 watcher:404", "time_off"),
    Door("workforce:time-off", "sign 403 403 404 403 404 404 403 403 404 watcher:404", "time_off", "POST"),
    Door("workforce:approval", "sign 403 403 404 302 404 404 403 302 404 watcher:404", "time_off", "POST"),
    Door("workforce:refusal", "sign 403 403 404 200 404 404 403 200 404 watcher:404", "time_off"),
    Door("workforce:refusal", "sign 403 403 404 302 404 404 403 302 404 watcher:404", "time_off", "POST"),
    Door("workforce:withdrawal", "sign 403 403 404 403 404 404 302 403 404 watcher:404", "time_off", "POST"),
    Offer("workforce:absences", "- - - yes yes yes yes yes yes yes"),
    Offer("workforce:calendars", "- - - - yes - - - - -"),
    Offer("workforce:departments", "- - - - yes - - - - -"),
    Offer("workforce:employees", "- - - yes yes yes yes yes yes yes"),
    Offer("workforce:leave-types", "- - - - yes - - - - -"),
    Offer("workforce:time-off-list", "- - - yes yes yes yes yes yes yes"),
    Rows("employee", "- - - yes yes - - yes yes yes", EMPLOYEE),
    Rows("department", "- - - yes yes - - yes yes yes", ("model workforce.Department",)),
    Rows("department", "- - - - yes - - - - -", DEPARTMENTS),
    Rows("calendar", "- - - yes yes - - yes yes yes", CALENDAR),
    Rows("calendar", "- - - - yes - - - - -", CALENDARS),
    Rows("leave_type", "- - - yes yes yes yes yes yes yes", ("model workforce.LeaveType",)),
    Rows("leave_type", "- - - - yes - - - - -", LEAVE_TYPES),
    Rows("time_off", "- - - - yes - - yes yes - watcher:-", TIME_OFF),
    Secret("time_off", "- - - - yes - - yes yes - watcher:-"),
    Secret("employee", "- - - yes yes - - yes yes yes"),
    Mass("workforce:calendars archive", "- - - - - - - - - -", "calendar"),
    Mass("workforce:calendars restore", "- - - - yes - - - - -", "calendar"),
    Mass("workforce:departments archive", "- - - - yes - - - - -", "department"),
    Mass("workforce:departments restore", "- - - - yes - - - - -", "department"),
    Mass("workforce:employees archive", "- - - - yes - - - - -", "employee"),
    Mass("workforce:employees restore", "- - - - yes - - - - -", "employee"),
    Mass("workforce:leave-types archive", "- - - - yes - - - - -", "leave_type"),
    Mass("workforce:leave-types restore", "- - - - yes - - - - -", "leave_type"),
]
# fmt: on
