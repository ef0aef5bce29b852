"""Lists and pages of employees, departments, calendars, types of time off, and of time off itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.public import topic_of
from deskhand.base.workforce.calendars import public_holidays
from deskhand.base.workforce.enums import LeaveState
from deskhand.base.workforce.models import (
    Department,
    Employee,
    LeaveType,
    TimeOff,
    WorkingCalendar,
)
from deskhand.base.workforce.pages.access import person
from deskhand.base.workforce.pages.forms import (
    CalendarForm,
    DayForm,
    DepartmentForm,
    EmployeeForm,
    LeaveTypeForm,
    WishForm,
    may_ask,
)
from deskhand.base.workforce.pages.words import hours_per_week, length_of, place_of, state_badge
from deskhand.base.workforce.policies import (
    can_administer,
    can_ask_for,
    can_change,
    can_decide,
    can_see_colleagues,
    can_withdraw,
)
from deskhand.base.workforce.queries.time_off import days_in_words, time_off_in_words
from deskhand.base.workforce.querysets import EMPLOYEES
from deskhand.base.workforce.services.employees import (
    archive_employee,
    change_employee,
    create_employee,
    restore_employee,
    save_department,
    set_department_active,
    set_photo,
)
from deskhand.base.workforce.services.leave_types import save_leave_type, set_leave_type_active
from deskhand.base.workforce.services.time_off import ask_for_time_off, change_time_off
from deskhand.base.workforce.services.working_calendars import (
    archive_calendar,
    change_calendar,
    create_calendar,
    restore_calendar,
)
from deskhand.base.workforce.shell import TIME_OFF
from deskhand.kit.clock import now
from deskhand.kit.errors import NotAllowed
from deskhand.kit.pictures import store_picture
from deskhand.kit.screens import Column, EmptyState, Filter, Group, ListState, RecordScreen, Sheet, ViewLink
from deskhand.kit.ui.shapes import Badge, HeaderButton, MenuItem


class Employees(RecordScreen[Employee]):
    model = Employee
    title = _("Employees")
    app_key = EMPLOYEES
    list_url, new_url, record_url = "workforce:employees", "workforce:new-employee", "workforce:employee"
    columns = [
        Column("name", kind="person", is_primary=True, card="title"),
        Column("job_title", card="start"),
        Column("department__name", _("Department"), width="m", card="end"),
        Column("manager__name", _("Manager"), card="none"),
        Column("email", width="l", card="start-2"),
        Column("phone", width="m", card="end-2"),
        Column("company__name", _("Company"), width="m"),
    ]
    search = ["name", "job_title", "email", "department__name"]
    filters = [
        Filter("mine", _("Whom I lead"), lambda user: Q(manager__user=user.pk), section="who"),
        Filter("no-user", _("Do not sign in"), Q(user=None), section="user"),
    ]
    groups = [
        Group("department", _("Department"), empty=_("Without a department")),
        Group("manager", _("Manager"), empty=_("Without a manager")),
        Group("company", _("Company")),
    ]
    order = ["name", "pk"]
    joins = ["department", "manager", "company"]
    archived = Q(is_active=False)
    empty = EmptyState("id-badge-2", _("No employees yet"), _("Say who works here, since when they work and when not."))
    form = EmployeeForm
    import_keys = ["name", "email"]
    sheet = Sheet(
        left=["job_title", "department", "manager", "calendar", "company"],
        right=["user", "email", "phone", "photo_file", "remove_photo"],
    )
    record_template = "workforce/employee.html"

    def rows(self, request: HttpRequest) -> QuerySet[Employee]:
        return Employee.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return can_see_colleagues(user)

    def may_create(self, user: Any) -> bool:
        return can_administer(user)

    def form_options(self, request: HttpRequest, record: Employee | None) -> dict[str, Any]:
        return {"instance": record, "by": person(request)}

    def create(self, request: HttpRequest, form: EmployeeForm) -> Employee:
        photo = _stored(form)
        with transaction.atomic():
            employee = create_employee(form.new_employee())
            set_photo(employee.pk, photo)
        return employee

    def change(self, request: HttpRequest, record: Employee, form: EmployeeForm) -> None:
        photo = _stored(form)
        with transaction.atomic():
            change_employee(record.pk, form.details(), by=person(request))
            if photo or form.cleaned_data.get("remove_photo"):
                set_photo(record.pk, photo)

    def archive(self, request: HttpRequest, record: Employee) -> None:
        archive_employee(record.pk, by=person(request))

    def restore(self, request: HttpRequest, record: Employee) -> None:
        restore_employee(record.pk, by=person(request))

    def menu(self, request: HttpRequest, record: Employee) -> Sequence[MenuItem]:
        if not record.is_active or not can_ask_for(request.user, record):
            return ()
        asking = f"{reverse('workforce:new-time-off')}?employee={record.pk}"
        return [
            MenuItem(_("Ask for time off"), asking, icon="beach"),
            MenuItem(_("Time off"), f"{reverse('workforce:time-off-list')}?in=employee.{record.pk}", icon="list"),
        ]


def _stored(form: EmployeeForm) -> str:
    upload = form.cleaned_data.get("photo_file")
    return store_picture(upload, "photos") if upload else ""


class Departments(RecordScreen[Department]):
    model = Department
    title = _("Departments")
    app_key = EMPLOYEES
    list_url, new_url, record_url = "workforce:departments", "workforce:new-department", "workforce:department"
    columns = [
        Column("name", is_primary=True, card="title"),
        Column("company__name", _("Company"), width="m", card="start"),
    ]
    search = ["name"]
    order = ["name", "pk"]
    joins = ["company"]
    archived = Q(is_active=False)
    empty = EmptyState("hierarchy-2", _("No departments yet"), _("Departments group employees in lists and calendars."))
    form = DepartmentForm
    sheet = Sheet(left=["company"])

    def rows(self, request: HttpRequest) -> QuerySet[Department]:
        return Department.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return can_administer(user)

    def form_options(self, request: HttpRequest, record: Department | None) -> dict[str, Any]:
        return {"instance": record, "by": person(request)}

    def create(self, request: HttpRequest, form: DepartmentForm) -> Department:
        return save_department(form.cleaned_data["name"], company=form.cleaned_data["company"])

    def change(self, request: HttpRequest, record: Department, form: DepartmentForm) -> None:
        save_department(form.cleaned_data["name"], company=record.company, pk=record.pk)

    def archive(self, request: HttpRequest, record: Department) -> None:
        set_department_active(record.pk, is_active=False)

    def restore(self, request: HttpRequest, record: Department) -> None:
        set_department_active(record.pk, is_active=True)


class Calendars(RecordScreen[WorkingCalendar]):
    model = WorkingCalendar
    title = _("Working Calendars")
    app_key = EMPLOYEES
    list_url, new_url, record_url = "workforce:calendars", "workforce:new-calendar", "workforce:calendar"
    columns = [
        Column("name", is_primary=True, card="title"),
        Column("week_hours", _("Hours per week"), value=hours_per_week, width="m", card="end"),
        Column("time_zone", width="m", card="start"),
        Column("country", width="m", value=place_of, sort=["country"], card="start-2"),
        Column(
            "is_default",
            _("Default"),
            width="m",
            value=lambda one: Badge(_("Default"), icon="star") if one.is_default else "",
            card="end-2",
        ),
        Column("company__name", _("Company"), width="m"),
    ]
    search = ["name"]
    order = ["company__name", "-is_default", "name", "pk"]
    joins = ["company"]
    prefetches = ["hours"]
    archived = Q(is_active=False)
    empty = EmptyState("calendar-time", _("No calendars yet"), _("Say when one works here: deadlines count by it."))
    form = CalendarForm
    importer = None  # a week of hours fits into no cell
    sheet = Sheet(left=["company", "time_zone"], right=["country", "subdivision"])
    record_template = "workforce/calendar.html"

    def rows(self, request: HttpRequest) -> QuerySet[WorkingCalendar]:
        return WorkingCalendar.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return can_administer(user)

    def form_options(self, request: HttpRequest, record: WorkingCalendar | None) -> dict[str, Any]:
        return {"instance": record, "by": person(request)}

    def create(self, request: HttpRequest, form: CalendarForm) -> WorkingCalendar:
        return create_calendar(form.details())

    def change(self, request: HttpRequest, record: WorkingCalendar, form: CalendarForm) -> None:
        change_calendar(record.pk, form.details(), by=person(request))

    def archive(self, request: HttpRequest, record: WorkingCalendar) -> None:
        archive_calendar(record.pk, by=person(request))

    def restore(self, request: HttpRequest, record: WorkingCalendar) -> None:
        restore_calendar(record.pk, by=person(request))

    def menu(self, request: HttpRequest, record: WorkingCalendar) -> Sequence[MenuItem]:
        if record.is_default or not record.is_active:
            return ()
        url = reverse("workforce:calendar-default", args=[record.pk])
        return [MenuItem(_("Make it the company default"), url, icon="star", method="post")]

    def record_context(self, request: HttpRequest, record: WorkingCalendar) -> dict[str, Any]:
        return calendar_days(record) | {"day_form": DayForm()}


def calendar_days(calendar: WorkingCalendar) -> dict[str, Any]:
    """Own days and public holidays from this year on, in the reader's language. One query."""
    year = timezone.localdate().year
    own = list(calendar.days.filter(day__year__gte=year))
    known = {day.day: day for day in own}
    language = get_language() or "en"
    holidays = [
        (day, name, known.get(day))
        for of_year in (year, year + 1)
        for day, name in public_holidays(calendar.country, calendar.subdivision, of_year, language).items()
        if calendar.country
    ]
    return {"own_days": own, "holidays": holidays, "holiday_place": place_of(calendar)}


