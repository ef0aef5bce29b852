"""The ways in, as people take them: an invitation, an authenticator app, a passkey, the company switcher."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.desk import PASSWORD, Desk

MAKE_AGENT = """
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
make_agent(make_company(name="Company of {email}"), email="{email}", name="Ines Vale")
"""
MAKE_ADMIN = """
from deskhand.base.accounts.testing import make_settings_admin
from deskhand.base.companies.testing import make_company
make_settings_admin(make_company(name="Company of {email}"), email="{email}", name="Amara Okafor")
"""
MAKE_TWO_COMPANIES = """
from deskhand.base.accounts.testing import make_agent
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact
here, there = make_company(name="Aurora Switch"), make_company(name="Borea Switch")
agent = make_agent(here, email="{email}", name="Ines Vale")
agent.companies.add(there)
make_contact(name="Contact of Aurora", company=here)
make_contact(name="Contact of Borea", company=there)
"""


@pytest.fixture
def phone(page: Page) -> Page:
    """A page whose device makes and uses passkeys, and asks nobody."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def named(desk: Desk, path: str) -> str:
    """Passkeys belong to a name: an address of numbers has none."""
    return f"http://localhost:{desk.web_port}{path}"


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_somebody_is_invited_and_comes_in(
    desk: Desk, page: Page, new_page: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    desk.shell(MAKE_ADMIN.format(email="amara-invites@desk.example"))
    desk.sign_in(page, "amara-invites@desk.example")

    page.goto("/settings/users/new/")
    page.get_by_label("Name", exact=True).fill("Ida Lind")
    page.get_by_label("Email").fill("ida-invited@desk.example")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("An invitation is on its way to ida-invited@desk.example.")).to_be_visible()
    mail = desk.sink.wait_for(to="ida-invited@desk.example")
    link = re.search(r"http://\S+/account/invitation/\S+/", mail.get_body(("plain",)).get_content())
    assert link

    guest = new_page()
    guest.goto(link[0])
    assert violations(guest) == []
    guest.get_by_label("Password", exact=True).fill("green kettle on top")
    guest.get_by_label("The same password again").fill("green kettle on top")
    guest.get_by_role("button", name="Accept and sign in").click()
    guest.wait_for_url(lambda url: "/account/" not in url)

    page.goto("/settings/users/?q=ida-invited")
    expect(page.get_by_text("Invited", exact=True)).to_have_count(0)


