"""The page of a ticket in real hands: edited in place, by two people at once, while messages are written beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.browser.desk import Desk
from tests.browser.held import Held

NewPage = Callable[..., Page]

MAKE_TICKET = """
from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_admin, make_agent
from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.support.teams.public import Team, TeamSettings, create_team
from deskhand.support.tickets.testing import make_ticket
company = Company.objects.filter(name="Record AS").first() or make_company(name="Record AS")
if not User.objects.filter(email="amara@record.example").exists():
    make_admin(company, email="amara@record.example", name="Amara Okafor")
    make_agent(company, email="jonas@record.example", name="Jonas Weber")
team = Team.objects.filter(name="Records").first() or create_team(TeamSettings(name="Records", company=company))
customer = make_contact(company=company, name="Olena Shevchenko", email="olena@kunde.example")
ticket = make_ticket(team=team, title="Oven stays cold", customer=customer, description="<p>Since <b>Monday</b>.</p>")
print(ticket.pk)
"""
STORED = """
import json
from deskhand.support.tickets.models import Ticket
ticket = Ticket.objects.get(pk={pk})
print(json.dumps({{
    "title": ticket.title, "phone": ticket.customer_phone, "email": ticket.customer_email,
    "description": ticket.description, "tags": [tag.name for tag in ticket.tags.all()],
    "customer": ticket.customer.name if ticket.customer else None, "archived": ticket.is_archived,
    "stage": ticket.stage.name,
}}))
"""


@pytest.fixture
def ticket(desk: Desk) -> int:
    return int(desk.shell(MAKE_TICKET))


@pytest.fixture
def open_ticket(desk: Desk, new_page: NewPage, ticket: int) -> Callable[[str], Page]:
    """The ticket's page, open in front of ``amara`` or ``jonas``."""

    def open_it(who: str) -> Page:
        page = new_page()
        desk.sign_in(page, f"{who}@record.example")
        page.goto(f"/helpdesk/tickets/{ticket}/")
        return page

    return open_it


@pytest.fixture
def amara(open_ticket: Callable[[str], Page]) -> Page:
    return open_ticket("amara")


