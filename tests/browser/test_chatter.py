"""The conversation in real hands: mentions, canned responses, drafts, activities, presence, the bell."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

NewPage = Callable[..., Page]

MAKE_TICKET = """
from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_admin, make_agent
from deskhand.base.chatter.public import CannedText, save_canned
from deskhand.base.companies.public import Company
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
from deskhand.support.teams.public import Team, TeamSettings, create_team
from deskhand.support.tickets.testing import make_ticket
company = Company.objects.filter(name="Chatter AS").first() or make_company(name="Chatter AS")
if not User.objects.filter(email="amara@chatter.example").exists():
    amara = make_admin(company, email="amara@chatter.example", name="Amara Okafor")
    make_agent(company, email="jonas@chatter.example", name="Jonas Weber")
    save_canned(CannedText("serial", "Please send us the serial number of {{ ticket.number }}."), by=amara)
team = Team.objects.filter(name="Chatterers").first() or create_team(TeamSettings(name="Chatterers", company=company))
customer = make_contact(company=company, name="Olena Shevchenko", email="olena@kunde.example")
print(make_ticket(team=team, title="Oven stays cold", customer=customer).pk)
"""


@pytest.fixture
def ticket(desk: Desk) -> int:
    return int(desk.shell(MAKE_TICKET))


@pytest.fixture
def open_as(desk: Desk, new_page: NewPage, ticket: int) -> Callable[..., Page]:
    """The ticket's page, or another one, open in front of ``amara`` or ``jonas``."""

    def open_it(who: str, path: str = "") -> Page:
        page = new_page()
        desk.sign_in(page, f"{who}@chatter.example")
        page.goto(path or f"/helpdesk/tickets/{ticket}/")
        return page

    return open_it


def write_note(page: Page) -> None:
    page.get_by_role("tab", name="Log note").click()


def count_of(tool: str) -> str:
    return f'[data-tool="{tool}"] .dh-count'


def test_a_colleague_is_called_by_name_and_their_bell_rings_by_itself(open_as: Callable[..., Page]) -> None:
    amara, jonas = open_as("amara"), open_as("jonas", "/helpdesk/tickets/")
    bell = jonas.locator(count_of("notifications"))
    before = int(bell.text_content() or 0)
    write_note(amara)
    amara.keyboard.type("Could you call her, @jon")
    expect(amara.locator(".dh-suggestions").get_by_role("option", name="Jonas Weber")).to_have_attribute(
        "aria-selected", "true"
    )
    amara.keyboard.press("Enter")
    amara.keyboard.type("today?")
    amara.keyboard.press("Control+Enter")

    expect(amara.locator("#feed .dh-msg.note b").last).to_be_visible()
    expect(amara.locator("#feed")).to_contain_text("Could you call her, @Jonas Weber today?")
    expect(bell).to_have_text(str(before + 1))
    jonas.get_by_label(re.compile("^Notifications")).click()
    jonas.get_by_role("link", name=re.compile("Could you call her")).first.click()
    expect(jonas.locator("#feed")).to_contain_text("today?")
    expect(bell).to_have_text(str(before))


def test_a_shortcut_inserts_a_text_that_is_filled_in(open_as: Callable[..., Page], ticket: int) -> None:
    page = open_as("amara")
    page.locator("#message-body").click()
    page.keyboard.type("Hello, :ser")
    expect(page.get_by_role("option", name=re.compile(":serial"))).to_be_visible()
    page.keyboard.press("Tab")

    expect(page.locator("#message-body")).to_have_value(
        re.compile(r"^Hello, Please send us the serial number of #\d{5}\.$")
    )


def test_a_message_that_is_refused_keeps_text_and_files(
    open_as: Callable[..., Page], ticket: int, tmp_path: Path
) -> None:
    page = open_as("amara")
    manual, film = tmp_path / "manual.txt", tmp_path / "film.mp4"
    manual.write_text("Turn it on.")
    with film.open("wb") as file:
        file.truncate(26_000_000)
    page.locator("#message-body").fill("The manual is attached.")
    page.locator("#message-files").set_input_files([film, manual])
    expect(page.locator("#message-kept")).to_contain_text("manual.txt")
    expect(page.locator("#message-kept .dh-error")).to_contain_text("film.mp4")

    page.locator("#message-cc summary").click()
    page.locator("#cc").fill("nobody at all")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#chat .dh-error", has_text="nobody at all")).to_be_visible()
    expect(page.locator("#message-body")).to_have_value("The manual is attached.")
    expect(page.locator("#message-kept")).to_contain_text("manual.txt")

    page.locator("#cc").fill("")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#feed")).to_contain_text("The manual is attached.")
    expect(page.locator("#feed")).to_contain_text("manual.txt")


def test_what_was_typed_survives_a_crash(desk: Desk, open_as: Callable[..., Page], ticket: int) -> None:
    page = open_as("amara")
    write_note(page)
    with page.expect_response("**/unsent/"):
        page.keyboard.type("Half a thought")
    with page.expect_response("**/unsent/files/"):
        page.locator("#note-files").set_input_files({"name": "log.txt", "mimeType": "text/plain", "buffer": b"E-41"})
    page.context.close()

    again = open_as("amara")
    expect(again.locator("#note-body")).to_have_value("Half a thought")
    expect(again.locator("#note-kept")).to_contain_text("log.txt")
    again.get_by_role("button", name="Log note").click()
    expect(again.locator("#feed .dh-msg.note")).to_contain_text("log.txt")
    again.reload()
    expect(again.locator("#note-body")).to_have_value("")


