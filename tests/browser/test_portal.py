"""Customers with an account (CLOSE-4): they sign up or are invited, find their tickets, and answer with a file."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
CHOSEN = "green kettle on top"
MAKE_DESK = """
from deskhand.base.accounts.public import SignUp, allow_sign_up
from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.closing.public import close_ticket
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.testing import make_ticket
company = make_company(name="Home of {name}")
if {is_free}:
    allow_sign_up(company, SignUp.FREE)
team = make_team(name="Care of {name}", company=company)
customer = make_contact(name="Ada Lind", email="{name}@lind.example", company=company)
agent = make_agent(company, email="{name}-agent@desk.example", name="Amara Okafor")
make_portal_user(company, email="{name}-other@desk.example", name="Other Customer")
closed = make_ticket(team=team, customer=customer, title="Hob switches off")
close_ticket(closed.pk, by=agent, at=now())
ticket = make_ticket(team=team, customer=customer, title="Oven stays dark")
print(ticket.pk, customer.pk)
"""


def link_in(desk: Desk, to: str, what: str) -> str:
    """The link in the mail that came to an address."""
    mail = desk.sink.wait_for(to=to, which=lambda one: f"/account/{what}/" in one.get_body(("plain",)).get_content())
    found = re.search(rf"http://\S+/account/{what}/\S+/", mail.get_body(("plain",)).get_content())
    assert found
    return found[0]


def choose_password(page: Page, button: str) -> None:
    page.get_by_label("Password", exact=True).fill(CHOSEN)
    page.get_by_label("The same password again").fill(CHOSEN)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name="My Account")).to_be_visible()


def test_a_customer_signs_up_finds_their_tickets_and_answers_with_a_file(
    desk: Desk, page: Page, new_page: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    ticket, _contact = desk.shell(MAKE_DESK.format(name="signs-up", is_free=True)).split()

    page.goto("/account/login/")
    page.get_by_role("link", name="Create an account").click()
    assert violations(page) == []
    page.get_by_label("Email").fill("signs-up@lind.example")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Look into your mails")).to_be_visible()
    assert violations(page) == []
    page.goto(link_in(desk, "signs-up@lind.example", "sign-up"))
    expect(page.get_by_label("Your name")).to_have_value("Ada Lind")
    assert violations(page) == []
    choose_password(page, "Create my account")
    assert violations(page) == []

    page.get_by_role("navigation").get_by_role("link", name="Tickets").click()
    rows = page.locator(".dh-mine li")
    expect(rows).to_have_count(1)
    page.get_by_text("Show: Open (1)").click()
    page.get_by_role("link", name="Closed (1)").click()
    expect(rows).to_contain_text("Hob switches off")
    page.goto("/my/tickets/?show=all&by=stage")
    expect(rows).to_have_count(2)
    page.get_by_label("Search tickets").fill("oven")
    page.get_by_label("Search tickets").press("Enter")
    expect(page).to_have_url(re.compile(r"by=stage"))
    expect(rows).to_have_count(1)
    assert violations(page) == []

    rows.get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/my/tickets/{ticket}/"))
    page.get_by_label("Reply").fill("Here is the type plate.")
    page.get_by_label("Add files").set_input_files({"name": "plate.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("Your answer was sent.")).to_be_visible()
    assert page.get_by_role("link", name="plate.png").locator("img").evaluate("image => image.naturalWidth") > 0
    assert violations(page) == []

    agent = new_page()
    desk.sign_in(agent, "signs-up-agent@desk.example")
    agent.goto(f"/helpdesk/tickets/{ticket}/")
    expect(agent.get_by_text("Here is the type plate.")).to_be_visible()
    expect(agent.get_by_text("plate.png").first).to_be_visible()

    other = new_page()
    desk.sign_in(other, "signs-up-other@desk.example")
    assert other.goto(f"/my/tickets/{ticket}/").status == 404  # type: ignore[union-attr]
    stranger = new_page()
    stranger.goto(f"/my/tickets/{ticket}/")
    expect(stranger).to_have_url(re.compile(r"/account/login/"))


def test_a_contact_is_invited_comes_in_and_is_shut_out_again(
    desk: Desk, page: Page, new_page: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    _ticket, contact = desk.shell(MAKE_DESK.format(name="is-invited", is_free=False)).split()
    desk.sign_in(page, "is-invited-agent@desk.example")
    page.goto(f"/contacts/{contact}/")
    page.get_by_role("button", name="Grant portal access").click()
    expect(page.get_by_text("A mail is on its way to is-invited@lind.example.")).to_be_visible()
    assert violations(page) == []

    customer = new_page(viewport={"width": 390, "height": 844})
    customer.goto(link_in(desk, "is-invited@lind.example", "invitation"))
    choose_password(customer, "Come in")
    customer.get_by_role("navigation").get_by_role("link", name="Tickets").click()
    expect(customer.locator(".dh-mine li")).to_contain_text("Oven stays dark")
    assert violations(customer) == []

    page.reload()
    expect(page.get_by_text("Signs in to see their own tickets.")).to_be_visible()
    page.get_by_role("button", name="Revoke portal access").click()
    page.locator("#dh-confirm [data-yes]").click()
    expect(page.get_by_text("Ada Lind has no portal access any more.")).to_be_visible()
    customer.reload()
    expect(customer).to_have_url(re.compile(r"/account/login/"))
