"""Employees, working calendars and time off have a conversation (FOUND-1)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent, make_settings_admin
from deskhand.base.chatter.public import Message, MessageKind
from deskhand.base.companies.testing import make_company
from deskhand.base.mail.public import OutgoingMail
from deskhand.base.workforce.calendars import Attendance, subdivision_name
from deskhand.base.workforce.models import Employee, TimeOff, WorkingCalendar
from deskhand.base.workforce.services.employees import archive_employee, change_employee, restore_employee
from deskhand.base.workforce.services.working_calendars import (
    CalendarDetails,
    add_day,
    archive_calendar,
    change_calendar,
    make_default,
    remove_day,
    restore_calendar,
)
from deskhand.base.workforce.testing import make_calendar, make_employee, make_time_off
from deskhand.kit import records

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def door(name: str, record: Employee | TimeOff | WorkingCalendar) -> str:
    return reverse(f"chatter:{name}", args=[records.content_type_id(record), record.pk])


def noted(record: object) -> list[tuple[str, str, str]]:
    tracks = Message.objects.of(record).filter(kind=MessageKind.TRACK).order_by("pk")
    return [(change["label"], change["old"], change["new"]) for track in tracks for change in track.changes]


def said(record: object) -> list[str]:
    return [message.body_html for message in Message.objects.of(record).order_by("pk") if message.body_html]


# ---- who takes part -------------------------------------------------------------------------------------------------


def test_what_is_said_of_an_employee_is_for_those_who_lead_them() -> None:
    company = make_company()
    admin, chief = make_settings_admin(company), make_agent(company)
    worker, other = make_agent(company), make_agent(company)
    employee = make_employee(worker, manager=make_employee(chief))
    signed_in(admin).post(door("notes", employee), {"body": "Wants to train"}, headers=HTMX)
    page = reverse("workforce:employee", args=[employee.pk])

    readers = [user for user in (admin, chief, worker, other) if "Wants to train" in html_of(signed_in(user), page)]

    assert readers == [admin, chief]
    assert [signed_in(user).get(door("chat", employee)).status_code for user in (chief, worker, other)] == [
        302,
        404,
        404,
    ]
    assert signed_in(worker).post(door("notes", employee), {"body": "x"}).status_code == 404
    assert Message.objects.of(employee).count() == 1


def html_of(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def test_a_manager_writes_to_an_employee() -> None:
    company = make_company(alias_domain="nordlys.example")
    chief, worker = make_agent(company), make_agent(company)
    employee = make_employee(worker, manager=make_employee(chief))

    signed_in(chief).post(door("messages", employee), {"body": "Well done", "to": [worker.contact_id]}, headers=HTMX)

    sent = OutgoingMail.objects.get()
    assert sent.to_address == worker.email
    assert "Open in Deskhand" not in sent.html  # they do not see what is said of them


def test_an_employee_who_does_not_sign_in_is_written_about_but_not_to() -> None:
    employee = make_employee()
    admin = make_settings_admin(employee.company)

    page = html_of(signed_in(admin), reverse("workforce:employee", args=[employee.pk]))

    assert 'name="to"' not in page
    assert 'class="dh-chat' in page or "dh-composer" in page


def test_a_calendar_is_talked_about_by_those_who_keep_it() -> None:
    calendar = make_calendar()
    admin, elsewhere = make_settings_admin(calendar.company), make_settings_admin()

    written = signed_in(admin).post(door("notes", calendar), {"body": "Ask the union"}, headers=HTMX)

    assert written.status_code == 200
    assert "Ask the union" in html_of(signed_in(admin), reverse("workforce:calendar", args=[calendar.pk]))
    assert signed_in(make_agent(calendar.company)).get(door("chat", calendar)).status_code == 404
    assert signed_in(elsewhere).get(door("chat", calendar)).status_code == 404


def test_time_off_is_talked_about_by_the_employee_and_those_who_decide() -> None:
    company = make_company()
    admin, chief = make_settings_admin(company), make_agent(company)
    worker, other = make_agent(company), make_agent(company)
    time_off = make_time_off(make_employee(worker, manager=make_employee(chief)), by=worker, first=date(2026, 11, 20))
    OutgoingMail.objects.all().delete()  # the chief was told of the wish

    page = html_of(signed_in(worker), reverse("workforce:time-off", args=[time_off.pk]))
    signed_in(worker).post(door("messages", time_off), {"body": "My sister marries", "to": [chief.contact_id]})
    signed_in(chief).post(door("notes", time_off), {"body": "Ask Nora to stand in"})

    assert f'name="to" value="{chief.contact_id}"' in page
    assert f'name="to" value="{worker.contact_id}"' not in page
    assert [mail.to_address for mail in OutgoingMail.objects.order_by("pk")] == [chief.email, worker.email]
    for user in (admin, chief, worker):
        page = html_of(signed_in(user), reverse("workforce:time-off", args=[time_off.pk]))
        assert "My sister marries" in page
        assert "Ask Nora to stand in" in page
    assert signed_in(other).get(door("chat", time_off)).status_code == 404
    assert signed_in(other).post(door("notes", time_off), {"body": "x"}).status_code == 404


# ---- what changed ---------------------------------------------------------------------------------------------------


def test_what_changes_of_an_employee_is_recorded() -> None:
    chief = make_employee(name="Nora Berg")
    employee = make_employee(company=chief.company, job_title="Cook")
    admin = make_settings_admin(chief.company)

    change_employee(employee.pk, {"manager": chief, "job_title": "Chef", "name": employee.name}, by=admin)
    archive_employee(employee.pk, by=admin)
    archive_employee(employee.pk, by=admin)
    restore_employee(employee.pk, by=admin)

    assert noted(employee) == [("Job title", "Cook", "Chef"), ("Manager", "", "Nora Berg")]
    assert said(employee) == ["Archived", "Restored"]
    assert {message.author for message in Message.objects.of(employee)} == {admin.contact}


def test_what_changes_of_a_calendar_is_recorded_in_words() -> None:
    calendar = make_calendar(name="Office", country="NO")
    admin = make_settings_admin(calendar.company)
    hours = (Attendance(0, 8 * 60, 12 * 60), *(Attendance(day, 8 * 60, 12 * 60) for day in (1, 2, 3)))
    hours += tuple(Attendance(day, 13 * 60, 17 * 60) for day in (1, 2, 3))

    details = CalendarDetails(
        "Office", calendar.company, "Europe/Berlin", attendances=hours, country="DE", subdivision="BY"
    )
    change_calendar(calendar.pk, details, by=admin)

    assert noted(calendar) == [
        ("Time zone", "UTC", "Europe/Berlin"),
        ("Public holidays of", "Norway", "Germany"),
        ("In particular of", "", "Bayern"),
        ("Monday", "08:00–12:00, 13:00–17:00", "08:00–12:00"),
        ("Friday", "08:00–12:00, 13:00–17:00", ""),
    ]


def test_days_default_and_archive_of_a_calendar_are_recorded() -> None:
    make_calendar()
    calendar = make_calendar(WorkingCalendar.objects.get().company)
    admin = make_settings_admin(calendar.company)

    day = add_day(calendar.pk, date(2026, 12, 24), name="Christmas", is_worked=False, by=admin)
    remove_day(calendar.pk, day.pk, by=admin)
    remove_day(calendar.pk, day.pk, by=admin)
    archive_calendar(calendar.pk, by=admin)
    restore_calendar(calendar.pk, by=admin)
    make_default(calendar.pk, by=admin)
    make_default(calendar.pk, by=admin)

    assert noted(calendar) == [
        ("24 Dec 2026", "", "Christmas (day off)"),
        ("24 Dec 2026", "Christmas (day off)", ""),
    ]
    assert said(calendar) == ["Archived", "Restored", "Is the default of its company now"]


# ---- parts of countries ---------------------------------------------------------------------------------------------


def test_parts_of_countries_have_names() -> None:
    assert subdivision_name("DE", "BY") == "Bayern"
    assert subdivision_name("NL", "Noord") == "Noord"
    assert subdivision_name("QQ", "BY") == "BY"


def test_the_list_and_the_page_of_calendars_name_the_part() -> None:
    calendar = make_calendar(country="DE", subdivision="BY")
    admin = make_settings_admin(calendar.company)

    with translation.override("en"):
        listed = html_of(signed_in(admin), reverse("workforce:calendars"))
        page = html_of(signed_in(admin), reverse("workforce:calendar", args=[calendar.pk]))

    assert "Germany, Bayern" in listed
    assert '<option value="BY" selected>Bayern</option>' in page
