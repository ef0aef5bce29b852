"""The board on a phone: a finger that rests on a card takes it along, one that wipes scrolls."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.desk import Desk

MAKE_BOARD = """
from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
from deskhand.support.teams.public import TeamSettings, create_team
from deskhand.support.tickets.testing import make_ticket
company = make_company(name="{name} AS")
make_agent(company, email="{name}@touch.example", name="Jonas Weber")
team = create_team(TeamSettings(name="{name}", company=company))
lower, upper = make_ticket(team=team, title="Lower card"), make_ticket(team=team, title="Upper card")
print(team.pk, lower.pk, upper.pk)
"""
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
    "reduced_motion": "reduce",
}
STAGE = "from deskhand.support.tickets.models import Ticket; print(Ticket.objects.get(pk={pk}).stage.name)"


class Finger:
    """One finger, as the device reports it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._device: CDPSession = page.context.new_cdp_session(page)

    def down(self, x: float, y: float) -> None:
        self._send("touchStart", [{"x": x, "y": y}])

    def move(self, x: float, y: float) -> None:
        self._send("touchMove", [{"x": x, "y": y}])
        self._page.wait_for_timeout(30)

    def up(self) -> None:
        self._send("touchEnd", [])

    def drag(self, start: tuple[float, float], end: tuple[float, float], *, rest: int) -> None:
        """From ``start`` to ``end`` after ``rest`` milliseconds without moving."""
        self.down(*start)
        self._stay(rest)
        for step in range(1, 13):
            self.move(*(a + (b - a) * step / 12 for a, b in zip(start, end, strict=True)))
        self._stay(150)
        self.up()

    def _stay(self, milliseconds: int) -> None:
        """By the clock of the page: one that is busy sees the finger for as long as one that is not."""
        self._page.evaluate("time => new Promise(done => setTimeout(done, time))", milliseconds)

    def _send(self, kind: str, points: list[dict[str, float]]) -> None:
        self._device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def middle(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture
def board(desk: Desk, new_page: Callable[..., Page], request: pytest.FixtureRequest) -> tuple[Page, int, int, int]:
    """The board in an agent's phone: page, team, lower and upper ticket."""
    name = request.node.name.removeprefix("test_").replace("_", "-")[:40]
    team, lower, upper = (int(pk) for pk in desk.shell(MAKE_BOARD.format(name=name)).split())
    page = new_page(**PHONE)
    desk.sign_in(page, f"{name}@touch.example")
    page.goto(f"/helpdesk/teams/{team}/board/")
    expect(page.locator(".dh-card")).to_have_count(2)
    return page, team, lower, upper


def test_a_card_goes_to_another_stage_by_touch(desk: Desk, board: tuple[Page, int, int, int]) -> None:
    page, _team, _lower, upper = board
    card = page.locator(".dh-card", has_text="Upper card")
    stage = page.locator(".dh-stagepick").get_by_text("In Progress")

    Finger(page).drag(middle(card), middle(stage), rest=400)

    expect(page.locator(".dh-stagepick a", has_text="In Progress")).to_contain_text("1")
    assert desk.shell(STAGE.format(pk=upper)).strip() == "In Progress"


def test_a_card_changes_its_place_by_touch(desk: Desk, board: tuple[Page, int, int, int]) -> None:
    page, _team, _lower, _upper = board
    cards = page.locator(".dh-card")
    first, last = cards.first, cards.last
    title = first.locator("h3").inner_text()
    x, y = middle(last)

    with page.expect_response(lambda response: "/stage/" in response.url):
        Finger(page).drag(middle(first), (x, y + 30), rest=400)

    expect(cards.last).to_contain_text(title)
    page.reload()
    expect(cards.last).to_contain_text(title)


def test_wiping_over_cards_moves_none(desk: Desk, board: tuple[Page, int, int, int]) -> None:
    page, _team, _lower, upper = board
    card = page.locator(".dh-card", has_text="Upper card")
    stage = page.locator(".dh-stagepick").get_by_text("In Progress")

    Finger(page).drag(middle(card), middle(stage), rest=0)

    page.wait_for_timeout(500)
    assert desk.shell(STAGE.format(pk=upper)).strip() == "New"


def test_a_tap_opens_the_ticket(board: tuple[Page, int, int, int]) -> None:
    page, _team, _lower, upper = board
    page.locator(".dh-card", has_text="Upper card").tap()

    page.wait_for_url(f"**/tickets/{upper}/")


def test_a_stage_is_folded_and_filled_with_one_hand(desk: Desk, board: tuple[Page, int, int, int]) -> None:
    page, _team, _lower, _upper = board
    stage = page.locator(".dh-col.cur")

    stage.get_by_label("Quick create in New").tap()
    page.get_by_label("Title").fill("Made on the tram")
    page.get_by_role("button", name="Add", exact=True).tap()
    expect(stage.locator(".dh-card", has_text="Made on the tram")).to_be_visible()
    page.get_by_role("button", name="Discard").tap()
    expect(page.locator(".dh-quick")).to_have_count(0)

    stage.get_by_label("Settings of stage New").tap()
    page.get_by_role("button", name="Fold").tap()
    expect(page.locator(".dh-fold", has_text="New")).to_have_count(1)


def test_what_stands_over_a_board_takes_two_rows(board: tuple[Page, int, int, int]) -> None:
    page, _team, _lower, _upper = board
    title, views = page.locator("h1"), page.get_by_role("group", name="View")

    assert abs(middle(title)[1] - middle(views)[1]) < 8
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]  # type: ignore[index]


def test_a_long_address_is_read_whole_on_a_ticket(desk: Desk, board: tuple[Page, int, int, int]) -> None:
    page, _team, lower, _upper = board
    desk.shell(
        "from deskhand.support.tickets.models import Ticket;"
        f" Ticket.objects.filter(pk={lower}).update(customer_email='annegret.schmidt@brauhaus-geraete.example')"
    )
    page.goto(f"/helpdesk/tickets/{lower}/")

    assert page.get_by_label("Email", exact=True).evaluate("field => field.scrollWidth <= field.clientWidth")
