"""Getting about by keyboard: the palette, the search, the shortcuts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

AGENT = "amara@nordlys.example"
DEMO_PASSWORD = "nordlys-demo"


@pytest.fixture
def desk(demo_desk: Desk) -> Desk:
    return demo_desk


@pytest.fixture
def agent(desk: Desk, new_page: Callable[..., Page]) -> Page:
    page = new_page()
    desk.sign_in(page, AGENT, DEMO_PASSWORD)
    return page


def test_a_page_is_reached_by_a_few_letters(agent: Page, violations: Callable[[Page], list[str]]) -> None:
    agent.keyboard.press("Control+k")
    field = agent.get_by_role("combobox", name="Search or jump to")
    expect(field).to_be_focused()

    field.fill("all tick")
    expect(agent.get_by_role("option", name="All Tickets")).to_have_attribute("aria-selected", "true")
    assert violations(agent) == []
    field.press("Enter")

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
    agent.keyboard.press("Control+k")

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

    agent.keyboard.press("/")
    expect(agent.locator(".dh-search input[name=q]")).to_be_focused()
    agent.keyboard.type("n")  # in a field, a key is a letter
    expect(agent.locator(".dh-search input[name=q]")).to_have_value("n")
    agent.locator(".dh-search input[name=q]").blur()

    agent.keyboard.press("?")
    keys = agent.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys.get_by_text("All Tickets")).to_be_visible()
    assert violations(agent) == []
    agent.keyboard.press("Escape")

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
