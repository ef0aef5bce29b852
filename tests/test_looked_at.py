"""Every page of the house is among those that the browser looks at."""

from __future__ import annotations

import re

from django.urls import resolve

from tests.browser.demo import pages
from tests.rights.lines import Door
from tests.rights.table import parts


def _routes() -> set[str]:
    """What can be asked for, by the table of rights, which complains of what is not in it."""
    return {
        line.view for lines in parts().values() for line in lines if isinstance(line, Door) and line.method == "GET"
    }


def _looked_at() -> set[str]:
    """By their names: whatever stands for a key in an address."""
    addresses = (path.partition("?")[0].replace("{link}", "/t/secret/") for _who, path in pages.PAGES)
    return {resolve(re.sub(r"\{\w+\}", "1", address)).view_name for address in addresses}


def _known_not_to_be_pages() -> set[str]:
    return {*pages.PARTS, *pages.FILES, *pages.WAYS, *pages.SEEN_BY_WALKS}


def test_the_browser_looks_at_every_page() -> None:
    missing = {route for route in _routes() if not route.endswith("-export")} - _looked_at() - _known_not_to_be_pages()

    assert missing == set(), "Put them into tests/browser/demo/pages.py"


def test_what_is_said_to_be_no_page_is_asked_for_and_not_looked_at() -> None:
    assert _known_not_to_be_pages() - _routes() == set()
    assert _known_not_to_be_pages() & _looked_at() == set()
