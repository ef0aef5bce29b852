"""Many records at once, as a person does it: by mouse, keyboard and finger, with a way back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

ADMIN, PASSWORD = "amara@nordlys.example", "nordlys-demo"


def test_tickets_are_archived_and_come_back(desk: Desk, page: Page, violations: Callable[[Page], list[str]]) -> None:
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/helpdesk/tickets/?filter=open&sort=number")
    boxes = page.get_by_label(re.compile("^Select #"))
    third = page.locator(f"tr.rec:has(input[name=pk][value='{boxes.nth(2).input_value()}'])")

    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.get_by_role("status").filter(has_text="3 selected")).to_be_visible()
    assert violations(page) == []
    page.locator(".dh-mass summary").click()
    page.get_by_role("button", name="Archive").click()

    expect(page.get_by_text("3 tickets archived.")).to_be_visible()
    expect(third).to_have_count(0)

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("3 records are as they were.")).to_be_visible()
    expect(third).to_be_visible()


def test_rows_are_ticked_by_keyboard(desk: Desk, page: Page) -> None:
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/contacts/")
    boxes = page.get_by_label(re.compile("^Select [^a]"))

    boxes.nth(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_text("2 selected")).to_be_visible()
    expect(boxes.nth(2)).to_be_focused()

    page.keyboard.press("Control+a")
    expect(page.get_by_label("Select all on this page")).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator(".dh-mass")).to_be_hidden()


def test_rows_are_ticked_by_finger_and_what_is_refused_is_listed(
    desk: Desk, new_page: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, color_scheme="dark")
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/contacts/?q=jan-hinrich")

    page.locator("tr.rec .sel").nth(0).tap()
    expect(page.get_by_text("1 selected")).to_be_visible()
    page.locator(".dh-mass summary").tap()
    assert violations(page) == []
    page.get_by_role("button", name="Delete").tap()
    page.locator("#dh-confirm").get_by_role("button", name="Delete").tap()

    expect(page.locator("#dh-popup")).to_contain_text("1 record stays as it was")
    expect(page.locator("#dh-popup")).to_contain_text("Archive it instead.")


def test_cells_are_edited_in_place(desk: Desk, page: Page, violations: Callable[[Page], list[str]]) -> None:
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/contacts/?q=dorothy")
    cells = page.locator("tr.rec td[data-edit]")

    cells.nth(0).click()
    editor = page.get_by_label("Email of Dorothy Whitcombe")
    expect(editor).to_be_focused()
    editor.fill("not an address")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enter a valid email address.")).to_be_visible()
    assert violations(page) == []

    editor.fill("dorothy@postbox.example")
    page.keyboard.press("Tab")
    expect(page.get_by_text("dorothy@postbox.example")).to_be_visible()
    phone = page.get_by_label("Phone of Dorothy Whitcombe")
    expect(phone).to_be_focused()
    phone.fill("12345")
    page.keyboard.press("Escape")
    expect(phone).to_have_count(0)
    expect(page.get_by_text("12345")).to_have_count(0)
    expect(page.get_by_role("link", name="Dorothy Whitcombe")).to_be_focused()

    page.keyboard.press("F2")
    expect(page.get_by_label("Email of Dorothy Whitcombe")).to_have_value("dorothy@postbox.example")


def test_a_file_becomes_contacts(desk: Desk, page: Page, violations: Callable[[Page], list[str]]) -> None:
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/contacts/")
    page.locator(".dh-crumbs summary").click()
    page.get_by_role("link", name="Import…").click()
    people = b"Who;E-Mail;Country\nZita Importova;zita@import.example;Norway\nYves Importe;no address;Norway\n"
    page.set_input_files("input[type=file]", {"name": "people.csv", "mimeType": "text/csv", "buffer": people})
    page.get_by_role("button", name="Upload").click()

    page.get_by_label("Who").select_option("Name *")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("cell", name="Enter a valid email address.")).to_be_visible()
    assert violations(page) == []

    page.get_by_label("E-Mail").select_option("(leave out)")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("2 records created, 0 updated.")).to_be_visible()
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("2 records created, 0 updated.")).to_be_visible()
    page.goto("/contacts/?q=import")
    expect(page.locator("tr.rec")).to_have_count(2)


CHANGE = """
from deskhand.kit.clock import now
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.services.editing import edit_ticket
edit_ticket({pk}, {{"title": "{title}"}}, by=None, at=now())
"""


def keys(page: Page) -> list[str]:
    found: list[str] = page.locator("tr.rec input[name=pk]").evaluate_all("boxes => boxes.map(box => box.value)")
    return found


def test_a_list_changes_by_itself_and_keeps_what_one_is_busy_with(desk: Desk, page: Page) -> None:
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/helpdesk/tickets/?filter=open&sort=number")
    first, second, third = keys(page)[:3]
    page.locator(f"#row-{second} input[name=pk]").check()
    page.locator(f"#row-{third} td[data-edit]").first.click()
    editor = page.locator(f"#row-{third} .dh-cell").locator("input, select").first
    expect(editor).to_be_focused()
    page.evaluate("scrollTo({top: 300, behavior: 'instant'})")
    for number in (first, third):
        desk.shell(CHANGE.format(pk=number, title=f"Changed {number}"))

    expect(page.locator(f"#row-{first}")).to_contain_text(f"Changed {first}")
    expect(page.locator(f"#row-{second} input[name=pk]")).to_be_checked()
    expect(page.get_by_text("1 selected")).to_be_visible()
    expect(editor).to_be_focused()
    assert page.evaluate("scrollY") == 300
    page.keyboard.press("Escape")
    expect(page.locator(f"#row-{third}")).to_contain_text(f"Changed {third}")


def test_stars_that_are_clicked_in_a_row_are_seen_at_once(desk: Desk, page: Page) -> None:
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/helpdesk/tickets/?filter=open&sort=priority")
    stars = page.locator("tr.rec").first.locator(".dh-stars")
    expect(stars.locator(".on")).to_have_count(0)
    key = keys(page)[0]
    stars.get_by_role("button", name="Medium").click()

    expect(page.locator(f"#row-{key} .dh-stars .on")).to_have_count(1)


def test_a_kanban_changes_by_itself(desk: Desk, page: Page) -> None:
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/helpdesk/tickets/?filter=open&view=kanban&group=assignee")
    card = page.locator(".dh-card").first
    number = card.get_attribute("data-id")
    desk.shell(CHANGE.format(pk=number, title="Seen at once"))

    expect(page.locator(f".dh-card[data-id='{number}']")).to_contain_text("Seen at once")


def test_one_leafs_from_ticket_to_ticket_from_the_board_and_back(desk: Desk, page: Page) -> None:
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/helpdesk/teams/1/board/")
    names = page.locator(".dh-card h3 a")
    first, second = names.nth(0).inner_text(), names.nth(1).inner_text()
    names.nth(0).click()
    expect(page.locator("#id_title")).to_have_value(first)

    page.get_by_label("Next record").click()
    expect(page.locator("#id_title")).to_have_value(second)
    page.reload()
    page.get_by_label("Previous record").click()
    expect(page.locator("#id_title")).to_have_value(first)


def test_one_leafs_by_thumb_and_still_after_saving_a_team(desk: Desk, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/helpdesk/tickets/?filter=open&sort=number")
    page.locator("tr.rec .lead").first.tap()
    page.get_by_label("Next record").tap()
    expect(page.get_by_label("Previous record")).to_be_visible()

    page.goto("/helpdesk/teams/")
    page.locator("tr.rec .lead").first.tap()
    page.get_by_label("Description").fill("We answer within one working day.")
    page.wait_for_load_state()  # before, the keys belong to the browser
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_label("Next record").tap()
    expect(page.get_by_label("Previous record")).to_be_visible()


def test_text_in_a_row_can_be_selected_and_a_click_beside_it_opens_the_record(desk: Desk, page: Page) -> None:
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/helpdesk/tickets/?filter=open&sort=number")
    name = page.locator("tr.rec").first.locator(".at-start bdi").first
    box = name.bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + 8, steps=4)
    page.mouse.up()
    selected = page.evaluate("String(getSelection())").strip()
    assert selected
    assert selected in name.inner_text()
    assert page.url.endswith("sort=number")

    page.evaluate("getSelection().empty()")
    with page.expect_popup() as opened:
        name.click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url(re.compile(r"/tickets/\d+/"))
    opened.value.close()
    name.click()
    page.wait_for_url(re.compile(r"/tickets/\d+/"))


def test_a_cell_is_edited_by_finger(desk: Desk, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/helpdesk/tickets/?filter=open&sort=number")
    row = page.locator("tr.rec").first
    row.locator("td.at-end-2[data-edit]").tap()
    stage = row.get_by_role("combobox")
    expect(stage).to_be_focused()
    chosen = stage.locator("option").nth(1).inner_text()
    stage.select_option(chosen)
    page.locator(".dh-cp h1").tap()

    expect(row.locator("td.at-end-2")).to_have_text(chosen)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    row.locator(".lead").tap()
    page.wait_for_url(re.compile(r"/tickets/\d+/"))


#: The demo lets some customers call, others write, by the time of day: which tickets came by mail is asked.
NEWEST_BY_MAIL = """
from deskhand.support.tickets.models import Ticket
print(Ticket.objects.filter(channel="mail").latest("pk").pk)
"""


def test_header_buttons_that_find_no_room_stand_under_more(desk: Desk, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1440, "height": 900})
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto(f"/helpdesk/tickets/{desk.shell(NEWEST_BY_MAIL).strip()}/")
    head = page.locator("#ticket-head")
    more, mail = head.locator("[data-more]"), head.locator(".dh-overflow > button", has_text="Original mail")
    expect(mail).to_be_visible()
    expect(more).to_be_hidden()
    page.set_viewport_size({"width": 320, "height": 700})
    expect(mail).to_be_hidden()
    expect(more).to_be_visible()

    more.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while not more.get_by_role("button").last.evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
    expect(more.get_by_role("button").last).to_have_text("Original mail")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Outcome")


def test_a_narrow_page_scrolls_a_list_and_keeps_what_its_records_are_called(
    desk: Desk, new_page: Callable[..., Page]
) -> None:
    page = new_page(viewport={"width": 1024, "height": 768})
    desk.sign_in(page, ADMIN, PASSWORD)
    for address in ("/helpdesk/tickets/", "/contacts/", "/settings/users/", "/employees/"):
        page.goto(address)
        name, search, pager = (
            page.locator(found).first.bounding_box() for found in (".rec .lead", ".dh-search", "#pager")
        )
        assert name
        assert search
        assert pager
        assert name["width"] >= 180, address
        assert search["x"] + search["width"] <= pager["x"], address
