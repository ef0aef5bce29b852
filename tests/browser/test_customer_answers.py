"""What a customer wrote and chose stays on the page of a ticket until it has arrived (IN-6, CLOSE-4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

MAKE_TICKET = """
from deskhand.base.accounts.testing import make_portal_user
from deskhand.base.companies.testing import make_company
from deskhand.kit.clock import now
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import make_link_token
from deskhand.support.tickets.testing import make_ticket
company = make_company(name="Home of {name}")
customer = make_portal_user(company, email="{name}@lind.example", name="Ada Lind")
ticket = make_ticket(team=make_team(name="Care of {name}", company=company), customer=customer.contact)
print(ticket.pk, make_link_token(ticket.pk, customer.contact_id, at=now()))
"""
PLATE = {"name": "plate.txt", "mimeType": "text/plain", "buffer": b"Model KQ-7"}
EMPTY = {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""}


@pytest.fixture
def ticket(desk: Desk, page: Page, request: pytest.FixtureRequest) -> Page:
    """The page of a ticket, behind its link, with half an answer."""
    name = str(request.node.name).replace("_", "-")[5:35]
    _pk, token = desk.shell(MAKE_TICKET.format(name=name)).split()
    page.goto(f"/t/{token}/")
    write(page)
    return page


def write(page: Page) -> None:
    page.get_by_label("Reply").fill("See the plate")
    page.get_by_label("Add files").set_input_files([PLATE])


def expect_kept(page: Page) -> None:
    expect(page.get_by_label("Reply")).to_have_value("See the plate")
    expect(page.locator(".dh-upload-list")).to_contain_text("plate.txt")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send reply").click()


def expect_sent(page: Page) -> None:
    expect(page.get_by_text("Your answer was sent.")).to_be_visible()
    expect(page.get_by_role("link", name="plate.txt")).to_have_count(1)
    expect(page.get_by_label("Reply")).to_have_value("")


def test_a_refused_answer_keeps_its_files(ticket: Page, violations: Callable[[Page], list[str]]) -> None:
    ticket.get_by_label("Add files").set_input_files([EMPTY])
    send(ticket)
    expect(ticket.locator(".dh-error")).to_contain_text("empty")
    expect_kept(ticket)
    assert violations(ticket) == []

    ticket.get_by_role("button", name="Remove empty.txt").click()
    send(ticket)
    expect_sent(ticket)


def test_an_answer_that_nobody_took_is_still_there(ticket: Page) -> None:
    ticket.route("**/t/**", lambda route: route.abort())
    send(ticket)
    expect(ticket.get_by_role("alert")).to_contain_text("could not be sent")
    expect_kept(ticket)

    ticket.unroute("**/t/**")
    send(ticket)
    expect_sent(ticket)


def test_one_answer_after_another_is_shown(ticket: Page) -> None:
    send(ticket)
    expect_sent(ticket)
    ticket.get_by_label("Reply").fill("And it hums")
    send(ticket)

    expect(ticket.locator(".dh-letters")).to_contain_text("And it hums")
    expect(ticket.get_by_label("Reply")).to_have_value("")


def test_who_was_signed_out_signs_in_elsewhere_and_sends(desk: Desk, page: Page) -> None:
    pk, _token = desk.shell(MAKE_TICKET.format(name="signed-out")).split()
    desk.sign_in(page, "signed-out@lind.example")
    page.goto(f"/my/tickets/{pk}/")
    write(page)
    page.context.clear_cookies(name="sessionid")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("You are signed out")
    expect_kept(page)

    other = page.context.new_page()
    desk.sign_in(other, "signed-out@lind.example")
    other.close()
    send(page)
    expect_sent(page)
