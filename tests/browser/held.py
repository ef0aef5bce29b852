"""A slow server, for tests of what happens while a request is on its way."""

from __future__ import annotations

import re

from playwright.sync_api import APIResponse, Page, Route


class Held:
    """What a page sends to addresses that ``pattern`` finds is on its way until :meth:`release`: a slow server."""

    def __init__(self, page: Page, pattern: str, *, method: str = "POST", answered: bool = False) -> None:
        self.page, self.method, self.answered, self.is_open = page, method, answered, False
        self.kept: list[tuple[Route, APIResponse | None]] = []
        page.route(re.compile(pattern), self._hold)

    def wait(self) -> None:
        """Until something is on its way.

        :raises AssertionError: nothing is after ten seconds.
        """
        for _turn in range(500):
            if self.kept:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError("Nothing that is waited for was sent.")

    def release(self) -> None:
        """Lets everything through, in its order, and holds nothing any more."""
        self.is_open = True
        for route, answer in self.kept:
            if answer:
                route.fulfill(response=answer)
            else:
                route.continue_()

    def _hold(self, route: Route) -> None:
        if self.is_open or route.request.method != self.method:
            route.fallback()
        else:
            self.kept.append((route, route.fetch() if self.answered else None))
