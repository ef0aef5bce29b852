"""A long board scrolls by itself: its headings stay, cards are dragged however far it is scrolled, and it is found
again as it was left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import Desk
from tests.browser.held import Held
from tests.browser.test_touch import PHONE, STAGE, Finger, middle

MAKE_BOARD = """
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
from deskhand.support.teams.public import TeamSettings, create_team
from deskhand.support.tickets.testing import make_ticket
company = make_company(name="{name} AS")
make_agent(company, email="{name}@board.example", name="Jonas Weber")
team = create_team(TeamSettings(name="{name}", company=company))
numbers = [make_ticket(team=team, title=f"Card number {{place:02}}").pk for place in range({cards}, 0, -1)]
print(team.pk, numbers[-{card}])
"""
#: The card that is dragged, and how many there are: more than the first answer brings.
CARD, CARDS = 20, 30
TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True, "reduced_motion": "reduce"}
IN_SIGHT = """(element) => {
  const box = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(8, box.height / 2)));
}"""
_numbers = count(1)


@pytest.fixture
def open_board(desk: Desk, new_page: Callable[..., Page]) -> Callable[..., tuple[Page, int]]:
    """An agent's board with many cards in its first column: the page, and the ticket of :data:`CARD`."""

    def make(cards: int = CARDS, **options: object) -> tuple[Page, int]:
        name = f"long-board-{next(_numbers)}"
        made = desk.shell(MAKE_BOARD.format(name=name, cards=cards, card=CARD))
        team, ticket = (int(pk) for pk in made.split())
        page = new_page(**({"viewport": {"width": 1100, "height": 800}, "reduced_motion": "reduce"} | options))
        desk.sign_in(page, f"{name}@board.example")
        page.goto(f"/helpdesk/teams/{team}/board/")
        expect(card(page, CARD)).to_be_attached()
        return page, ticket

    return make


def card(page: Page, number: int) -> Locator:
    return page.locator(".dh-card", has_text=f"Card number {number:02}")


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def scrolled(page: Page) -> tuple[float, float]:
    left, top = page.locator("#board").evaluate("board => [board.scrollLeft, board.scrollTop]")
    return left, top


def scroll_to(page: Page, number: int) -> None:
    """Scrolls by wheel, as people do, until the card stands still in the middle."""
    place, before = card(page, number), 0.0
    page.mouse.move(200, 400)
    for _turn in range(60):
        box = place.bounding_box()
        assert box is not None
        is_in_the_middle = 250 < box["y"] < 500
        if is_in_the_middle and box["y"] == before:
            return
        if not is_in_the_middle:
            page.mouse.wheel(0, 120 if box["y"] > 400 else -60)
        before = box["y"]
        page.wait_for_timeout(50)
    raise AssertionError("the card does not come into sight")


def test_headings_stay_while_cards_scroll(
    open_board: Callable[..., tuple[Page, int]], violations: Callable[[Page], list[str]]
) -> None:
    page, _ticket = open_board()

    scroll_to(page, CARD)

    assert page.evaluate("scrollY") == 0
    for name in ("New", "In Progress"):
        assert column(page, name).locator("h2").evaluate(IN_SIGHT)
    column(page, "New").get_by_label("Settings of stage New").click()
    fold = page.get_by_role("button", name="Fold", exact=True)
    assert fold.evaluate(IN_SIGHT)
    page.keyboard.press("Escape")
    assert violations(page) == []


def test_a_card_is_dragged_between_columns_of_a_scrolled_board(
    desk: Desk, open_board: Callable[..., tuple[Page, int]]
) -> None:
    page, ticket = open_board()
    scroll_to(page, CARD)
    start = middle(card(page, CARD))
    heading = column(page, "In Progress").locator("h2").bounding_box()
    assert heading is not None

    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 20, start[1], steps=4)
    page.mouse.move(heading["x"] + 60, start[1] + 20, steps=12)
    with page.expect_response(lambda response: "/stage/" in response.url):
        page.mouse.up()

    expect(column(page, "In Progress").locator(".dh-card", has_text=f"Card number {CARD:02}")).to_be_attached()
    assert desk.shell(STAGE.format(pk=ticket)).strip() == "In Progress"
    assert scrolled(page)[1] > 0