def stored(desk: Desk, ticket: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(desk.shell(STORED.format(pk=ticket)))
    return found


def title(page: Page) -> Locator:
    return page.locator("#id_title")


def unsaved(page: Page) -> Locator:
    return page.locator("[data-unsaved=sheet-form]")


def save(page: Page) -> None:
    """Ctrl+S, and wait for what the server says to the sheet; pickers post too."""
    with page.expect_response(is_saving):
        page.keyboard.press("Control+s")


def is_saving(response: Response) -> bool:
    return response.request.method == "POST" and re.search(r"/tickets/\d+/$", response.url) is not None


def test_a_ticket_is_edited_in_place_and_saved_by_ctrl_s(desk: Desk, amara: Page, ticket: int) -> None:
    expect(unsaved(amara)).to_be_hidden()
    title(amara).fill("Ofen bleibt kalt")
    expect(unsaved(amara)).to_be_visible()
    save(amara)

    expect(unsaved(amara)).to_be_hidden()
    assert stored(desk, ticket)["title"] == "Ofen bleibt kalt"
    expect(amara.locator("#feed")).to_contain_text("Ofen bleibt kalt")


def test_editors_and_pickers_are_still_there_after_saving(desk: Desk, amara: Page, ticket: int) -> None:
    amara.locator(".dh-rich").click()
    amara.keyboard.press("Control+End")
    amara.keyboard.type(" It is urgent.")
    save(amara)
    tags = amara.locator("dh-tag-picker").get_by_role("combobox")
    tags.fill("Wärmepumpe")
    amara.get_by_role("option", name="Create “Wärmepumpe”").click()
    save(amara)
    customer = amara.locator("#id_customer")
    customer.fill("Zoë Hall <zoe@hall.example>")
    amara.locator("dh-contact-picker .create").click()
    save(amara)

    expect(unsaved(amara)).to_be_hidden()
    expect(amara.locator(".dh-rich b")).to_have_text("Monday")
    expect(amara.locator("dh-rich-text textarea")).to_be_hidden()
    expect(amara.locator("dh-tag-picker .dh-tag")).to_contain_text("Wärmepumpe")
    expect(amara.locator("dh-tag-picker select")).to_be_hidden()
    now = stored(desk, ticket)
    assert "It is urgent." in now["description"]
    assert "<b>Monday</b>" in now["description"]
    assert (now["tags"], now["customer"], now["email"]) == (["Wärmepumpe"], "Zoë Hall", "zoe@hall.example")


def test_enter_takes_the_tag_that_was_typed_and_not_one_of_the_list_before(
    desk: Desk, amara: Page, ticket: int
) -> None:
    desk.shell("from deskhand.support.teams.testing import make_tag; make_tag(name='Quick'); make_tag(name='Quiet')")
    tags = amara.locator("dh-tag-picker").get_by_role("combobox")
    tags.fill("Qui")
    expect(amara.get_by_role("option", name="Quick")).to_have_attribute("aria-selected", "true")
    tags.press_sequentially("et")
    tags.press("Enter")

    expect(amara.locator("dh-tag-picker .dh-tag")).to_have_text("Quiet×")
    desk.shell("from deskhand.support.teams.public import Tag; Tag.objects.filter(name__startswith='Qui').delete()")


def test_saving_waits_for_what_is_being_created(desk: Desk, amara: Page, ticket: int) -> None:
    held = Held(amara, r"/tags/options/|/contacts/quick/")
    sent: list[str] = []
    amara.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    tags = amara.locator("dh-tag-picker").get_by_role("combobox")
    tags.fill("Slow")
    amara.get_by_role("option", name="Create “Slow”").click()
    amara.locator("#id_customer").fill("Zoë Hall <zoe@hall.example>")
    amara.locator("dh-contact-picker .create").click()
    amara.keyboard.press("Control+s")
    expect(unsaved(amara)).to_be_visible()
    assert not [url for url in sent if url.endswith(f"/tickets/{ticket}/")]
    with amara.expect_response(is_saving):
        held.release()

    expect(unsaved(amara)).to_be_hidden()
    now = stored(desk, ticket)
    assert (now["tags"], now["customer"]) == (["Slow"], "Zoë Hall")


def test_what_is_typed_and_picked_while_a_save_is_on_its_way_is_saved_by_the_next(
    desk: Desk, amara: Page, ticket: int
) -> None:
    held = Held(amara, r"/tickets/\d+/$")
    title(amara).fill("First")
    amara.keyboard.press("Control+s")
    held.wait()
    title(amara).fill("First and second")
    amara.locator("#id_customer_phone").fill("+47 22")
    tags = amara.locator("dh-tag-picker").get_by_role("combobox")
    tags.fill("Meanwhile")
    amara.get_by_role("option", name="Create “Meanwhile”").click()
    expect(amara.locator("dh-tag-picker .dh-tag")).to_contain_text("Meanwhile")
    amara.keyboard.press("Control+s")
    amara.keyboard.press("Control+s")
    held.release()

    expect(unsaved(amara)).to_be_hidden()
    expect(title(amara)).to_have_value("First and second")
    expect(amara.locator("dh-tag-picker .dh-tag")).to_contain_text("Meanwhile")
    now = stored(desk, ticket)
    assert (now["title"], now["phone"], now["tags"]) == ("First and second", "+47 22", ["Meanwhile"])


def test_what_is_typed_after_the_save_stays_unsaved_and_is_kept(desk: Desk, amara: Page, ticket: int) -> None:
    held = Held(amara, r"/tickets/\d+/$")
    title(amara).fill("First")
    amara.keyboard.press("Control+s")
    held.wait()
    amara.locator("#id_customer_phone").fill("+47 22")
    with amara.expect_response(is_saving):
        held.release()
    expect(amara.locator("#feed")).to_contain_text("First")

    expect(unsaved(amara)).to_be_visible()
    expect(amara.locator("#id_customer_phone")).to_have_value("+47 22")
    save(amara)
    expect(unsaved(amara)).to_be_hidden()
    assert stored(desk, ticket)["phone"] == "+47 22"


def test_a_link_that_is_followed_while_a_save_is_on_its_way_saves_the_rest_first(
    desk: Desk, amara: Page, ticket: int
) -> None:
    held = Held(amara, r"/tickets/\d+/$")
    title(amara).fill("First")
    amara.keyboard.press("Control+s")
    held.wait()
    amara.locator("#id_customer_phone").fill("+47 22")
    amara.get_by_role("link", name="Records").click()
    held.release()

    amara.wait_for_url("**/board/")
    now = stored(desk, ticket)
    assert (now["title"], now["phone"]) == ("First", "+47 22")


def test_an_answer_from_before_a_save_does_not_bring_back_what_was_there(
    desk: Desk, amara: Page, open_ticket: Callable[[str], Page], ticket: int
) -> None:
    jonas = open_ticket("jonas")
    held = Held(amara, r"[?]live", method="GET", answered=True)
    jonas.locator(".dh-stars button").first.click()
    held.wait()
    title(amara).fill("Newest")
    save(amara)
    expect(unsaved(amara)).to_be_hidden()
    held.release()
    expect(amara.locator(".dh-stars [aria-pressed=true]")).to_have_count(1)

    expect(title(amara)).to_have_value("Newest")
    amara.locator("#id_customer_phone").fill("+47 22")
    save(amara)
    expect(unsaved(amara)).to_be_hidden()
    assert stored(desk, ticket)["phone"] == "+47 22"


def test_stars_can_be_set_beside_what_is_not_saved(desk: Desk, amara: Page, ticket: int) -> None:
    title(amara).fill("Not saved yet")
    with amara.expect_response(re.compile("/priority/")):
        amara.locator(".dh-fields .dh-stars button").first.click()
    expect(amara.locator("#feed")).to_contain_text("Priority")
    expect(title(amara)).to_have_value("Not saved yet")
    expect(unsaved(amara)).to_be_visible()
    save(amara)

    expect(unsaved(amara)).to_be_hidden()
    expect(amara.locator(".dh-fields .dh-stars [aria-pressed=true]")).to_have_count(1)
    assert stored(desk, ticket)["title"] == "Not saved yet"


def test_discard_brings_back_what_was_saved_last(desk: Desk, amara: Page, ticket: int) -> None:
    title(amara).fill("Saved")
    save(amara)
    title(amara).fill("Not saved")
    amara.locator("#id_customer").fill("Somebody else")
    amara.get_by_role("button", name="Discard").click()

    expect(title(amara)).to_have_value("Saved")
    expect(amara.locator("#id_customer")).to_have_value(re.compile("Olena Shevchenko"))
    expect(unsaved(amara)).to_be_hidden()
    assert stored(desk, ticket)["title"] == "Saved"


@pytest.mark.parametrize(("typed", "then"), [("Saved", "Saved"), ("", "Oven stays cold")], ids=["saved", "refused"])
def test_discard_while_a_save_is_on_its_way_brings_back_what_is_stored_after_it(
    desk: Desk, amara: Page, ticket: int, typed: str, then: str
) -> None:
    held = Held(amara, r"/tickets/\d+/$")
    title(amara).fill(typed)
    amara.keyboard.press("Control+s")
    held.wait()
    title(amara).fill("Not saved")
    amara.get_by_role("button", name="Discard").click()
    with amara.expect_response(re.compile("[?]live")):
        held.release()

    expect(title(amara)).to_have_value(then)
    expect(unsaved(amara)).to_be_hidden()
    expect(amara.locator("#ticket-sheet .dh-error")).to_have_count(0)
    assert stored(desk, ticket)["title"] == then


def test_a_refused_form_says_why_and_keeps_what_was_typed(desk: Desk, amara: Page, ticket: int) -> None:
    title(amara).fill("")
    amara.locator("#id_customer_phone").fill("+47 22 55 01 00")
    save(amara)

    expect(amara.locator("#ticket-sheet .dh-error")).to_contain_text("Enter a title")
    expect(amara.locator("#id_customer_phone")).to_have_value("+47 22 55 01 00")
    expect(unsaved(amara)).to_be_visible()
    amara.get_by_role("link", name="Records").click()
    expect(amara.locator("#ticket-sheet .dh-error")).to_contain_text("Enter a title")
    assert stored(desk, ticket)["title"] == "Oven stays cold"

    amara.get_by_role("button", name="Discard").click()
    expect(title(amara)).to_have_value("Oven stays cold")
    expect(amara.locator("#id_customer_phone")).not_to_have_value("+47 22 55 01 00")
    expect(amara.locator("#ticket-sheet .dh-error")).to_have_count(0)


def test_following_a_link_saves_first(desk: Desk, amara: Page, ticket: int) -> None:
    title(amara).fill("Saved on the way out")
    amara.get_by_role("link", name="Records").click()

    amara.wait_for_url("**/board/")
    assert stored(desk, ticket)["title"] == "Saved on the way out"


def test_nobody_overwrites_what_somebody_else_saved_meanwhile(
    desk: Desk, amara: Page, open_ticket: Callable[[str], Page], ticket: int
) -> None:
    jonas = open_ticket("jonas")
    amara.locator("#id_customer_phone").fill("+47 1")
    title(jonas).fill("Jonas was here")
    save(jonas)
    expect(amara.locator("#feed")).to_contain_text("Jonas was here")
    expect(amara.locator("#id_customer_phone")).to_have_value("+47 1")
    save(amara)

    expect(amara.get_by_role("alert")).to_contain_text("Somebody else changed this ticket meanwhile")
    expect(amara.locator("#id_customer_phone")).to_have_value("+47 1")
    now = stored(desk, ticket)
    assert now["title"] == "Jonas was here"
    assert now["phone"] != "+47 1"

    amara.get_by_role("button", name="Discard").click()
    expect(title(amara)).to_have_value("Jonas was here")
    amara.locator("#id_customer_phone").fill("+47 1")
    save(amara)
    assert stored(desk, ticket)["phone"] == "+47 1"


def test_what_is_being_written_stays_while_the_page_changes(
    desk: Desk, amara: Page, open_ticket: Callable[[str], Page], ticket: int
) -> None:
    jonas = open_ticket("jonas")
    amara.locator("#message-body").fill("Half an answer")
    amara.locator("#message-files").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"one two three"}
    )
    title(jonas).fill("Another title")
    save(jonas)
    expect(title(amara)).to_have_value("Another title")
    amara.locator(".dh-composer-tabs summary").click()
    amara.locator("#new-follower").fill("ines@post.example")
    amara.locator(".dh-add-follower button").click()
    expect(amara.locator(".dh-followers")).to_contain_text("Ines")
    amara.keyboard.press("Escape")

    expect(amara.locator("#message-body")).to_have_value("Half an answer")
    amara.get_by_text("+ Cc").click()
    amara.locator("#cc").fill("no address")
    amara.get_by_role("button", name="Send", exact=True).click()
    expect(amara.locator("#write-message .dh-error:visible")).to_contain_text("is not a mail address")
    amara.locator("#cc").fill("")
    amara.locator("#message-body").press("Control+Enter")

    sent = amara.locator(".dh-msg", has_text="Half an answer")
    expect(sent).to_contain_text("plan.txt")
    expect(amara.locator("#message-body")).to_have_value("")
    expect(amara.locator("#chat .dh-upload-list li")).to_have_count(0)


