from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from deskhand.base.accounts.public import Role
from deskhand.base.accounts.testing import make_agent, make_settings_admin, make_user
from deskhand.base.chatter.public import Message
from deskhand.base.companies.testing import make_company
from deskhand.base.mail.public import OutgoingMail
from deskhand.base.workforce.calendars import Attendance
from deskhand.base.workforce.enums import LeaveLength, LeaveState
from deskhand.base.workforce.models import TimeOff, WorkingCalendar
from deskhand.base.workforce.queries.absences import month_of, year_of
from deskhand.base.workforce.queries.time_off import days_in_words
from deskhand.base.workforce.services.employees import change_employee
from deskhand.base.workforce.services.time_off import (
    AwayAlready,
    DecidedAlready,
    EndsBeforeItStarts,
    NothingToTakeOff,
    TooLong,
    approve_time_off,
    change_time_off,
    refuse_time_off,
    wish_of,
    withdraw_time_off,
)
from deskhand.base.workforce.services.working_calendars import add_day
from deskhand.base.workforce.testing import make_calendar, make_employee, make_leave_type, make_time_off
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)


@pytest.fixture
def boss():
    return make_agent(name="Amara")


@pytest.fixture
def worker(boss):
    user = make_agent(boss.company, name="Jonas")
    make_calendar(boss.company, time_zone="Europe/Berlin")
    make_employee(user, manager=make_employee(boss))
    return user


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to_address", "subject"))


# ---- how long -------------------------------------------------------------------------------------------------------


def test_days_are_days_of_the_calendars_place_and_its_working_hours_are_counted(worker) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY, last=MONDAY)

    assert time_off.start_at == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert time_off.end_at == datetime(2026, 11, 23, 23, tzinfo=UTC)
    assert time_off.hours == 16


@pytest.mark.parametrize(("length", "hours", "start"), [(LeaveLength.MORNING, 4, 23), (LeaveLength.AFTERNOON, 4, 11)])
def test_half_a_day_ends_or_begins_at_noon(worker, length, hours, start) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY, length=length)

    assert (time_off.hours, time_off.start_at.hour) == (hours, start)


def test_hours_are_by_the_clock_of_the_place_without_the_break(worker) -> None:
    time_off = make_time_off(
        worker.employee, by=worker, first=FRIDAY, length=LeaveLength.HOURS, start_minute=11 * 60, end_minute=14 * 60
    )

    assert time_off.start_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert time_off.hours == 2


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"first": SATURDAY}, NothingToTakeOff),
        ({"first": MONDAY, "last": FRIDAY}, EndsBeforeItStarts),
        ({"first": FRIDAY, "last": date(2036, 1, 1)}, TooLong),
        ({"first": FRIDAY, "length": LeaveLength.HOURS, "start_minute": 600, "end_minute": 600}, EndsBeforeItStarts),
    ],
)
def test_what_makes_no_sense_is_refused(worker, wish, error) -> None:
    with pytest.raises(error):
        make_time_off(worker.employee, by=worker, **wish)

    assert not TimeOff.objects.exists()
    assert mails() == []


def test_nobody_is_away_twice_but_what_was_refused_does_not_count(worker, boss) -> None:
    first = make_time_off(worker.employee, by=worker, first=FRIDAY, last=MONDAY)

    with pytest.raises(AwayAlready):
        make_time_off(worker.employee, by=worker, first=MONDAY)
    refuse_time_off(first.pk, by=boss, at=now())

    assert make_time_off(worker.employee, by=worker, first=MONDAY).hours == 8


# ---- asked for, decided ---------------------------------------------------------------------------------------------


def test_the_manager_is_told_and_the_employee_of_the_answer(worker, boss) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY, reason="Moving house")
    assert mails() == [(boss.email, f"Time off of Jonas ({time_off.type.name})")]

    approve_time_off(time_off.pk, by=boss, at=now())

    assert mails()[1][0] == worker.email
    said = [message.kind for message in Message.objects.of(time_off).order_by("pk")]
    assert said == ["message", "track", "message"]
    assert "Moving house" in OutgoingMail.objects.order_by("pk")[0].text