def test_an_authenticator_app_is_set_up_and_asked_for(
    desk: Desk, page: Page, new_page: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    desk.shell(MAKE_AGENT.format(email="ines-app@desk.example"))
    desk.sign_in(page, "ines-app@desk.example")

    page.goto("/settings/preferences/")
    page.locator("#security").get_by_role("link", name="Set up").click()
    page.get_by_role("link", name="Set up").click()
    expect(page.get_by_alt_text("QR code")).to_be_visible()
    expect(page.get_by_alt_text("QR code")).not_to_have_js_property("naturalWidth", 0)
    assert violations(page) == []
    secret = page.locator("#totp-key").text_content() or ""
    page.get_by_label("Authenticator code").fill(code(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    spare = page.locator(".dh-codes code").first.text_content() or ""

    elsewhere = new_page()
    elsewhere.goto("/account/login/")
    elsewhere.get_by_label("Email").fill("ines-app@desk.example")
    elsewhere.get_by_label("Password").fill(PASSWORD)
    elsewhere.get_by_role("button", name="Sign in", exact=True).click()
    expect(elsewhere.get_by_role("heading", name="One more step")).to_be_visible()
    assert violations(elsewhere) == []
    elsewhere.get_by_label("Code").fill("000000")
    elsewhere.get_by_role("button", name="Sign in").click()
    expect(elsewhere.get_by_role("alert").first).to_contain_text("This code is not right")
    elsewhere.get_by_label("Code").fill(spare)
    elsewhere.get_by_role("button", name="Sign in").click()
    elsewhere.wait_for_url(lambda url: "/account/" not in url)


def test_a_passkey_is_made_and_signs_in_without_a_password(
    desk: Desk, phone: Page, violations: Callable[[Page], list[str]]
) -> None:
    desk.shell(MAKE_AGENT.format(email="ines-passkey@desk.example"))
    phone.goto(named(desk, "/account/login/"))
    phone.get_by_label("Email").fill("ines-passkey@desk.example")
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="Sign in", exact=True).click()
    phone.wait_for_url(lambda url: "/account/" not in url)

    phone.goto(named(desk, "/account/two-factor/passkeys/new/"))
    assert violations(phone) == []
    phone.get_by_label("Name").fill("My phone")
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    phone.goto(named(desk, "/account/two-factor/"))
    expect(phone.get_by_text("My phone")).to_be_visible()

    phone.context.clear_cookies()
    phone.goto(named(desk, "/account/login/"))
    phone.get_by_role("button", name="Sign in with a passkey").click()
    phone.wait_for_url(lambda url: "/account/" not in url)
    phone.goto(named(desk, "/settings/preferences/"))
    expect(phone.locator("#security")).to_contain_text("ines-passkey@desk.example")


def test_a_browser_without_the_passkey_says_so(desk: Desk, phone: Page) -> None:
    phone.goto(named(desk, "/account/login/"))

    phone.get_by_role("button", name="Sign in with a passkey").click()

    expect(phone.get_by_role("alert")).to_contain_text("No passkey was used", timeout=70_000)


def test_the_switcher_shows_the_records_of_one_company_or_of_all(desk: Desk, page: Page) -> None:
    desk.shell(MAKE_TWO_COMPANIES.format(email="ines-switch@desk.example"))
    desk.sign_in(page, "ines-switch@desk.example")
    page.goto("/contacts/?q=Contact+of")
    expect(page.get_by_text("Contact of Aurora")).to_be_visible()

    page.locator(".dh-company-choice").click()
    page.locator(".dh-companies").get_by_role("button", name="Borea Switch", exact=True).click()
    expect(page.get_by_text("Contact of Borea")).to_be_visible()
    expect(page.get_by_text("Contact of Aurora")).to_have_count(0)

    page.locator(".dh-company-choice").click()
    page.get_by_role("button", name="Show all companies").click()
    expect(page.get_by_text("Contact of Aurora")).to_be_visible()


def test_on_a_phone_the_switcher_stands_in_the_user_menu(
    desk: Desk, new_page: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    script = MAKE_TWO_COMPANIES.format(email="ines-phone@desk.example")
    desk.shell(script.replace(" Switch", " Phone").replace("Contact", "Person"))
    phone = new_page(viewport={"width": 390, "height": 844})
    desk.sign_in(phone, "ines-phone@desk.example")
    phone.goto("/contacts/?q=Person+of")
    expect(phone.locator(".dh-company-choice")).to_be_hidden()

    phone.get_by_label("user menu").click()
    switcher = phone.locator(".dh-companies:visible")
    first, second = (switcher.locator(".row-1").nth(place).bounding_box() for place in (0, 1))
    assert first
    assert second
    assert second["y"] >= first["y"] + first["height"], "they stand below each other"
    assert switcher.evaluate("element => element.scrollWidth <= element.clientWidth")
    expect(switcher.get_by_role("button", name="Aurora Phone", exact=True)).to_have_attribute("aria-current", "true")
    assert violations(phone) == []
    switcher.get_by_role("button", name="Borea Phone", exact=True).click()
    expect(phone.get_by_text("Person of Borea")).to_be_visible()
    expect(phone.get_by_text("Person of Aurora")).to_have_count(0)

    phone.get_by_label("user menu").click()
    phone.locator(".dh-companies:visible").get_by_role("button", name="Show the records of Aurora Phone, too").click()
    expect(phone.get_by_text("Person of Aurora")).to_be_visible()
    expect(phone.get_by_text("Person of Borea")).to_be_visible()
