"""Every page of the demo company, by day on a desk and by night on a phone: it answers, fits, and hinders nobody."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from tests.browser.conftest import keep_pictures_of_a_failure
from tests.browser.demo.pages import KEYS, PAGES, PASSWORD
from tests.browser.desk import Desk
from tests.browser.fitting import sticks_out

#: Width, height and appearance in which each page is looked at, and the width that it has to fit after that: 320 pixels
#: are what WCAG 2.2 asks for (1.4.10, Reflow).
VIEWS: list[tuple[int, int, Literal["light", "dark"], int]] = [(1440, 900, "light", 1920), (390, 844, "dark", 320)]


@pytest.fixture(scope="module")
def keys(desk: Desk) -> dict[str, Any]:
    """The records whose pages are looked at."""
    found: dict[str, Any] = json.loads(desk.shell(KEYS))
    return found


@pytest.fixture(scope="module")
def page_of(desk: Desk, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """The page of somebody who signed in (``""``: of nobody). It is theirs for all tests: opening a window takes longer
    than what is looked at in it."""
    pages: dict[str, Page] = {}

    def find(email: str) -> Page:
        if email not in pages:
            page = pages[email] = browser.new_page(base_url=desk.url, locale="en-GB")
            page.set_default_timeout(10_000)
            if email:
                desk.sign_in(page, email, PASSWORD)
        return pages[email]

    yield find
    for page in pages.values():
        page.context.close()


@pytest.fixture
def looked_at(page_of: Callable[[str], Page], who: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page of ``who``, and nothing on it afterwards that goes on asking. What goes wrong in it fails the test."""
    page, said = page_of(who), list[str]()

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    def catch(error: Error) -> None:
        said.append(str(error))

    page.on("console", hear)
    page.on("pageerror", catch)
    yield page
    keep_pictures_of_a_failure(request, [page])
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", catch)
    page.goto("about:blank")
    assert said == []


@pytest.mark.parametrize(
    ("who", "path"), PAGES, ids=[f"{who.partition('@')[0] or 'anybody'}:{path}" for who, path in PAGES]
)
def test_page(looked_at: Page, keys: dict[str, Any], violations: Callable[[Page], list[str]], path: str) -> None:
    page = looked_at
    for width, height, scheme, then in VIEWS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        response = page.goto(path.format(**keys))

        assert response is not None
        assert response.status == 200
        assert "/account/login/" not in page.url or path == "/account/login/"
        assert sticks_out(page) == []
        assert violations(page) == []
        page.set_viewport_size({"width": then, "height": height})
        assert sticks_out(page) == []