def test_a_tab_that_was_opened_stays_open_while_the_page_changes(
    amara: Page, open_ticket: Callable[[str], Page]
) -> None:
    jonas = open_ticket("jonas")
    amara.get_by_role("tab", name="Mails").click()
    title(jonas).fill("Another title")
    save(jonas)

    expect(title(amara)).to_have_value("Another title")
    expect(amara.locator("#panel-mails")).to_be_visible()


def test_the_stage_bar_leaves_alone_what_is_not_saved(desk: Desk, amara: Page, ticket: int) -> None:
    title(amara).fill("Not saved yet")
    amara.get_by_role("list", name="Stage").get_by_role("button", name="In Progress").click()

    expect(amara.locator(".dh-stages .on")).to_have_text("In Progress")
    expect(amara.locator(".dh-toast")).to_contain_text("moved to In Progress")
    expect(title(amara)).to_have_value("Not saved yet")
    assert stored(desk, ticket)["stage"] == "In Progress"


def test_archiving_is_undone_from_its_toast(desk: Desk, amara: Page, ticket: int) -> None:
    amara.get_by_label("Actions").click()
    amara.get_by_role("button", name="Archive").click()
    expect(amara.locator("#ticket-head")).to_contain_text("Archived")
    assert stored(desk, ticket)["archived"]

    amara.get_by_role("button", name="Undo").click()
    expect(amara.locator("#ticket-head")).not_to_contain_text("Archived")
    assert not stored(desk, ticket)["archived"]


