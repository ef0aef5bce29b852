"""What browser tests get: ``desk`` (a running Deskhand), ``browser``, ``page`` (its Chromium), ``violations`` (axe)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from psycopg import sql

from tests.browser.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "test-results"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
#: How long a page may take to show what is expected, on the slowest machine: what comes is not waited for.
PATIENCE_MS = 10_000
expect.set_options(timeout=PATIENCE_MS)
#: The Redis databases of the desks; those of the other tests come before (see the conftest of the tree).
_FIRST_REDIS_DATABASE = 8
_numbers = count(1)
#: Colours on their way to others are nobody's contrast; what never ends is not waited for.
_AT_REST = """Promise.allSettled(
    document.getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
        .map((animation) => animation.finished))"""
#: All rules run; that every element is described which passes them is what takes axe seconds on a long list.
_VIOLATIONS = """axe.run({ resultTypes: ["violations"] }).then((found) => found.violations)"""


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)  # when -m and -k have left out what they leave out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin each half of the tests with those of one desk. The two processes of a parallel run begin there, and take
    from the end of what the other has left (``--dist worksteal``): so each desk is made once.
    """
    here = Path(__file__).parent
    with_demo = [item for item in items if here / "demo" in item.path.parents]
    with_desk = [item for item in items if item.path.parent == here]
    others = [item for item in items if here not in item.path.parents]
    first = max(0, len(items) // 2 - len(with_demo))
    items[:] = with_demo + others[:first] + with_desk + others[first:]


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One Deskhand: tests share it and make their own data in it."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    redis_url = os.environ.get("REDIS_URL", "")
    if redis_url:
        redis_url = urlsplit(redis_url)._replace(path=f"/{_FIRST_REDIS_DATABASE + number % 7}").geturl()
    with fresh_desk(tmp_path_factory.mktemp("desk"), redis_url=redis_url) as running:
        yield running


@contextmanager
def fresh_desk(home: Path, *, redis_url: str = "", commands: Iterable[str] = ("migrate",)) -> Iterator[Desk]:
    """A Deskhand that runs, with a database of the kind that the tests use, after the commands that prepare it."""
    with _database(os.environ.get("DATABASE_URL", "")) as database_url:
        running = Desk(home, database_url=database_url, redis_url=redis_url)
        try:
            for command in commands:
                running.run(command)
            running.start()
            yield running
        finally:
            running.stop()


@contextmanager
def _database(server: str) -> Iterator[str]:
    """A fresh database beside the tests' own on their PostgreSQL, dropped afterwards; "" where they use SQLite."""
    if not server.startswith("postgres"):
        yield ""
        return
    name = f"{urlsplit(server).path[1:]}_desk_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium. Playwright's loop ends with the browser tests, so that others in this process may run loops too."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_executable(), args=FLAGS)
        yield chromium
        chromium.close()


def _executable() -> str:
    chosen = os.environ.get("CHROMIUM", "")
    names = [chosen, "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("There is no Chromium. Run scripts/chromium, or leave these out with -m 'not browser'.")
    return found


@pytest.fixture
def new_page(browser: Browser, desk: Desk, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens a page of a new person (cookies of their own): ``new_page(viewport={"width": 390, "height": 844})``.

    A script that fails, or anything that the content security policy has to stop, fails the test.
    """
    mishaps: list[str] = []
    pages: list[Page] = []

    def open_page(**options: object) -> Page:
        options = {"base_url": desk.url, "viewport": {"width": 1440, "height": 900}, "locale": "en-GB"} | options
        page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: mishaps.append(f"{page.url}: {error}"))
        page.on("console", lambda said: mishaps.append(said.text) if "Content Security Policy" in said.text else None)
        pages.append(page)
        return page

    yield open_page
    keep_pictures_of_a_failure(request, pages)
    for page in pages:  # a page that stays open goes on asking for what changes
        page.context.close()
    assert not mishaps


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong on a page: one line each, empty when nothing is."""
    source = (ROOT / "node_modules/axe-core/axe.min.js").read_text()

    def look(page: Page) -> list[str]:
        page.evaluate(_AT_REST)
        page.evaluate(source)
        found = page.evaluate(_VIOLATIONS)
        return [f"{rule['id']}: {rule['help']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]

    return look


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


def keep_pictures_of_a_failure(request: pytest.FixtureRequest, pages: list[Page]) -> None:
    """What the pages of a test that failed show, in ``test-results``."""
    if not request.node.stash.get(_FAILED, False):
        return
    ARTEFACTS.mkdir(exist_ok=True)
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=ARTEFACTS / f"{request.node.name}-{number}.png", full_page=True)
