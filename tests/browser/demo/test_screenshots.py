"""Pictures of the demo data for README and guide: ``make screenshots`` puts them into ``docs/screenshots``."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ARTEFACTS
from tests.browser.desk import Desk

PICTURES = Path(os.environ.get("SCREENSHOTS") or ARTEFACTS)
AGENT = "amara@nordlys.example"
DEMO_PASSWORD = "nordlys-demo"


@pytest.fixture(autouse=True)
def _folder() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)


def test_pictures_of_board_and_ticket(
    desk: Desk, new_page: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    page = new_page(color_scheme="light")
    desk.sign_in(page, AGENT, DEMO_PASSWORD)

    page.get_by_role("link", name="Customer Care").first.click()
    cards = page.locator(".dh-card")
    expect(cards.nth(9)).to_be_visible()
    assert violations(page) == []
    page.screenshot(path=PICTURES / "board.png")

    cards.first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/tickets/\d+/"))
    assert violations(page) == []
    page.screenshot(path=PICTURES / "ticket.png")