def test_a_picture_is_shown_where_the_conversation_is(amara: Page, ticket: int) -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
    )
    amara.locator("#message-files").set_input_files({"name": "Leck.png", "mimeType": "image/png", "buffer": png})
    amara.get_by_role("button", name="Send", exact=True).click()
    amara.locator(".dh-msg").get_by_title("Leck.png").click()

    picture = amara.get_by_role("dialog", name="Leck.png").get_by_role("img", name="Leck.png")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 1)
    amara.keyboard.press("Escape")
    expect(picture).to_have_count(0)
    assert amara.url.endswith(f"/tickets/{ticket}/")


def test_a_message_to_nobody_says_so_before_it_is_sent(amara: Page) -> None:
    composer, warning = amara.locator("#write-message"), amara.locator("#message-nobody")
    composer.get_by_label("Write to those named above.").fill("We come on Monday.")
    customer = composer.locator(".dh-pick", has_text="Olena Shevchenko")
    expect(warning).to_be_hidden()
    for recipient in composer.locator(".dh-pick").all():
        recipient.click()
    expect(warning).to_be_visible()
    composer.get_by_role("button", name="Send").click()

    expect(warning).to_contain_text("Nobody would get this message")
    expect(composer.locator("textarea")).to_have_value("We come on Monday.")
    expect(amara.locator("#feed")).not_to_contain_text("We come on Monday.")
    customer.click()
    expect(warning).to_be_hidden()
    composer.get_by_role("button", name="Send").click()
    expect(amara.locator("#feed")).to_contain_text("We come on Monday.")


