"""Mail servers as administrators keep them: on pages, by the services, in the API (FOUND-5)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from deskhand.base.accounts.testing import make_admin, make_settings_admin, told_settings_changes
from deskhand.base.keys.testing import make_secret
from deskhand.base.mail.enums import Afterwards, BoxKind, Security
from deskhand.base.mail.models import IncomingServer, MailSetup, OutgoingServer
from deskhand.base.mail.services import servers
from deskhand.base.mail.services.access import CertificateUnreadable, access_of
from deskhand.base.mail.services.servers import (
    IncomingDetails,
    OutgoingDetails,
    save_incoming_server,
    save_outgoing_server,
)
from deskhand.base.mail.testing import make_incoming_server, make_outgoing_server
from deskhand.base.mail.tests.boxes import Account
from deskhand.base.mail.tests.conftest import OURS
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db

OUT = OutgoingDetails(
    name="Post",
    host="Mail.Nordlys.example",
    port=None,
    security=Security.TLS,
    username="desk",
    password="correct horse",
    trusted_certificate="",
)
IN = IncomingDetails(**{name: value for name, value in vars(OUT).items() if name not in {"from_filter", "priority"}})


@pytest.fixture
def admin():
    return make_settings_admin()


@pytest.fixture
def browser(admin):
    client = Client()
    client.force_login(admin)
    return client


def typed(**fields):
    """The form as the browser sends it."""
    return {
        "name": "Post",
        "host": "mail.nordlys.example",
        "security": "tls",
        "port": "",
        "username": "desk",
        "password": "correct horse",
        "trusted_certificate": "",
        "from_filter": "",
        "priority": "10",
        "kind": "imap",
        "folder": "INBOX",
        "afterwards": "keep",
        "move_to": "",
        "otherwise_to": "",
    } | fields


# ---- services -------------------------------------------------------------------------------------------------------


def test_a_password_is_sealed_and_a_server_has_the_usual_port(admin):
    server = save_outgoing_server(None, replace(OUT, from_filter="@Nordlys.example, Boss@kaffee.example"), by=admin)

    stored = OutgoingServer.objects.get()
    assert (stored.host, stored.port, stored.from_filter) == (
        "mail.nordlys.example",
        465,
        "nordlys.example, boss@kaffee.example",
    )
    assert "correct horse" not in stored.sealed_password
    assert access_of(server).password == "correct horse"
    assert "correct horse" not in repr(access_of(server))


@pytest.mark.parametrize(
    ("kind", "security", "port"), [("imap", "tls", 993), ("imap", "starttls", 143), ("pop3", "tls", 995)]
)
def test_a_mailbox_has_the_usual_port(admin, kind, security, port):
    details = replace(IN, kind=BoxKind(kind), security=Security(security))

    assert save_incoming_server(None, details, by=admin, at=now()).port == port


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"host": "https://mail.nordlys.example"}, servers.HostUnusable),
        ({"host": "mail.nordlys.example:465"}, servers.HostUnusable),
        ({"host": "two words"}, servers.HostUnusable),
        ({"username": ""}, servers.UserMissing),
        ({"username": "desk\r\nA1 DELETE INBOX"}, servers.NotOneLine),
        ({"password": "x\r\ny"}, servers.NotOneLine),
        ({"trusted_certificate": "nonsense"}, CertificateUnreadable),
        ({"trusted_certificate": "näse"}, CertificateUnreadable),
        ({"from_filter": "nordlys.example, not an/address"}, servers.FilterUnusable),
        ({"from_filter": ", ".join(f"domain{number}.example" for number in range(60))}, servers.FilterUnusable),
    ],
)
def test_what_cannot_be_a_server_is_refused_and_nothing_is_kept(admin, changes, refusal):
    with pytest.raises(refusal):
        save_outgoing_server(None, replace(OUT, **changes), by=admin)

    assert not OutgoingServer.objects.exists()
    assert told_settings_changes() == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"afterwards": Afterwards.MOVE}, servers.FolderMissing),
        ({"afterwards": Afterwards.MOVE, "move_to": "INBOX"}, servers.FolderMissing),
        ({"afterwards": Afterwards.MOVE, "move_to": "Done", "kind": BoxKind.POP3}, servers.NoFolders),
        ({"folder": "INBOX\r\nA1 LOGOUT"}, servers.NotOneLine),
        ({"otherwise_to": "nobody@desk.example"}, servers.AddressUnknown),
    ],
)
def test_what_cannot_be_a_mailbox_is_refused_and_nothing_is_kept(admin, changes, refusal):
    with pytest.raises(refusal):
        save_incoming_server(None, replace(IN, **changes), by=admin, at=now())

    assert not IncomingServer.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"host": "evil.example"}, {"username": "somebody"}, {"security": Security.NONE}], ids=str
)
def test_a_kept_password_is_not_told_to_another_server_nor_in_the_open(admin, changes):
    server = save_outgoing_server(None, OUT, by=admin)
    kept = replace(OUT, password="")

    with pytest.raises(servers.PasswordWantedAgain):
        save_outgoing_server(server.pk, replace(kept, **changes), by=admin)

    server.refresh_from_db()
    assert (server.host, server.username, server.security) == ("mail.nordlys.example", "desk", Security.TLS)
    save_outgoing_server(server.pk, replace(kept, port=2465), by=admin)
    server.refresh_from_db()
    assert (server.port, access_of(server).password) == (2465, "correct horse")
    save_outgoing_server(server.pk, replace(kept, username=""), by=admin)
    server.refresh_from_db()
    assert server.sealed_password == ""


def test_every_change_is_written_down_without_the_password(admin, browser):
    server = save_outgoing_server(None, OUT, by=admin)
    save_outgoing_server(server.pk, replace(OUT, name="Mail"), by=admin)
    browser.post(f"/mail/outgoing-servers/{server.pk}/archival/")
    browser.post(f"/mail/outgoing-servers/{server.pk}/archival/?restore")
    browser.post(f"/mail/outgoing-servers/{server.pk}/deletion/")

    told = told_settings_changes()
    assert [line.rpartition(": ")[2] for line in told] == ["added", "changed", "archived", "restored", "deleted"]
    assert told[0] == "Outgoing mail server “Post” (desk – mail.nordlys.example:465): added"
    assert not [line for line in told if "correct horse" in line]
    assert not OutgoingServer.objects.exists()


# ---- pages ----------------------------------------------------------------------------------------------------------


def test_a_server_is_made_and_changed_on_its_page_and_its_password_is_never_shown(browser):
    made = browser.post("/mail/outgoing-servers/new/", typed())
    server = OutgoingServer.objects.get()
    page = browser.get(made["Location"]).content.decode()

    assert made["Location"] == f"/mail/outgoing-servers/{server.pk}/"
    assert "correct horse" not in page
    assert server.sealed_password not in page
    assert "It is kept sealed and never shown." in page

    answer = browser.post(made["Location"], typed(host="evil.example", password=""))
    assert answer.status_code == 422
    assert "Enter the password again" in answer.content.decode()
    browser.post(made["Location"], typed(name="Mail", password=""))
    server.refresh_from_db()
    assert (server.name, server.host, access_of(server).password) == ("Mail", "mail.nordlys.example", "correct horse")


@pytest.mark.usefixtures("mailbox")
def test_a_mailbox_is_made_on_its_page_with_one_of_our_addresses_to_choose(browser):
    assert OURS in browser.get("/mail/incoming-servers/new/").content.decode()

    browser.post("/mail/incoming-servers/new/", typed(otherwise_to=OURS, afterwards="move", move_to="Done"))

    server = IncomingServer.objects.get()
    assert (server.port, server.otherwise_to, server.move_to) == (993, OURS, "Done")


def test_test_connection_says_on_the_page_what_came_of_it(browser, smtp_servers):
    handler, port = smtp_servers()
    server = make_outgoing_server(port=port)

    page = browser.post(f"/mail/outgoing-servers/{server.pk}/test/", follow=True).content.decode()
    assert f"localhost:{port} answers; no sign-in is set." in page
    assert handler.mails == []

    page = browser.post(f"/mail/outgoing-servers/{server.pk}/test-mail/", follow=True).content.decode()
    assert "A test mail from" in page
    assert len(handler.mails) == 1

    OutgoingServer.objects.update(port=1)
    page = browser.post(f"/mail/outgoing-servers/{server.pk}/test/", follow=True).content.decode()
    assert "Nobody answers at localhost:1." in page
    assert "Failing" in page


def test_a_mailbox_is_tested_and_fetched_from_its_page(browser, boxes):
    account = Account()
    port = boxes.imap(account)
    server = make_incoming_server(port=port, username=account.user, password=account.password)

    page = browser.post(f"/mail/incoming-servers/{server.pk}/test/", follow=True).content.decode()
    assert "The folder INBOX holds 0 messages, 0 of them unread." in page
    page = browser.post(f"/mail/incoming-servers/{server.pk}/fetch/", follow=True).content.decode()
    assert "Custom Email Servers is off" in page

    MailSetup.objects.create(pk=1, uses_custom_servers=True)
    page = browser.post(f"/mail/incoming-servers/{server.pk}/fetch/", follow=True).content.decode()
    assert "The mailbox is read now." in page


def test_messages_left_in_a_mailbox_stand_on_its_page_and_can_be_tried_again(browser):
    server = make_incoming_server()
    server.passed.create(uid="7.1", reason="It has 48 MB.", subject="Film", sender="ada@x.example", noted_at=now())
    server.passed.create(uid="7.2", subject="Fetched", noted_at=now())

    page = browser.get(f"/mail/incoming-servers/{server.pk}/").content.decode()
    assert ("Film" in page, "It has 48 MB." in page, "Fetched" in page) == (True, True, False)

    browser.post(f"/mail/incoming-servers/{server.pk}/passed/")
    assert [left.uid for left in server.passed.all()] == ["7.2"]


@pytest.mark.parametrize("way", ["outgoing", "incoming"])
def test_a_list_of_servers_costs_the_same_for_one_and_three(browser, way, django_assert_num_queries):
    make = make_outgoing_server if way == "outgoing" else make_incoming_server
    address = f"/mail/{way}-servers/"
    make()
    browser.get(address)
    costs = []
    for _ in range(2):
        with django_assert_num_queries(100, exact=False) as spent:
            browser.get(address)
        costs.append(len(spent))
        make()
        make()

    assert costs[0] == costs[1]


def test_custom_email_servers_is_switched_in_the_general_settings_and_written_down(browser, admin):
    fields = {"company-name": admin.company.name, "company-currency": "EUR", "company-time_zone": "UTC"}
    fields |= {"email-alias_domain": admin.company.alias_domain}

    browser.post("/settings/", fields | {"mail-servers-uses_custom_servers": "on"})
    assert MailSetup.objects.get().uses_custom_servers
    browser.post("/settings/", fields | {"mail-servers-uses_custom_servers": "on"})
    browser.post("/settings/", fields)

    assert not MailSetup.objects.get().uses_custom_servers
    assert told_settings_changes() == ["Custom Email Servers: on", "Custom Email Servers: off"]


def test_nobody_but_an_administrator_of_the_settings_sees_a_server():
    server = make_outgoing_server()
    helpdesk = make_admin()
    client = Client()
    client.force_login(helpdesk)

    for address in ("/mail/outgoing-servers/", f"/mail/outgoing-servers/{server.pk}/", "/mail/incoming-servers/"):
        assert client.get(address).status_code == 403
    assert client.post(f"/mail/outgoing-servers/{server.pk}/test/").status_code == 403
    assert not OutgoingServer.objects.visible_to(helpdesk).exists()


# ---- API ------------------------------------------------------------------------------------------------------------


def test_the_api_takes_a_password_and_never_tells_it(admin):
    client = Client(headers={"authorization": f"Bearer {make_secret(admin)}"})
    body = {"name": "Post", "host": "mail.nordlys.example", "username": "desk", "password": "correct horse"}

    made = client.post("/api/v1/outgoing-mail-servers", body, "application/json")
    assert made.status_code == 201
    assert (made.json()["has_password"], made.json()["port"]) == (True, 465)
    changed = client.patch(made["Location"], {"priority": 3}, "application/json")
    assert (changed.status_code, changed.json()["priority"]) == (200, 3)
    refused = client.patch(made["Location"], {"host": "evil.example"}, "application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "mail_password_wanted_again")
    for answer in (made, changed, refused, client.get(made["Location"]), client.get("/api/v1/outgoing-mail-servers")):
        assert "correct horse" not in answer.content.decode()
    assert access_of(OutgoingServer.objects.get()).password == "correct horse"
    assert OutgoingServer.objects.get().host == "mail.nordlys.example"
