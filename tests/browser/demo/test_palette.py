"""Getting about by keyboard: the palette, the search, the shortcuts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import Desk
from tests.browser.held import Held

AGENT = "amara@nordlys.example"
DEMO_PASSWORD = "nordlys-demo"


@pytest.fixture
def agent(desk: Desk, new_page: Callable[..., Page]) -> Page:
    page = new_page()
    desk.sign_in(page, AGENT, DEMO_PASSWORD)
    return page


def press(page: Page, key: str) -> None:
    """On a page that may still be on its way: a key does nothing before its script is there."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_a_page_is_reached_by_a_few_letters(agent: Page, violations: Callable[[Page], list[str]]) -> None:
    agent.keyboard.press("Control+k")
    field = agent.get_by_role("combobox", name="Search or jump to")
    expect(field).to_be_focused()

    field.fill("all tick")
    expect(agent.get_by_role("option", name="All Tickets")).to_have_attribute("aria-selected", "true")
    assert violations(agent) == []
    field.press("Enter")

    expect(agent).to_have_url(re.compile(r"/tickets/\?filter=open"))


def test_enter_waits_for_what_was_typed(agent: Page) -> None:
    agent.keyboard.press("Control+k")
    field = agent.get_by_role("combobox", name="Search or jump to")
    expect(agent.get_by_role("option").first).to_have_attribute("aria-selected", "true")

    answer = Held(agent, r"q=all%20tick", method="GET")
    field.fill("all tick")
    field.press("Enter")
    answer.wait()
    answer.release()

    expect(agent).to_have_url(re.compile(r"/tickets/\?filter=open"))


def test_arrows_choose_and_escape_closes(agent: Page) -> None:
    agent.get_by_role("link", name="Search or jump to").click()
    options = agent.get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")

    agent.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    agent.keyboard.press("ArrowUp")
    agent.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")

    agent.keyboard.press("Escape")
    expect(agent.get_by_role("combobox", name="Search or jump to")).to_be_hidden()


def test_what_a_record_can_do_is_done_from_the_palette(agent: Page) -> None:
    agent.get_by_role("link", name="Customer Care").first.click()
    agent.locator(".dh-card a").first.click()
    expect(agent.locator("#ticket-head")).to_be_visible()
    press(agent, "Control+k")

    agent.get_by_role("combobox", name="Search or jump to").fill("new")
    here = agent.get_by_role("group", name="On this page")
    expect(here.get_by_role("option", name="New")).to_be_visible()
    agent.keyboard.press("Enter")

    expect(agent).to_have_url(re.compile(r"/tickets/new/"))


def test_words_of_a_conversation_lead_to_the_ticket(agent: Page, violations: Callable[[Page], list[str]]) -> None:
    agent.keyboard.press("Control+k")
    agent.get_by_role("combobox", name="Search or jump to").fill("dishwasher")
    agent.get_by_role("option", name="Search everything for").click()

    found = agent.get_by_role("region", name="Tickets")
    expect(found.locator("mark").first).to_have_text(re.compile("dishwasher", re.IGNORECASE))
    assert violations(agent) == []
    found.get_by_role("link").nth(1).click()

    expect(agent).to_have_url(re.compile(r"/tickets/\d+/"))


def test_keys_do_what_the_page_offers(agent: Page, violations: Callable[[Page], list[str]]) -> None:
    agent.keyboard.press("g")
    agent.keyboard.press("t")
    expect(agent).to_have_url(re.compile(r"/tickets/\?filter=open"))

    press(agent, "/")
    expect(agent.locator(".dh-search input[name=q]")).to_be_focused()
    agent.keyboard.type("n")  # in a field, a key is a letter
    expect(agent.locator(".dh-search input[name=q]")).to_have_value("n")
    agent.locator(".dh-search input[name=q]").blur()

    agent.keyboard.press("?")
    keys = agent.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys.get_by_text("All Tickets")).to_be_visible()
    assert violations(agent) == []
    agent.keyboard.press("Escape")
    expect(keys).to_have_count(0)

    agent.keyboard.press("n")
    expect(agent).to_have_url(re.compile(r"/tickets/new/"))