def test_a_tab_opens_from_the_address_and_by_keyboard(amara: Page) -> None:
    amara.get_by_label("Write to those named above.").fill("We come on Monday.")
    amara.get_by_role("button", name="Send", exact=True).click()
    expect(amara.locator("#feed")).to_contain_text("We come on Monday.")
    amara.reload()
    mails, description = amara.locator("#panel-mails"), amara.locator("#panel-description")
    expect(mails).to_be_hidden()
    amara.get_by_role("navigation", name="Linked records").get_by_text("Mail").click()
    expect(mails).to_be_visible()
    expect(description).to_be_hidden()

    amara.go_back()
    expect(description).to_be_visible()
    amara.go_forward()
    expect(mails).to_be_visible()
    amara.reload()
    expect(mails).to_be_visible()
    expect(title(amara)).to_be_in_viewport()

    amara.get_by_role("tab", name="Mails").press("ArrowLeft")
    amara.keyboard.press("Enter")
    expect(description).to_be_visible()
    assert amara.evaluate("location.hash") == ""


def test_a_new_title_is_everywhere_at_once(amara: Page, open_ticket: Callable[[str], Page]) -> None:
    jonas = open_ticket("jonas")
    title(jonas).fill("Oven stays warm")
    save(jonas)

    for page in (amara, jonas):
        expect(page.get_by_role("heading", level=1)).to_contain_text("Oven stays warm")
        expect(page).to_have_title(re.compile("Oven stays warm$"))


def test_a_state_to_choose_says_its_word_once(amara: Page) -> None:
    amara.get_by_label("In Progress, change state").click()

    expect(amara.get_by_role("button", name="Blocked", exact=True)).to_be_visible()


def test_focus_and_choice_are_seen_where_the_device_decides_on_colours(amara: Page) -> None:
    amara.emulate_media(forced_colors="active")
    field = title(amara)
    field.press("Tab")
    focused = amara.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    stages = amara.locator(".dh-stages li")
    colours = stages.evaluate_all("stages => stages.map(stage => getComputedStyle(stage).backgroundColor)")

    assert focused == "solid"
    assert colours[0] not in colours[1:], "the present stage looks like no other"


def test_tags_of_a_contact_are_picked_made_and_removed_by_keyboard(
    desk: Desk, ticket: int, amara: Page, violations: Callable[[Page], list[str]]
) -> None:
    contact = desk.shell(
        "from deskhand.base.contacts.public import set_tags\n"
        "from deskhand.support.tickets.models import Ticket\n"
        f"contact = Ticket.objects.get(pk={ticket}).customer\n"
        "set_tags(contact, ['Dealer'])\n"
        "print(contact.pk)"
    )
    amara.goto(f"/contacts/{contact}/")
    chips = amara.locator("dh-tag-picker .dh-tag")
    expect(chips).to_have_text(["Dealer×"])

    tags = amara.get_by_role("combobox", name="Tags")
    tags.press_sequentially("VIP")
    expect(amara.get_by_role("option", name="Create “VIP”")).to_be_visible()
    tags.press("Enter")
    expect(chips).to_have_text(["Dealer×", "VIP×"])
    assert violations(amara) == []
    amara.get_by_role("button", name="Remove Dealer").press("Enter")
    expect(chips).to_have_text(["VIP×"])
    amara.keyboard.press("Control+s")
    expect(unsaved(amara)).to_be_hidden()

    amara.reload()
    expect(chips).to_have_text(["VIP×"])
    amara.get_by_role("combobox", name="Tags").press("Backspace")
    expect(chips).to_have_count(0)