def test_without_a_manager_the_administrators_of_employees_are_told(boss) -> None:
    make_calendar(boss.company)
    admin = make_user(company=boss.company, app="employees", role=Role.ADMINISTRATOR)
    make_settings_admin(boss.company)
    make_time_off(make_employee(boss), by=boss, first=FRIDAY)

    assert [to for to, _ in mails()] == [admin.email]


def test_what_needs_no_approval_is_approved_at_once_and_told(worker, boss) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY, type=make_leave_type(needs_approval=False))

    assert time_off.state == LeaveState.APPROVED
    assert [to for to, _ in mails()] == [boss.email]


def test_what_is_decided_is_decided_once(worker, boss) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY)
    withdraw_time_off(time_off.pk, by=worker, at=now())

    for decide in (approve_time_off, refuse_time_off, withdraw_time_off):
        with pytest.raises(DecidedAlready):
            decide(time_off.pk, by=boss, at=now())
    assert TimeOff.objects.get().state == LeaveState.WITHDRAWN


# ---- who sees what --------------------------------------------------------------------------------------------------


def test_colleagues_see_that_somebody_is_away_but_not_why_nor_wishes(worker, boss) -> None:
    colleague = make_agent(boss.company)
    friday = make_time_off(worker.employee, by=worker, first=FRIDAY)
    make_time_off(worker.employee, by=worker, first=MONDAY)
    approve_time_off(friday.pk, by=boss, at=now())

    def cells(user) -> list[str]:
        table = month_of(user, date(2026, 11, 1), today=FRIDAY, department=None)
        (row,) = [row for row in table.rows if row.employee == worker.employee]
        return [row.cells[day - 1].text for day in (20, 23)]

    assert list(TimeOff.objects.visible_to(colleague)) == []
    assert TimeOff.objects.visible_to(boss).count() == TimeOff.objects.visible_to(worker).count() == 2
    assert cells(colleague) == ["Away", ""]
    assert friday.type.name in cells(boss)[0]
    assert "To approve" in cells(boss)[1]


@pytest.mark.parametrize("query", ["month=2026-11", "year=2026"])
def test_who_works_in_two_companies_sees_the_people_of_each_under_its_name(client: Client, query) -> None:
    north, south = make_company(name="Aurora"), make_company(name="Borea")
    user = make_agent(north)
    user.companies.add(south)
    for company, name in ((south, "Cleo South"), (north, "Dora North"), (north, "Arne North"), (south, "Bea South")):
        make_employee(company=company, name=name)
    client.force_login(user)

    page = client.get(reverse("workforce:absences") + f"?{query}").content.decode()

    told = ["Aurora</bdi></span></th><td", "Arne North", "Dora North", "Borea</bdi></span></th><td", "Bea South"]
    places = [page.index(words) for words in [*told, "Cleo South"]]
    assert places == sorted(places)
    assert page.count('<tr class="company">') == 2


def test_who_works_in_one_company_sees_no_name_above_its_people(client: Client, worker) -> None:
    client.force_login(worker)

    page = client.get(reverse("workforce:absences")).content.decode()

    assert worker.name in page
    assert '<tr class="company">' not in page


def test_a_year_counts_working_days_away_and_half_of_half_days(worker, boss) -> None:
    for wish in ({"first": FRIDAY, "last": MONDAY}, {"first": date(2026, 12, 1), "length": LeaveLength.MORNING}):
        approve_time_off(make_time_off(worker.employee, by=worker, **wish).pk, by=boss, at=now())

    (row,) = [row for row in year_of(boss, 2026, department=None).rows if row.employee == worker.employee]

    assert (row.months[10], row.months[11], row.total) == (2, 0.5, 2.5)


def test_the_calendar_costs_the_same_queries_for_one_and_three_people(
    worker, boss, django_assert_max_num_queries
) -> None:
    month_of(boss, date(2026, 11, 1), today=FRIDAY, department=None)
    for _ in range(3):
        make_employee(company=boss.company)

    with django_assert_max_num_queries(9):
        month_of(boss, date(2026, 11, 1), today=FRIDAY, department=None)


