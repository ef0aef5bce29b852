"""Whether what stands on a page fits it."""

from __future__ import annotations

from playwright.sync_api import Page

#: What measures its room has had its turn by then. Anything that sticks out is named only where the page grows by it:
#: what scrolls in a box of its own may.
_STICKS_OUT = """
async () => {
  for (let turn = 0; turn < 2; turn++) await new Promise(requestAnimationFrame);
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > room + 1)
    .map((element) => element.outerHTML.slice(0, 120));
}
"""


def sticks_out(page: Page) -> list[str]:
    """What sticks out of the page to the right: the beginning of each element, empty when nothing does."""
    found: list[str] = page.evaluate(_STICKS_OUT)
    return found
