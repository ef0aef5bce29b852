from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.desk import PASSWORD, Desk

MAKE_AGENT = """
from deskhand.base.accounts.testing import make_agent
make_agent(email="{email}", name="Ines Vale")
"""


def test_sign_in_page_has_nothing_that_hinders_anybody(
    desk: Desk, page: Page, violations: Callable[[Page], list[str]]
) -> None:
    page.goto("/account/login/")

    expect(page.locator("input[name=login]")).to_be_visible()
    assert violations(page) == []


def test_an_agent_signs_in_with_the_right_password_only(desk: Desk, page: Page) -> None:
    desk.shell(MAKE_AGENT.format(email="ines@desk.example"))

    page.goto("/account/login/")
    page.locator("input[name=login]").fill("ines@desk.example")
    page.locator("input[name=password]").fill("not her password")
    page.locator("input[name=password]").press("Enter")
    expect(page).to_have_url(f"{desk.url}/account/login/")

    desk.sign_in(page, "ines@desk.example", PASSWORD)
    assert "/account/login" not in page.url