def test_a_card_changes_its_place_on_a_scrolled_board(open_board: Callable[..., tuple[Page, int]]) -> None:
    page, _ticket = open_board()
    scroll_to(page, CARD)
    start, (_x, below) = middle(card(page, CARD)), middle(card(page, CARD + 1))

    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 5, start[1] + 10, steps=4)
    page.mouse.move(start[0], below + 25, steps=12)
    with page.expect_response(lambda response: "/stage/" in response.url):
        page.mouse.up()

    page.reload()
    titles = column(page, "New").locator(".dh-card h3").all_inner_texts()
    assert titles.index(f"Card number {CARD:02}") == titles.index(f"Card number {CARD + 1:02}") + 1


def test_a_board_scrolls_on_when_a_card_is_held_at_its_edge(open_board: Callable[..., tuple[Page, int]]) -> None:
    page, _ticket = open_board()
    x, y = middle(card(page, 1))

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 5, y + 10, steps=4)
    for step in range(100):
        page.mouse.move(x, 780 + step % 2, steps=2)
        page.wait_for_timeout(60)
        if scrolled(page)[1] > 200:
            break

    assert scrolled(page)[1] > 200
    with page.expect_response(lambda response: "/stage/" in response.url):
        page.mouse.up()


def test_a_card_is_dragged_by_touch_on_a_scrolled_board(
    desk: Desk, open_board: Callable[..., tuple[Page, int]]
) -> None:
    page, ticket = open_board(**TABLET)
    scroll_to(page, CARD)
    x, y = middle(card(page, CARD))
    heading = column(page, "In Progress").locator("h2").bounding_box()
    assert heading is not None

    with page.expect_response(lambda response: "/stage/" in response.url):
        Finger(page).drag((x, y), (heading["x"] + 60, y + 20), rest=400)

    expect(column(page, "In Progress").locator(".dh-card", has_text=f"Card number {CARD:02}")).to_be_attached()
    assert desk.shell(STAGE.format(pk=ticket)).strip() == "In Progress"


def test_a_phone_keeps_stages_and_heading_in_sight(open_board: Callable[..., tuple[Page, int]]) -> None:
    page, _ticket = open_board(**PHONE)
    card(page, CARD).scroll_into_view_if_needed()
    stage = page.locator(".dh-stagepick").get_by_text("In Progress")

    assert page.evaluate("scrollY") > 500
    assert stage.evaluate(IN_SIGHT)
    assert page.get_by_label("Quick create in New").evaluate(IN_SIGHT)
    Finger(page).drag(middle(card(page, CARD)), middle(stage), rest=400)
    expect(page.locator(".dh-stagepick a", has_text="In Progress")).to_contain_text("1")


def test_a_card_that_is_walked_to_is_never_below_the_heading(open_board: Callable[..., tuple[Page, int]]) -> None:
    page, _ticket = open_board()
    card(page, CARD).focus()

    for _step in range(CARD - 1):
        page.keyboard.press("ArrowUp")
        assert page.evaluate(f"({IN_SIGHT})(document.activeElement)")
    expect(card(page, 1)).to_be_focused()

    page.keyboard.press("Space")
    for _step in range(CARD):
        page.keyboard.press("ArrowDown")
    assert page.evaluate(f"({IN_SIGHT})(document.activeElement)")
    with page.expect_response(lambda response: "/stage/" in response.url):
        page.keyboard.press("Space")


def test_changes_of_others_leave_a_board_where_it_was_scrolled_to(
    desk: Desk, open_board: Callable[..., tuple[Page, int]]
) -> None:
    page, ticket = open_board()
    scroll_to(page, CARD)
    before = scrolled(page)

    desk.shell(RENAME.format(pk=ticket))

    expect(page.locator(".dh-card", has_text="Renamed by somebody else")).to_be_attached()
    assert scrolled(page) == before


RENAME = """
from deskhand.kit.clock import now
from deskhand.support.tickets.services.editing import edit_ticket
edit_ticket({pk}, {{"title": "Renamed by somebody else"}}, by=None, at=now())
"""


