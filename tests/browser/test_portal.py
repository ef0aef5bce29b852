"""Customers with an account (CLOSE-4): they sign up or are invited, find their tickets, and answer with a file."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import Desk
from tests.browser.held import Held

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
    expect(page.get_by_role("link", name="plate.png").locator("img")).not_to_have_js_property("naturalWidth", 0)
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
    choose_password(customer, "Accept and sign in")
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


MAKE_LIVE = """
from deskhand.base.accounts.testing import make_agent, make_portal_user
from deskhand.base.companies.testing import make_company
from deskhand.kit.clock import now
from deskhand.support.teams.testing import make_stage, make_team
from deskhand.support.tickets.public import make_link_token
from deskhand.support.tickets.testing import make_ticket
company = make_company(name="Home of {name}")
team = make_team(name="Care of {name}", company=company)
stage = make_stage(team, name="Waiting for parts")
customer = make_portal_user(company, email="{name}@lind.example", name="Ada Lind")
agent = make_agent(company, email="{name}-agent@desk.example", name="Amara Okafor")
ticket = make_ticket(team=team, customer=customer.contact, title="Oven stays dark")
print(ticket.pk, stage.pk, agent.pk, customer.contact_id, make_link_token(ticket.pk, customer.contact_id, at=now()))
"""
ANSWER = """
from deskhand.base.accounts.public import User
from deskhand.base.chatter.public import Draft
from deskhand.kit.clock import now
from deskhand.support.tickets.public import note_on_ticket, reply_to_ticket
agent = User.objects.get(pk={agent})
note_on_ticket({ticket}, Draft(html="<p>secret of ours</p>", author=agent.contact, from_internal=True), at=now())
reply_to_ticket({ticket}, Draft(html="<p>{text}</p>", author=agent.contact, from_internal=True), at=now())
"""
TAKE_AWAY = """
from deskhand.base.chatter.public import remove_follower
from deskhand.support.tickets.models import Ticket
Ticket.objects.filter(pk={ticket}).update(customer=None)
remove_follower(Ticket.objects.get(pk={ticket}), {contact})
"""
MOVE = """
from deskhand.kit.clock import now
from deskhand.support.tickets.public import move_ticket
move_ticket({ticket}, {stage}, by=None, at=now())
"""


@pytest.mark.parametrize("way", ["account", "link"])
def test_the_page_of_a_ticket_shows_an_answer_by_itself_and_keeps_what_is_typed(
    way: str, desk: Desk, new_page: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    name = f"live-{way}"
    ticket, stage, agent, contact, token = desk.shell(MAKE_LIVE.format(name=name)).split()
    page = new_page(viewport={"width": 390, "height": 844})
    if way == "account":
        desk.sign_in(page, f"{name}@lind.example")
    page.goto(f"/my/tickets/{ticket}/" if way == "account" else f"/t/{token}/")
    page.get_by_label("Reply").fill("Half a sent")
    page.get_by_label("Add files").set_input_files({"name": "plate.png", "mimeType": "image/png", "buffer": PNG})

    desk.shell(ANSWER.format(ticket=ticket, agent=agent, text="Is the plug in?"))

    expect(page.locator(".dh-letters")).to_contain_text("Is the plug in?")
    expect(page.get_by_role("status").filter(has_text="New answer")).to_be_visible()
    expect(page.get_by_label("Reply")).to_have_value("Half a sent")
    expect(page.get_by_label("Reply")).to_be_focused()
    expect(page.get_by_text("plate.png")).to_be_visible()
    assert "secret of ours" not in page.content()

    desk.shell(MOVE.format(ticket=ticket, stage=stage))

    expect(page.get_by_role("status").filter(has_text="Status: Waiting for parts")).to_be_visible()
    expect(page.locator("[data-part=state]")).to_contain_text("Waiting for parts")
    assert violations(page) == []
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("Your answer was sent.")).to_be_visible()
    expect(page.get_by_role("link", name="plate.png")).to_be_visible()

    desk.shell(TAKE_AWAY.format(ticket=ticket, contact=contact))
    expect(page.get_by_label("Reply")).to_have_count(0)


@pytest.mark.parametrize("way", ["account", "link"])
def test_a_ticket_that_is_taken_away_while_its_page_is_being_opened_leaves_it(
    way: str, desk: Desk, new_page: Callable[..., Page]
) -> None:
    name = f"gone-{way}"
    ticket, _stage, _agent, contact, token = desk.shell(MAKE_LIVE.format(name=name)).split()
    page = new_page()
    if way == "account":
        desk.sign_in(page, f"{name}@lind.example")
    scripts = Held(page, r"\.js$", method="GET")
    page.goto(f"/my/tickets/{ticket}/" if way == "account" else f"/t/{token}/", wait_until="commit")
    scripts.wait()
    expect(page.get_by_label("Reply")).to_be_visible()

    desk.shell(TAKE_AWAY.format(ticket=ticket, contact=contact))
    scripts.release()

    expect(page.get_by_role("heading", name="This page does not exist")).to_be_visible()


def test_the_list_shows_by_itself_what_was_answered_and_what_is_new(
    desk: Desk, page: Page, violations: Callable[[Page], list[str]]
) -> None:
    ticket, _stage, agent, contact, _token = desk.shell(MAKE_LIVE.format(name="live-list")).split()
    desk.sign_in(page, "live-list@lind.example")
    page.goto("/my/tickets/")
    row = page.locator(".dh-mine a")
    row.focus()
    page.get_by_label("Search tickets").evaluate("field => { field.value = 'ov'; }")

    desk.shell(ANSWER.format(ticket=ticket, agent=agent, text="Is the plug in?"))

    expect(row).to_contain_text("Answered")
    expect(row).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Your tickets have changed.")).to_have_count(1)
    expect(page.get_by_label("Search tickets")).to_have_value("ov")

    desk.shell(
        "from deskhand.base.contacts.public import Contact\n"
        "from deskhand.support.tickets.models import Ticket\n"
        "from deskhand.support.tickets.testing import make_ticket\n"
        f"team = Ticket.objects.get(pk={ticket}).team\n"
        f"new = make_ticket(team=team, customer=Contact.objects.get(pk={contact}), title='Hob, too')\n"
        "print(new.pk)"
    )
    expect(page.locator(".dh-mine li")).to_have_count(2)
    expect(page.get_by_text("Show: Open (2)")).to_be_visible()
    assert violations(page) == []


def test_without_script_the_page_of_a_ticket_is_what_it_was(desk: Desk, browser: Browser) -> None:
    *_rest, token = desk.shell(MAKE_LIVE.format(name="live-plain")).split()
    context = browser.new_context(java_script_enabled=False, base_url=desk.url)
    page = context.new_page()

    page.goto(f"/t/{token}/")
    page.get_by_label("Reply").fill("Without script")
    page.get_by_role("button", name="Send reply").click()

    expect(page.get_by_text("Your answer was sent.")).to_be_visible()
    expect(page.locator(".dh-letters")).to_contain_text("Without script")
    context.close()
