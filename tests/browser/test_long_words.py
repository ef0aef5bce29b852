"""Whatever people type stays within the page: names as long as their fields take, without a place to break them, and
messages that bring addresses, lines and tables of any width.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.fitting import sticks_out

#: A desk, and the narrowest page that has to do (WCAG 2.2, 1.4.10).
WIDTHS = (1440, 320)
#: Tests of others may come between those of this module where they are shared out: its data is made again then.
_numbers = count(1)
MAKE_LONG = """
import json
from deskhand.base.accounts.testing import make_admin, make_portal_user
from deskhand.base.chatter.public import Draft, post_message
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.models import ContactTag
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.clock import now
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.testing import make_stage, make_tag, make_team
from deskhand.support.tickets.public import make_link_token
from deskhand.support.tickets.testing import make_ticket
def word(letters):
    return (f"{number}Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 7)[:letters]
company = make_company(name=word(120), short_name=word(60), alias_domain=f"{word(50).lower()}.example")
admin = make_admin(company, email=f"admin{number}@long.example", name=word(200))
admin.companies.add(make_company(name=f"2{word(119)}"))
team = make_team(company=company, name=word(120), description=word(300))
stages = [make_stage(team, name=f"{place}{word(79)}") for place in range(3)]
make_alias(team=team, local_part=word(60).lower().replace("ä", "a"))
tags = [make_tag(name=f"{place}{word(59)}") for place in range(2)]
label = ContactTag.objects.create(name=word(60))
firm = make_contact(company=company, name=word(200), is_company=True, email=f"{word(60)}@long.example", city=word(120))
firm.tags.add(label)
person = make_portal_user(company, email=f"customer{number}@long.example", name=word(200))
person.contact.parent = firm
person.contact.save()
ticket = make_ticket(team=team, stage=stages[0], customer=person.contact, title=word(500))
ticket.tags.set(tags)
text = f"<p>{word(300)}</p><p><a href='https://long.example/{word(200)}'>https://long.example/{word(200)}</a></p>"
rows = f"<table><tr>{f'<td>{word(20)}</td>' * 20}</tr></table><pre>{'one line, ' * 40}</pre>"
post_message(ticket, Draft(html=f"{text}{rows}", author=admin.contact), at=now(), recipients=[person.contact_id])
print(json.dumps({
    "team": team.pk, "ticket": ticket.pk, "firm": firm.pk, "tags": [tag.pk for tag in tags], "label": label.pk,
    "number": number,
    "link": make_link_token(ticket.pk, person.contact_id, at=now()),
}))
"""
#: Tags belong to no company: the pickers of other tests would offer them.
TAKE_AWAY = """
from deskhand.base.contacts.models import ContactTag
from deskhand.support.teams.public import Tag
Tag.objects.filter(pk__in={tags}).delete()
ContactTag.objects.filter(pk={label}).delete()
"""
OVERFLOWS = "(element) => element.scrollWidth > element.clientWidth"


@pytest.fixture(scope="module")
def long(desk: Desk) -> Iterator[dict[str, Any]]:
    """What the records are called by, all of whose values are as long as they may be."""
    made: dict[str, Any] = json.loads(desk.shell(f"number = {next(_numbers)}\n{MAKE_LONG}"))
    yield made
    desk.shell(TAKE_AWAY.format(**made))


@pytest.fixture
def page_of(desk: Desk, new_page: Callable[..., Page], long: dict[str, Any]) -> Callable[[str], Page]:
    def open_page(who: str) -> Page:
        page = new_page()
        if who:
            desk.sign_in(page, f"{who}{long['number']}@long.example")
        return page

    return open_page


@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        (
            "admin",
            [
                "/helpdesk/",
                "/helpdesk/teams/{team}/board/",
                "/helpdesk/tickets/{ticket}/",
                "/helpdesk/tickets/?group=stage",
                "/helpdesk/teams/{team}/",
                "/contacts/{firm}/",
            ],
        ),
        ("customer", ["/my/", "/my/tickets/", "/my/tickets/{ticket}/"]),
        ("", ["/t/{link}/"]),
    ],
    ids=["admin", "customer", "link"],
)
def test_nothing_sticks_out(
    page_of: Callable[[str], Page], long: dict[str, Any], who: str, addresses: list[str]
) -> None:
    page, found = page_of(who), {}
    for address in addresses:
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        page.goto(address.format(**long))
        assert "Donau" in page.inner_text("body")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found[address, width] = sticks_out(page)

    assert {where: what for where, what in found.items() if what} == {}


def test_pop_ups_and_menus_hold_long_names(page_of: Callable[[str], Page], long: dict[str, Any]) -> None:
    page = page_of("admin")
    page.goto(f"/helpdesk/teams/{long['team']}/board/")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.locator("summary[aria-label*='user menu']").click()
        menu = page.locator(".dh-menu-pop:has(> .dh-me)")
        expect(menu).to_be_visible()
        assert not menu.evaluate(OVERFLOWS)
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()

        page.goto(f"/helpdesk/teams/{long['team']}/")
        page.locator(".dh-pipeline a").last.click()
        pop_up = page.locator("#dh-popup")
        expect(pop_up).to_contain_text("Donau")
        assert not pop_up.evaluate(OVERFLOWS)
        assert not pop_up.locator(".dh-popup-body").evaluate(OVERFLOWS)
        assert sticks_out(page) == []
        page.goto(f"/helpdesk/teams/{long['team']}/board/")


def test_a_long_name_leaves_the_buttons_beside_it(page_of: Callable[[str], Page], long: dict[str, Any]) -> None:
    page = page_of("admin")
    page.goto(f"/helpdesk/tickets/{long['ticket']}/")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        sheet = page.locator("#ticket-sheet")
        for button in (page.locator("#ticket-crumbs summary"), sheet.locator(".dh-tag button").first):
            box = button.bounding_box()
            assert box
            assert box["x"] + box["width"] <= width


def test_what_is_wrong_with_an_import_is_read_on_a_phone(page_of: Callable[[str], Page], long: dict[str, Any]) -> None:
    assert long
    page = page_of("admin")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/contacts/import/")
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    rows = f"Name,Company,Country\nZita,{word},Atlantis\n".encode()
    page.locator("input[type=file]").set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": rows})
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name="Check", exact=True).click()

    sentence = page.get_by_role("cell", name="There is no company")
    expect(sentence).to_be_visible()
    room = sentence.bounding_box()
    assert room
    assert room["width"] > 250
    assert sticks_out(page) == []