def test_single_keys_can_be_switched_off(agent: Page) -> None:
    agent.keyboard.press("?")
    agent.get_by_role("dialog", name="Keyboard shortcuts").get_by_label("Single keys").uncheck()
    agent.keyboard.press("Escape")

    agent.keyboard.press("g")
    agent.keyboard.press("t")
    agent.keyboard.press("Control+k")

    expect(agent.get_by_role("combobox", name="Search or jump to")).to_be_focused()
    expect(agent).not_to_have_url(re.compile("tickets"))


def keys_over(page: Page) -> Locator:
    press(page, "?")
    return page.get_by_role("dialog", name="Keyboard shortcuts")


def test_the_list_of_keys_is_about_the_page_below(agent: Page) -> None:
    agent.goto("/helpdesk/tickets/?filter=open")
    over_list = keys_over(agent)
    expect(over_list.get_by_text("In a list, with a box in focus")).to_be_visible()
    expect(over_list.get_by_text("On a board, with a card in focus")).to_be_hidden()

    agent.goto("/helpdesk/")
    agent.get_by_role("link", name="Customer Care").first.click()
    expect(agent.locator(".dh-card").first).to_be_visible()
    expect(keys_over(agent).get_by_text("On a board, with a card in focus")).to_be_visible()

    agent.goto("/contacts/?filter=people")
    agent.locator("tr.rec .lead a").first.click()
    expect(agent.locator("#message-body")).to_be_visible()
    over_contact = keys_over(agent)
    expect(over_contact.get_by_text("While you write")).to_be_visible()
    expect(over_contact.get_by_text("Next record")).to_be_visible()
    assert all(name.strip() for name in over_contact.locator("dt").all_inner_texts())
    assert all(cap.strip() for cap in over_contact.locator("kbd").all_inner_texts())


def test_brackets_lead_from_record_to_record(agent: Page) -> None:
    agent.goto("/contacts/?filter=people")
    rows = agent.locator("tr.rec .lead a")
    first, second = (rows.nth(place).inner_text().splitlines()[-1] for place in (0, 1))
    rows.nth(0).click()
    expect(agent.locator("h1")).to_have_text(first)

    press(agent, "]")
    expect(agent.locator("h1")).to_have_text(second)
    press(agent, "[")
    expect(agent.locator("h1")).to_have_text(first)


def test_a_row_is_edited_by_keyboard(agent: Page) -> None:
    agent.goto("/contacts/?q=dorothy")
    link = agent.locator("tr.rec .lead a").first
    link.focus()

    agent.keyboard.press("F2")
    expect(agent.get_by_label("Email of Dorothy Whitcombe")).to_be_focused()
    agent.keyboard.press("Tab")
    expect(agent.get_by_label("Phone of Dorothy Whitcombe")).to_be_focused()
    agent.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_what_is_ones_own_is_found_in_the_palette_and_has_a_menu(agent: Page) -> None:
    agent.keyboard.press("Control+k")
    agent.get_by_role("combobox", name="Search or jump to").fill("my act")
    expect(agent.get_by_role("option", name="My Activities")).to_have_attribute("aria-selected", "true")
    agent.keyboard.press("Enter")

    menu = agent.get_by_role("navigation", name="Personal")
    expect(menu.get_by_role("link", name="My Activities")).to_have_attribute("aria-current", "page")
    menu.get_by_role("link", name="Notifications").click()
    expect(agent.get_by_role("heading", name="Notifications")).to_be_visible()


def test_a_phone_shows_each_facet_whole(desk: Desk, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    desk.sign_in(page, AGENT, DEMO_PASSWORD)
    page.goto("/helpdesk/tickets/?filter=open&filter=mine&group=team&group=created:quarter")

    facets = page.locator(".dh-facet")
    expect(facets).to_have_count(4)
    for facet in facets.all():
        box = facet.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    page.get_by_role("link", name=re.compile("Creation Date")).first.tap()
    expect(facets).to_have_count(3)
