"""Many records at once, as a person does it: by mouse, keyboard and finger, with a way back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

ADMIN, PASSWORD = "amara@nordlys.example", "nordlys-demo"


@pytest.fixture
def desk(demo_desk: Desk) -> Desk:
    return demo_desk


def test_tickets_are_archived_and_come_back(desk: Desk, page: Page, violations: Callable[[Page], list[str]]) -> None:
    desk.sign_in(page, ADMIN, PASSWORD)
    page.goto("/helpdesk/tickets/?filter=open&sort=number")
    rows = page.locator("tr.rec")
    title = rows.nth(2).locator(".lead").inner_text()

    page.get_by_label(re.compile("^Select #")).nth(0).click()
    page.get_by_label(re.compile("^Select #")).nth(2).click(modifiers=["Shift"])
    expect(page.get_by_role("status").filter(has_text="3 selected")).to_be_visible()
    assert violations(page) == []
    page.locator(".dh-mass summary").click()
    page.get_by_role("button", name="Archive").click()

    expect(page.get_by_text("3 tickets archived.")).to_be_visible()
    expect(page.get_by_text(title)).to_have_count(0)

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("3 records are as they were.")).to_be_visible()
    expect(page.get_by_text(title)).to_be_visible()


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
    page.get_by_role("button", name="Yes, do it").tap()

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
