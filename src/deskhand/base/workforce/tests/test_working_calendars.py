from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from deskhand.base.accounts.testing import make_agent, make_settings_admin
from deskhand.base.companies.public import NewCompany, create_company
from deskhand.base.companies.testing import make_company
from deskhand.base.workforce.calendars import Attendance, moment_after, works_on
from deskhand.base.workforce.models import WorkingCalendar
from deskhand.base.workforce.queries.schedules import (
    available_users,
    company_schedule,
    next_working_days,
    schedule_of,
    schedules_of_users,
)
from deskhand.base.workforce.services.time_off import approve_time_off
from deskhand.base.workforce.services.working_calendars import (
    CalendarDetails,
    CalendarInUse,
    CalendarIsDefault,
    CalendarNameTaken,
    DayIsTaken,
    HoursCollide,
    add_day,
    archive_calendar,
    change_calendar,
    create_calendar,
    make_default,
    remove_day,
)
from deskhand.base.workforce.testing import make_calendar, make_employee, make_time_off
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
FRIDAY_AT_TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_a_new_company_has_a_calendar_in_its_time_zone() -> None:
    company = create_company(NewCompany("Nordlys", time_zone="Europe/Oslo"), by=None)

    calendar = WorkingCalendar.objects.get(company=company)

    assert (calendar.is_default, calendar.time_zone) == (True, "Europe/Oslo")
    assert moment_after(schedule_of(calendar), FRIDAY_AT_TEN, 5 * 3600) == datetime(2026, 11, 20, 16, tzinfo=UTC)


def test_a_company_without_a_calendar_counts_by_the_usual_hours() -> None:
    company = make_company()

    assert works_on(company_schedule(company.pk, "UTC"), FRIDAY)
    assert not works_on(company_schedule(company.pk, "UTC"), date(2026, 11, 21))


def test_the_first_calendar_is_the_default_until_another_one_is_made_so() -> None:
    first = make_calendar()
    second = make_calendar(first.company)

    make_default(second.pk)

    assert list(WorkingCalendar.objects.filter(is_default=True)) == [second]


def test_the_default_is_not_archived_nor_what_somebody_works_by() -> None:
    default = make_calendar()
    used = make_calendar(default.company)
    make_employee(company=default.company, calendar=used)

    with pytest.raises(CalendarIsDefault):
        archive_calendar(default.pk)
    with pytest.raises(CalendarInUse):
        archive_calendar(used.pk)
    assert WorkingCalendar.objects.active().count() == 2


def test_a_name_is_taken_within_a_company_only() -> None:
    calendar = make_calendar(name="Office")

    with pytest.raises(CalendarNameTaken):
        create_calendar(CalendarDetails("office", calendar.company, "UTC"))
    assert make_calendar(name="Office").name == "Office"


def test_changed_hours_hold_from_now_on_and_the_second_week_only_while_it_is_used() -> None:
    calendar = make_calendar()
    hours = [Attendance(0, 540, 600), Attendance(0, 600, 660, week=1)]

    change_calendar(calendar.pk, CalendarDetails("Short", calendar.company, "UTC", attendances=hours))

    assert [row.attendance for row in calendar.hours.all()] == [hours[0]]


def test_a_night_does_not_run_into_the_next_morning() -> None:
    calendar = make_calendar()
    hours = [Attendance(6, 22 * 60, 30 * 60), Attendance(0, 5 * 60, 9 * 60)]

    with pytest.raises(HoursCollide):
        change_calendar(calendar.pk, CalendarDetails("Nights", calendar.company, "UTC", attendances=hours))

    assert calendar.hours.count() == 10


def test_a_day_of_its_own_is_off_or_worked_although_it_is_a_holiday() -> None:
    calendar = make_calendar(country="NO")
    add_day(calendar.pk, FRIDAY, name="Inventory", is_worked=False)
    second = add_day(calendar.pk, date(2026, 12, 25), name="Christmas", is_worked=True)

    schedule = schedule_of(calendar)

    assert not works_on(schedule, FRIDAY)
    assert works_on(schedule, date(2026, 12, 25))
    with pytest.raises(DayIsTaken):
        add_day(calendar.pk, FRIDAY, name="Again", is_worked=False)
    remove_day(calendar.pk, second.pk)
    assert not works_on(schedule_of(WorkingCalendar.objects.get(pk=calendar.pk)), date(2026, 12, 25))


def test_calendars_that_mean_the_same_are_one_schedule_which_remembers_its_weeks() -> None:
    assert schedule_of(make_calendar()) is schedule_of(make_calendar())


# ---- who is there (ASSIGN-5) ----------------------------------------------------------------------------------------


def test_who_is_on_approved_leave_is_not_available_and_comes_back_on_the_next_working_day() -> None:
    user, boss = make_agent(), make_settings_admin()
    make_calendar(user.company)
    employee = make_employee(user)
    time_off = make_time_off(employee, by=user, first=FRIDAY, last=date(2026, 11, 24))

    assert available_users([user.pk], at=FRIDAY_AT_TEN) == {user.pk}
    approve_time_off(time_off.pk, by=boss, at=now())

    assert available_users([user.pk], at=FRIDAY_AT_TEN) == set()
    assert next_working_days([user.pk], at=FRIDAY_AT_TEN) == {user.pk: date(2026, 11, 25)}


def test_who_does_not_work_today_is_not_available_also_without_an_employee() -> None:
    user = make_agent()
    saturday = datetime(2026, 11, 21, 10, tzinfo=UTC)

    assert available_users([user.pk], at=saturday) == set()
    assert next_working_days([user.pk], at=saturday) == {user.pk: MONDAY}


def test_who_works_by_a_calendar_of_their_own_works_by_that() -> None:
    user = make_agent()
    make_calendar(user.company)
    weekend = make_calendar(user.company, hours=(Attendance(5, 540, 1020),))
    make_employee(user, calendar=weekend)

    assert next_working_days([user.pk], at=FRIDAY_AT_TEN) == {user.pk: date(2026, 11, 21)}


def test_who_does_not_work_in_thirty_days_is_left_out() -> None:
    user = make_agent()
    make_employee(user, calendar=make_calendar(user.company, hours=()))

    assert next_working_days([user.pk], at=FRIDAY_AT_TEN) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_schedules_of_any_number_of_users_cost_the_same_queries(count: int, django_assert_max_num_queries) -> None:
    company = make_company()
    calendar = make_calendar(company)
    users = [make_agent(company) for _ in range(count + 1)]
    for user in users[1:]:
        make_employee(user, calendar=calendar if user is users[1] else None)

    with django_assert_max_num_queries(12):
        assert len(schedules_of_users([user.pk for user in users], since=FRIDAY_AT_TEN)) == count + 1