def test_an_own_note_is_mended_and_taken_back(open_as: Callable[..., Page]) -> None:
    page = open_as("amara")
    write_note(page)
    page.keyboard.type("E-14")
    page.keyboard.press("Control+Enter")
    note = page.locator("#feed .dh-msg.note")
    note.hover()
    note.get_by_role("button", name="Edit note").click()
    page.locator("#dh-popup textarea").fill("E-41")
    page.locator("#dh-popup").get_by_role("button", name="Save").click()
    expect(note).to_contain_text("E-41")
    expect(note).to_contain_text("edited")
    note.hover()
    note.get_by_role("button", name="Delete note").click()
    page.locator("#dh-confirm [data-yes]").click()

    expect(page.locator("#feed")).to_contain_text("deleted a note")
    expect(page.locator("#feed")).not_to_contain_text("E-41")


def test_a_conversation_is_searched_and_shown_whole_again(open_as: Callable[..., Page]) -> None:
    page = open_as("amara")
    write_note(page)
    page.keyboard.type("The door sensor")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#feed")).to_contain_text("The door sensor")
    page.get_by_role("button", name="Search in this conversation").click()
    page.keyboard.type("sensor")
    expect(page.locator("#feed")).not_to_contain_text("Ticket created")
    expect(page.locator("#feed")).to_contain_text("The door sensor")
    page.get_by_role("button", name="Search in this conversation").click()

    expect(page.locator("#feed")).to_contain_text("Ticket created")


def test_an_activity_is_scheduled_counted_and_done(open_as: Callable[..., Page]) -> None:
    page = open_as("amara")
    clock = page.locator(count_of("activities"))
    before = int(clock.text_content() or 0)
    page.locator("#chat").get_by_role("button", name="Activity").click()
    popup = page.locator("#dh-popup")
    popup.get_by_label("Summary").fill("Look at the oven")
    popup.get_by_role("button", name="Meeting").click()
    expect(popup.get_by_role("button", name="Meeting")).to_have_attribute("aria-pressed", "true")
    popup.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.locator("#chat-sections")).to_contain_text("Look at the oven")
    expect(clock).to_have_text(str(before + 1))
    page.get_by_role("button", name="Mark Done").click()
    popup.get_by_label("Feedback").fill("It was the fuse")
    popup.get_by_role("button", name="Done & Schedule Next").click()
    expect(popup).to_contain_text("Schedule activity")
    popup.get_by_role("button", name="Discard").click()

    expect(page.locator("#feed")).to_contain_text("Meeting “Look at the oven” done: It was the fuse")
    expect(page.locator("#chat-sections")).not_to_contain_text("Look at the oven")


def test_colleagues_on_the_same_ticket_see_each_other(open_as: Callable[..., Page]) -> None:
    amara = open_as("amara")
    shown = amara.locator(".dh-present")
    expect(shown).to_be_hidden()
    jonas = open_as("jonas")
    expect(shown).to_have_text("Jonas Weber is also looking at this")
    write_note(jonas)
    jonas.keyboard.type("Let me")
    expect(shown).to_have_text("Jonas Weber is writing…")
    jonas.goto("/helpdesk/tickets/")

    expect(shown).to_be_hidden()


PUT_FILES = """
(area, kind) => {
  const data = new DataTransfer();
  data.items.add(new File(["picture"], `${kind}.txt`, { type: "text/plain" }));
  data.items.add(new File(["plan"], `${kind}-2.txt`, { type: "text/plain" }));
  const details = { bubbles: true, cancelable: true };
  if (kind === "paste") area.dispatchEvent(new ClipboardEvent("paste", { ...details, clipboardData: data }));
  else area.dispatchEvent(new DragEvent("drop", { ...details, dataTransfer: data }));
}
"""


def test_files_are_pasted_and_dropped_into_what_is_being_written(open_as: Callable[..., Page]) -> None:
    page = open_as("amara")
    write_note(page)
    area = page.locator("#note-body")

    area.evaluate(PUT_FILES, "paste")
    expect(page.locator("#note-kept li")).to_have_count(2)
    area.evaluate(PUT_FILES, "drop")
    expect(page.locator("#note-kept li")).to_have_count(4)
    page.get_by_role("button", name="Log note").click()

    expect(page.locator("#feed .dh-att")).to_have_count(4)


def test_a_message_is_sent_beside_a_contact_and_the_answer_comes_back(desk: Desk, open_as: Callable[..., Page]) -> None:
    company = "Company.objects.filter(name='Chatter AS')"
    pk = desk.shell(
        "from deskhand.base.companies.public import Company\n"
        "from deskhand.base.contacts.testing import make_contact\n"
        f"{company}.update(alias_domain='chatter.example')\n"
        f"print(make_contact(company={company}.get(), name='Ada Wong', email='ada.wong@kunde.example').pk)"
    ).strip()
    page = open_as("amara", f"/contacts/{pk}/")

    page.get_by_label("Write to those named above.").fill("May we call you tomorrow?")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.locator("#feed")).to_contain_text("May we call you tomorrow?")
    sent = desk.sink.wait_for(to="ada.wong@kunde.example")
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = "Ada Wong <ada.wong@kunde.example>", sent["Reply-To"], "Re: call"
    answer["Message-ID"], answer["In-Reply-To"] = "<nine@kunde.example>", sent["Message-ID"]
    answer.set_content("Yes, at nine.")
    desk.send_mail(answer, to=parseaddr(str(sent["Reply-To"]))[1])
    expect(page.locator("#feed")).to_contain_text("Yes, at nine.")
