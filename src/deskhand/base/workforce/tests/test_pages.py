from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_agent, make_settings_admin, make_user
from deskhand.base.workforce.enums import LeaveState
from deskhand.base.workforce.models import Employee, TimeOff, WorkingCalendar
from deskhand.base.workforce.services.time_off import approve_time_off
from deskhand.base.workforce.testing import make_calendar, make_employee, make_leave_type, make_time_off
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60
DAYS = range(7)


@pytest.fixture
def admin(client: Client) -> User:
    user = make_user(app="employees", role=Role.ADMINISTRATOR)
    make_calendar(user.company)
    client.force_login(user)
    return user


@pytest.fixture
def worker(admin: User) -> User:
    user = make_agent(admin.company, name="Jonas")
    make_employee(user)
    return user


def week(*texts: str, number: int = 0) -> dict[str, str]:
    return {f"hours_{number}_{day}": texts[day] if day < len(texts) else "" for day in DAYS}


# ---- calendars ------------------------------------------------------------------------------------------------------


def typed(**fields: Any) -> dict[str, Any]:
    return (
        {"name": "Office", "time_zone": "Europe/Oslo", "country": "", "subdivision": ""} | week("8-12, 13-17") | fields
    )


def test_a_week_is_typed_and_saved(client: Client, admin: User) -> None:
    response = client.post("/employees/calendars/new/", typed(company=admin.company_id, country="DE", subdivision="BY"))

    made = WorkingCalendar.objects.get(name="Office")
    assert response["Location"] == f"/employees/calendars/{made.pk}/"
    assert [(row.weekday, row.start, row.end) for row in made.hours.all()] == [(0, 480, 720), (0, 780, 1020)]
    assert (made.country, made.subdivision) == ("DE", "BY")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"hours_0_1": "all day"}, "hours_0_1"),
        ({"hours_0_1": "8-12, 11-13"}, "hours_0_1"),
        ({"country": "DE", "subdivision": "XX"}, "subdivision"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
    ],
)
def test_what_makes_no_sense_stands_beside_its_field(
    client: Client, admin: User, fields: dict[str, str], wrong: str
) -> None:
    calendar = WorkingCalendar.objects.get(company=admin.company)

    response = client.post(f"/employees/calendars/{calendar.pk}/", typed(**fields))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    assert calendar.hours.count() == 10


def test_the_page_shows_the_hours_that_stand_there_drawn_and_counted(client: Client, admin: User) -> None:
    calendar = WorkingCalendar.objects.get(company=admin.company)

    content = client.get(f"/employees/calendars/{calendar.pk}/").content.decode()

    assert content.count('value="08:00–12:00, 13:00–17:00"') == 5
    assert '<rect class="work" x="480" width="240"' in content
    assert "40 h" in content


def test_days_of_its_own_come_and_go_without_leaving_the_page(client: Client, admin: User) -> None:
    calendar = WorkingCalendar.objects.get(company=admin.company)
    url = f"/employees/calendars/{calendar.pk}/days/"

    added = client.post(url, {"day": "2099-05-04", "name": "Founders' day"}, headers={"HX-Request": "true"})
    refused = client.post(url, {"day": "2099-05-04", "name": "Again"}, headers={"HX-Request": "true"})
    day = calendar.days.get()
    client.post(f"{url}{day.pk}/")

    assert "Founders&#x27; day" in added.content.decode()
    assert refused.status_code == 422
    assert "stands in the calendar already" in refused.content.decode()
    assert not calendar.days.exists()


def test_the_parts_of_a_country_are_offered_when_it_is_chosen(client: Client, admin: User) -> None:
    content = client.get("/employees/calendars/parts/?country=DE").content.decode()

    assert '<option value="BY"' in content
    assert '<option value="BY"' not in client.get("/employees/calendars/parts/?country=NO").content.decode()


