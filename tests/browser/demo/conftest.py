"""Tests that look at Deskhand with the demo data, as a newcomer sees it: their ``desk`` is one of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import fresh_desk
from tests.browser.desk import Desk


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with fresh_desk(tmp_path_factory.mktemp("demo"), commands=["migrate", "demo"]) as running:
        yield running