class LeaveTypes(RecordScreen[LeaveType]):
    model = LeaveType
    title = _("Types of time off")
    app_key = TIME_OFF
    list_url, new_url, record_url = "workforce:leave-types", "workforce:new-leave-type", "workforce:leave-type"
    columns = [
        Column("name", is_primary=True, card="title"),
        Column("needs_approval", kind="check", width="m", card="end"),
    ]
    search = ["name"]
    order = ["name", "pk"]
    archived = Q(is_active=False)
    empty = EmptyState("beach", _("No types yet"), _("Say why people are away: vacation, illness, training."))
    form = LeaveTypeForm
    sheet = Sheet(left=["color"], right=["needs_approval"])

    def rows(self, request: HttpRequest) -> QuerySet[LeaveType]:
        return LeaveType.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return can_administer(user)

    def create(self, request: HttpRequest, form: LeaveTypeForm) -> LeaveType:
        return save_leave_type(form.details())

    def change(self, request: HttpRequest, record: LeaveType, form: LeaveTypeForm) -> None:
        save_leave_type(form.details(), pk=record.pk)

    def archive(self, request: HttpRequest, record: LeaveType) -> None:
        set_leave_type_active(record.pk, is_active=False)

    def restore(self, request: HttpRequest, record: LeaveType) -> None:
        set_leave_type_active(record.pk, is_active=True)


