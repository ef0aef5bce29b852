"""A request for time off while somebody else decides about it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

MAKE = """
from datetime import timedelta
from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
from deskhand.base.workforce.testing import make_calendar, make_employee, make_leave_type, make_time_off
from deskhand.kit.clock import now
if not User.objects.filter(email="boss@away.example").exists():
    company = make_company(name="Away AS")
    make_calendar(company)
    boss = make_agent(company, email="boss@away.example", name="Amara")
    lead = make_employee(boss)
    make_employee(make_agent(company, email="worker@away.example", name="Jonas"), manager=lead)
worker = User.objects.get(email="worker@away.example")
monday = now().date() + timedelta(days=7 * {weeks} - now().weekday())
kind = make_leave_type(name="Vacation {weeks}")
print(make_time_off(worker.employee, by=worker, first=monday, leave_type=kind).pk)
"""
DECIDE = """
from deskhand.base.accounts.public import User
from deskhand.base.workforce.services.time_off import {verb}_time_off
from deskhand.kit.clock import now
{verb}_time_off({pk}, by=User.objects.get(email="boss@away.example"), at=now())
"""


@pytest.fixture
def open_request(desk: Desk, new_page: Callable[..., Page]) -> Callable[[int, str], Page]:
    def open_it(pk: int, who: str) -> Page:
        page = new_page()
        desk.sign_in(page, f"{who}@away.example")
        page.goto(f"/time-off/requests/{pk}/")
        return page

    return open_it


def test_what_somebody_else_decides_stands_on_the_open_page(
    desk: Desk, open_request: Callable[[int, str], Page]
) -> None:
    pk = int(desk.shell(MAKE.format(weeks=3)))
    worker, boss = open_request(pk, "worker"), open_request(pk, "boss")
    expect(worker.get_by_label("Reason")).to_be_visible()

    boss.get_by_role("button", name="Approve").click()

    sheet = worker.locator("#record-sheet")
    expect(sheet.get_by_text("Approved")).to_be_visible()
    expect(sheet.get_by_text("Decided by")).to_be_visible()
    expect(worker.get_by_label("Reason")).to_have_count(0)
    expect(worker.get_by_role("button", name="Withdraw")).to_be_visible()
    worker.get_by_role("button", name="Withdraw").click()
    worker.locator("#dh-confirm").get_by_role("button", name="Withdraw").click()
    expect(boss.locator("#record-sheet").get_by_text("Withdrawn")).to_be_visible()
    expect(boss.get_by_role("button", name=re.compile("Refuse"))).to_have_count(0)


def test_what_is_typed_meanwhile_stays_until_it_is_discarded(
    desk: Desk, open_request: Callable[[int, str], Page]
) -> None:
    pk = int(desk.shell(MAKE.format(weeks=4)))
    worker = open_request(pk, "worker")
    worker.get_by_label("Reason").fill("My sister marries.")

    desk.shell(DECIDE.format(verb="refuse", pk=pk))

    expect(worker.locator("#record-sheet").get_by_text("Refused")).to_be_visible()
    expect(worker.get_by_label("Reason")).to_have_value("My sister marries.")
    worker.get_by_role("button", name="Discard").click()
    expect(worker.get_by_label("Reason")).to_have_count(0)