def test_what_changes_while_a_board_is_still_being_opened_is_seen(
    desk: Desk, open_board: Callable[..., tuple[Page, int]]
) -> None:
    page, ticket = open_board()
    scripts = Held(page, r"\.js$", method="GET")
    page.reload(wait_until="commit")
    scripts.wait()

    desk.shell(RENAME.format(pk=ticket))
    scripts.release()

    expect(page.locator(".dh-card", has_text="Renamed by somebody else")).to_be_attached()


def test_what_comes_in_works_at_once(open_board: Callable[..., tuple[Page, int]]) -> None:
    page, _ticket = open_board()
    page.evaluate(SEND_AT_ONCE)

    with page.expect_response(lambda response: response.request.method == "POST") as sent:
        page.get_by_label("Quick create in New").click()

    assert "hx-request" in sent.value.request.headers
    expect(page.locator(".dh-card", has_text="Made in no time")).to_be_attached()


#: Quicker than anybody is: five milliseconds after the form came.
SEND_AT_ONCE = """() => {
  new MutationObserver((_changes, observer) => {
    const form = document.querySelector("form.dh-quick");
    if (!form) return;
    observer.disconnect();
    form.querySelector("[name=title]").value = "Made in no time";
    setTimeout(() => form.requestSubmit(), 5);
  }).observe(document.body, { childList: true, subtree: true });
}"""


def test_an_answer_from_before_leaves_a_card_in_the_hand_that_moves_it(
    desk: Desk, open_board: Callable[..., tuple[Page, int]]
) -> None:
    page, ticket = open_board()
    answer = Held(page, r"/board/", method="GET", answered=True)
    desk.shell(RENAME.format(pk=ticket))
    answer.wait()

    card(page, 1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    with page.expect_response(lambda response: "/board/" in response.url):
        answer.release()
    expect(column(page, "In Progress").locator(".dh-card")).to_have_count(1)
    with page.expect_response(lambda response: "/stage/" in response.url):
        page.keyboard.press("Space")

    expect(column(page, "In Progress").locator(".dh-card")).to_contain_text("Card number 01")
    expect(page.locator(".dh-card", has_text="Renamed by somebody else")).to_be_attached()
    page.reload()
    expect(column(page, "In Progress").locator(".dh-card")).to_contain_text("Card number 01")


def test_cards_that_are_moved_while_an_answer_is_on_its_way_are_all_moved(
    desk: Desk, open_board: Callable[..., tuple[Page, int]]
) -> None:
    page, ticket = open_board()
    answer = Held(page, r"/board/", method="GET", answered=True)
    desk.shell(RENAME.format(pk=ticket))
    answer.wait()

    for number in (1, 2, 3):
        card(page, number).focus()
        for key in ("Space", "ArrowRight", "Space"):
            page.keyboard.press(key)
    answer.release()

    for number in (1, 2, 3):
        expect(column(page, "In Progress")).to_contain_text(f"Card number {number:02}")
    page.reload()
    expect(column(page, "In Progress").locator(".dh-card")).to_have_count(3)


#: Where one is, is kept when the scrolling is over.
UNTIL_KEPT = """async (top) => {
  const isKept = () => history.state?.board?.[1] === top;
  for (let turn = 0; turn < 500 && !isKept(); turn++) await new Promise((done) => setTimeout(done, 20));
}"""


def test_the_way_back_leads_to_where_one_was(open_board: Callable[..., tuple[Page, int]]) -> None:
    page, _ticket = open_board(cards=60)
    page.locator("#board").evaluate("board => board.scrollTo(40, 6000)")
    expect(page).to_have_url(re.compile("limit=80"))
    expect(card(page, 60)).to_be_attached()
    page.locator("#board").evaluate("board => board.scrollTo(40, 4800)")
    page.evaluate(UNTIL_KEPT, 4800)
    left, _top = scrolled(page)

    page.mouse.click(200, 400)
    expect(page).to_have_url(re.compile(r"/tickets/\d+/"))
    page.go_back()

    expect(card(page, 60)).to_be_attached()
    expect(page.locator("#board")).to_have_js_property("scrollTop", 4800)
    expect(page.locator("#board")).to_have_js_property("scrollLeft", left)