class TimesOff(RecordScreen[TimeOff]):
    """Time off is asked for, changed while it waits, and decided about."""

    model = TimeOff
    title = _("Requests")
    app_key = TIME_OFF
    list_url, new_url, record_url = "workforce:time-off-list", "workforce:new-time-off", "workforce:time-off"
    columns = [
        Column("employee__name", _("Employee"), kind="person", is_primary=True, card="title"),
        Column("type__name", _("Type"), width="m", card="start"),
        Column("first_day", _("When"), value=days_in_words, sort=["first_day"], card="start-2"),
        Column("hours", value=length_of, sort=["hours"], align="end", width="s", card="end-2"),
        Column("state", value=state_badge, sort=["state"], width="m", card="end"),
        Column("created_at", kind="ago", align="end", width="s"),
    ]
    search = ["employee__name", "type__name", "reason"]
    filters = [
        Filter("waiting", _("To approve"), Q(state=LeaveState.REQUESTED), section="state"),
        Filter("approved", _("Approved"), Q(state=LeaveState.APPROVED), section="state"),
        Filter("mine", _("My time off"), lambda user: Q(employee__user=user.pk), section="who"),
        Filter("led", _("Of those whom I lead"), lambda user: Q(employee__manager__user=user.pk), section="who"),
    ]
    groups = [
        Group("employee", _("Employee")),
        Group("type", _("Type")),
        Group("state", _("State")),
        Group("department", _("Department"), path="employee__department", empty=_("Without a department")),
    ]
    order = ["-first_day", "-pk"]
    joins = ["employee", "type"]
    empty = EmptyState("beach", _("No time off yet"), _("Ask for some with New; your manager is told."))
    form = WishForm
    importer = None  # each request is asked for and decided by itself
    sheet = Sheet(
        title="employee", left=["type", "length", "first_day", "last_day", "start_time", "end_time"], below=["reason"]
    )
    record_template = "workforce/time_off.html"

    def rows(self, request: HttpRequest) -> QuerySet[TimeOff]:
        return TimeOff.objects.visible_to(request.user).select_related(
            "type", "employee__company", "employee__manager", "employee__department", "decided_by"
        )

    def may_open(self, user: Any) -> bool:
        return can_see_colleagues(user)

    def may_create(self, user: Any) -> bool:
        return can_see_colleagues(user) and may_ask(user)

    def may_change(self, user: Any, record: TimeOff) -> bool:
        return can_change(user, record)

    def form_options(self, request: HttpRequest, record: TimeOff | None) -> dict[str, Any]:
        return {"by": person(request), "instance": record}

    def create(self, request: HttpRequest, form: WishForm) -> TimeOff:
        wish = form.wish()
        if not can_ask_for(request.user, wish.employee):
            raise NotAllowed
        return ask_for_time_off(wish, by=person(request), at=now())

    def change(self, request: HttpRequest, record: TimeOff, form: WishForm) -> None:
        change_time_off(record.pk, form.wish(), by=person(request), at=now())

    def views(self, request: HttpRequest, state: ListState) -> Sequence[ViewLink]:
        return [
            ViewLink("calendar-month", _("Calendar"), reverse("workforce:absences")),
            ViewLink("list", _("List"), reverse("workforce:time-off-list"), is_current=True),
        ]

    def live_topic(self, record: TimeOff) -> str:
        return topic_of(record)

    def record_context(self, request: HttpRequest, record: TimeOff) -> dict[str, Any]:
        buttons = decision_buttons(request.user, record)
        may_change = self.may_change(request.user, record)
        context = {
            "record": record,
            "title": time_off_in_words(record),
            "days": days_in_words(record),
            "length": length_of(record),
            "badge": state_badge(record),
            "buttons": buttons,
        }
        return context | {"header_buttons": buttons} if may_change else context


def decision_buttons(user: Any, time_off: TimeOff) -> list[HeaderButton]:
    """What this person can do about it now."""
    buttons = []
    if can_decide(user, time_off):
        if time_off.state == LeaveState.REQUESTED:
            url = reverse("workforce:approval", args=[time_off.pk])
            buttons.append(HeaderButton(gettext("Approve"), url, icon="check", method="post", is_primary=True))
        url = reverse("workforce:refusal", args=[time_off.pk])
        buttons.append(HeaderButton(gettext("Refuse…"), url, icon="x", opens_popup=True))
    if can_withdraw(user, time_off):
        url = reverse("workforce:withdrawal", args=[time_off.pk])
        asked = gettext("Withdraw it? Whoever decides is told.")
        buttons.append(HeaderButton(gettext("Withdraw"), url, icon="arrow-back-up", method="post", confirm=asked))
    return buttons


EMPLOYEES_SCREEN = Employees()
DEPARTMENTS = Departments()
CALENDARS = Calendars()
LEAVE_TYPES = LeaveTypes()
TIMES_OFF = TimesOff()