# ---- changing it ----------------------------------------------------------------------------------------------------


def test_what_waits_is_asked_for_anew_and_who_decides_is_told(worker, boss) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY)
    told = len(mails())

    change_time_off(time_off.pk, replace(wish_of(time_off), first_day=MONDAY, last_day=MONDAY), by=worker, at=now())

    time_off.refresh_from_db()
    assert (time_off.first_day, time_off.last_day, time_off.hours) == (MONDAY, MONDAY, 8)
    assert [to for to, _subject in mails()[told:]] == [boss.email]
    assert Message.objects.of(time_off).filter(kind="track").count() == 1


def test_what_is_decided_is_not_changed_any_more(worker, boss) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY)
    approve_time_off(time_off.pk, by=boss, at=now())

    with pytest.raises(DecidedAlready):
        change_time_off(time_off.pk, replace(wish_of(time_off), first_day=MONDAY), by=worker, at=now())

    time_off.refresh_from_db()
    assert time_off.first_day == FRIDAY


def test_other_days_must_be_free_but_the_own_ones_are(worker) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY)
    make_time_off(worker.employee, by=worker, first=MONDAY)

    with pytest.raises(AwayAlready):
        change_time_off(time_off.pk, replace(wish_of(time_off), last_day=MONDAY), by=worker, at=now())

    time_off.refresh_from_db()
    assert time_off.last_day == FRIDAY


# ---- when calendars change ------------------------------------------------------------------------------------------


@pytest.fixture
def in_october(time_machine) -> None:
    time_machine.move_to(datetime(2026, 10, 1, tzinfo=UTC))


@pytest.mark.usefixtures("in_october")
def test_hours_to_come_are_counted_anew_when_the_calendar_changes(worker) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY, last=MONDAY)
    calendar = company_calendar(worker)

    add_day(calendar.pk, MONDAY, name="Move of the office", is_worked=False)

    time_off.refresh_from_db()
    assert time_off.hours == 8
    assert Message.objects.of(time_off).get(kind="track").changes[0]["old"] == "16"


@pytest.mark.usefixtures("in_october")
def test_hours_that_are_over_stay_as_they_were(worker, time_machine) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY, last=MONDAY)
    time_machine.move_to(datetime(2026, 12, 1, tzinfo=UTC))

    add_day(company_calendar(worker).pk, MONDAY, name="Move of the office", is_worked=False)

    time_off.refresh_from_db()
    assert time_off.hours == 16


@pytest.mark.usefixtures("in_october")
def test_another_calendar_of_an_employee_counts_their_time_off_anew(worker) -> None:
    time_off = make_time_off(worker.employee, by=worker, first=FRIDAY, last=MONDAY)
    mornings = make_calendar(worker.company, time_zone="Europe/Berlin", hours=(Attendance(0, 480, 720),))

    change_employee(worker.employee.pk, {"calendar": mornings})

    time_off.refresh_from_db()
    assert time_off.hours == 4


def company_calendar(user):
    return WorkingCalendar.objects.get(company=user.company, is_default=True)


# ---- in words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "english", "german"),
    [
        ({"last_day": date(2026, 8, 7)}, "3 Aug – 7 Aug 2026", "3. Aug – 7. Aug 2026"),
        ({"last_day": date(2027, 1, 4)}, "3 Aug 2026 – 4 Jan 2027", "3. Aug 2026 – 4. Jan 2027"),
        ({}, "3 Aug 2026", "3. Aug 2026"),
        ({"length": LeaveLength.AFTERNOON}, "3 Aug 2026, an afternoon", "3. Aug 2026, ein Nachmittag"),
    ],
)
def test_days_are_said_as_people_of_a_language_say_them(fields, english: str, german: str) -> None:
    first = date(2026, 8, 3)
    time_off = TimeOff(**{"first_day": first, "last_day": first, "length": LeaveLength.DAYS} | fields)

    with override("en"):
        assert days_in_words(time_off) == english
    with override("de"):
        assert days_in_words(time_off) == german