def test_another_calendar_becomes_the_default_here_or_in_the_settings(client: Client, admin: User) -> None:
    """SLA-1: *Settings → Employees → Work Organization → Company Working Hours*."""
    first, second = WorkingCalendar.objects.get(company=admin.company), make_calendar(admin.company)

    client.post(f"/employees/calendars/{second.pk}/default/")
    second.refresh_from_db()
    assert second.is_default

    client.force_login(make_settings_admin(admin.company))
    page = client.get("/settings/")
    words = page.content.decode().partition('id="employees"')[2]
    assert 0 < words.index("Work Organization") < words.index("Company Working Hours")
    fields = [field for filled in page.context["sections"] for field in filled.form]
    typed = {field.html_name: field.value() for field in fields if field.value() not in (None, "", False)}
    client.post("/settings/", typed | {"employees-calendar": first.pk})

    assert WorkingCalendar.objects.get(company=admin.company, is_default=True) == first


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_calendars_costs_the_same_for_any_number(
    client: Client, admin: User, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        make_calendar(admin.company)
    client.get("/employees/calendars/")

    with django_assert_num_queries(7):
        client.get("/employees/calendars/")


# ---- employees ------------------------------------------------------------------------------------------------------


def test_an_employee_is_made_with_a_photo_that_colleagues_see(client: Client, admin: User) -> None:
    photo = SimpleUploadedFile("me.png", PNG, "image/png")

    client.post("/employees/new/", {"name": "Olav", "company": admin.company_id, "photo_file": photo})

    made = Employee.objects.get(name="Olav")
    response = client.get(made.photo_url)
    assert b"".join(response.streaming_content) == PNG  # type: ignore[attr-defined]
    assert response["Content-Type"] == "image/png"
    client.force_login(make_agent())
    assert client.get(made.photo_url).status_code == 404


def test_a_photo_is_a_picture(client: Client, admin: User) -> None:
    script = SimpleUploadedFile("me.png", b"<script>", "image/png")

    response = client.post("/employees/new/", {"name": "Olav", "company": admin.company_id, "photo_file": script})

    assert response.status_code == 422
    assert not Employee.objects.exists()


def test_colleagues_read_who_works_here_and_change_nothing(client: Client, worker: User) -> None:
    client.force_login(worker)
    page = f"/employees/{worker.employee.pk}/"  # type: ignore[attr-defined]

    assert client.get(page).status_code == 200
    assert client.post(page, {"name": "The boss"}).status_code == 403
    assert client.get("/employees/new/").status_code == 403
    assert client.get("/employees/calendars/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_employees_costs_the_same_for_any_number(
    client: Client, admin: User, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        make_employee(company=admin.company)
    client.get("/employees/")

    with django_assert_num_queries(6):
        client.get("/employees/")


# ---- time off -------------------------------------------------------------------------------------------------------


def wish(employee: Any, **fields: Any) -> dict[str, Any]:
    leave_type = make_leave_type()
    return {"employee": employee.pk, "type": leave_type.pk, "length": "days", "first_day": "2026-11-20"} | fields


def test_time_off_is_asked_for_and_approved_on_the_page(client: Client, admin: User, worker: Any) -> None:
    client.force_login(worker)
    client.post("/time-off/requests/new/", wish(worker.employee, last_day="2026-11-24"))
    time_off = TimeOff.objects.get()
    page = f"/time-off/requests/{time_off.pk}/"
    assert "Approve" not in client.get(page).content.decode()
    assert client.post(f"{page}approval/").status_code == 403

    client.force_login(admin)
    assert "Approve" in client.get(page).content.decode()
    client.post(f"{page}approval/")

    time_off.refresh_from_db()
    assert time_off.state == LeaveState.APPROVED


def test_refusing_asks_why_and_the_employee_reads_it(client: Client, admin: User, worker: Any) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=date(2026, 11, 20))
    url = f"/time-off/requests/{time_off.pk}/refusal/"

    assert "The employee reads it" in client.get(url).content.decode()
    client.post(url, {"comment": "Everybody else is away then."})

    client.force_login(worker)
    assert "Everybody else is away then." in client.get(f"/time-off/requests/{time_off.pk}/").content.decode()


def test_nobody_asks_for_others(client: Client, admin: User, worker: Any) -> None:
    other = make_employee(make_agent(admin.company))
    client.force_login(worker)

    response = client.post("/time-off/requests/new/", wish(other))

    assert response.status_code == 422
    assert "employee" in response.context["form"].errors
    assert not TimeOff.objects.exists()


def test_who_is_no_employee_has_nothing_to_ask_for(client: Client, admin: User) -> None:
    client.force_login(make_agent(admin.company))

    assert client.get("/time-off/requests/new/").status_code == 403
    assert client.get("/time-off/").status_code == 200


@pytest.mark.parametrize(
    "query", ["", "?month=2026-11", "?year=2026", "?month=x", "?month=2026-13", "?year=99999", "?department=x"]
)
def test_the_calendar_answers_whatever_its_address(client: Client, worker: User, query: str) -> None:
    assert "Jonas" in client.get(f"/time-off/{query}").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_requests_costs_the_same_for_any_number(
    client: Client, admin: User, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        make_time_off(make_employee(make_agent(admin.company)), by=admin, first=date(2026, 11, 20))
    client.get("/time-off/requests/")

    with django_assert_num_queries(7):
        client.get("/time-off/requests/")


def test_a_request_that_waits_is_changed_on_its_page_and_an_approved_one_is_not(client: Client) -> None:
    boss = make_agent()
    worker = make_agent(boss.company)
    make_calendar(boss.company)
    employee = make_employee(worker, manager=make_employee(boss))
    time_off = make_time_off(employee, by=worker, first=date(2026, 11, 20))
    url = reverse("workforce:time-off", args=[time_off.pk])
    typed = {"type": time_off.type_id, "length": "days", "first_day": "2026-11-23", "last_day": "2026-11-24"}
    client.force_login(worker)

    assert client.get(url).context["form"].initial["employee"] == employee
    assert client.post(url, typed).status_code == 302
    approve_time_off(time_off.pk, by=boss, at=now())
    assert client.post(url, typed | {"first_day": "2026-11-25"}).status_code == 403

    time_off.refresh_from_db()
    assert (time_off.first_day, time_off.last_day) == (date(2026, 11, 23), date(2026, 11, 24))
