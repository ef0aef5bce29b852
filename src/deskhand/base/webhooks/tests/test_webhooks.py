"""Webhooks: told in the transaction of the fact, signed, tried again, seen, paused; and never sent into our network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deskhand.base.accounts.public import User
from deskhand.base.accounts.testing import make_admin, make_agent, make_settings_admin
from deskhand.base.webhooks.models import Attempt, Delivery, Webhook
from deskhand.base.webhooks.services import reaching
from deskhand.base.webhooks.services.known import forget_known
from deskhand.base.webhooks.services.reaching import Reply, post, refuse_address
from deskhand.base.webhooks.services.sending import PAUSED_AFTER, send_deliveries
from deskhand.base.webhooks.services.signing import secret_of, signed_headers
from deskhand.base.webhooks.services.subscribing import (
    AddressNotUsable,
    NothingToTell,
    UnknownFilter,
    change_secret,
    pause_webhook,
    resume_webhook,
)
from deskhand.base.webhooks.services.telling import StillWaiting, ping, send_once_more
from deskhand.base.webhooks.testing import make_webhook
from deskhand.kit.clock import now
from deskhand.kit.work.models import WorkState
from deskhand.kit.work.retrying import BACKOFF
from deskhand.support.teams.public import Visibility
from deskhand.support.teams.testing import make_team
from deskhand.support.tickets.public import assign_ticket, move_ticket, set_priority
from deskhand.support.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    forget_known()
    yield
    forget_known()


@pytest.fixture
def admin() -> User:
    return make_admin()


@pytest.fixture
def server(settings: Any) -> Iterator[Any]:
    """A program that takes deliveries, on this machine: as the server's settings allow."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]

    class Handler(BaseHTTPRequestHandler):
        got: list[tuple[dict[str, str], bytes]] = []
        status = 200
        also: list[tuple[str, str]] = []

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            type(self).got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(type(self).status)
            self.send_header("X-Seen", "yes")
            self.send_header("Location", "http://127.0.0.1:1/")
            for name, value in type(self).also:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"thanks")

        def log_message(self, *_: Any) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    Handler.url = f"http://127.0.0.1:{listening.server_port}/hook?x=1"
    yield Handler
    listening.shutdown()
    thread.join()
    listening.server_close()


# ---- telling --------------------------------------------------------------------------------------------------------


def test_a_new_ticket_is_told_as_the_api_shows_it(admin: User) -> None:
    webhook = make_webhook(admin)

    ticket = make_ticket(team=make_team(company=admin.company), title="Oven dark")

    delivery = Delivery.objects.get()
    told = json.loads(delivery.body)
    assert (delivery.webhook, delivery.fact, delivery.state) == (webhook, "ticket.created", WorkState.WAITING)
    assert told["type"] == "ticket.created"
    assert told["id"] == str(delivery.event_id)
    assert told["data"]["record"]["id"] == ticket.pk
    assert told["data"]["record"]["title"] == "Oven dark"


def test_every_fact_of_a_ticket_can_be_told(admin: User) -> None:
    facts = ["ticket.created", "ticket.stage_entered", "ticket.assigned", "ticket.edited", "ticket.closed"]
    make_webhook(admin, facts=facts)
    team = make_team(company=admin.company)
    ticket = make_ticket(team=team)
    Delivery.objects.all().delete()

    set_priority(ticket.pk, 2, by=admin, at=now())
    assign_ticket(ticket.pk, admin, by=admin, at=now())
    move_ticket(ticket.pk, team.stages.filter(is_folded=True).first().pk, by=admin, at=now())

    told = [delivery.fact for delivery in Delivery.objects.order_by("pk")]
    assert told == ["ticket.edited", "ticket.assigned", "ticket.stage_entered", "ticket.closed"]
    assert json.loads(Delivery.objects.get(fact="ticket.edited").body)["data"]["fields"] == ["priority"]


def test_what_is_rolled_back_is_not_told(admin: User) -> None:
    make_webhook(admin)

    with transaction.atomic():
        make_ticket(team=make_team(company=admin.company))
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()


def test_a_webhook_is_told_only_what_its_owner_sees(admin: User) -> None:
    make_webhook(admin)

    make_ticket(team=make_team())  # another company
    make_ticket(team=make_team(company=admin.company, visibility=Visibility.PRIVATE))

    assert not Delivery.objects.exists()


def test_a_webhook_is_told_only_what_its_filters_leave(admin: User) -> None:
    team = make_team(company=admin.company)
    make_webhook(admin, query=f"filter=urgent&in=team.{team.pk}")

    make_ticket(team=team)
    make_ticket(team=make_team(company=admin.company), priority=3)
    urgent = make_ticket(team=team, priority=3)

    assert [json.loads(found.body)["data"]["record"]["id"] for found in Delivery.objects.all()] == [urgent.pk]


def test_where_nobody_asked_facts_cost_nothing(admin: User) -> None:
    make_webhook(admin, facts=["ticket.closed"])
    team = make_team(company=admin.company)
    make_ticket(team=team)  # asks which webhooks there are

    with CaptureQueriesContext(connection) as asked:
        make_ticket(team=team)

    assert not [query for query in asked if "webhooks_" in query["sql"]]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"url": "ftp://shop.example/"}, AddressNotUsable),
        ({"url": "https://user:pass@shop.example/"}, AddressNotUsable),
        ({"url": "https:///x"}, AddressNotUsable),
        ({"url": "https://shop.example:99999/"}, AddressNotUsable),
        ({"url": "https://shop.example/\n"}, AddressNotUsable),
        ({"url": "http://169.254.169.254/latest"}, AddressNotUsable),
        ({"url": "http://[::1]/"}, AddressNotUsable),
        ({"facts": []}, NothingToTell),
        ({"facts": ["ticket.eaten"]}, NothingToTell),
        ({"query": "filter=wrong"}, UnknownFilter),
        ({"query": "wrong=1"}, UnknownFilter),
    ],
)
def test_a_webhook_that_cannot_work_is_not_made(admin: User, fields: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        make_webhook(admin, **fields)

    assert not Webhook.objects.exists()


# ---- sending --------------------------------------------------------------------------------------------------------


def test_a_delivery_arrives_signed_and_its_answer_is_kept(admin: User, server: Any) -> None:
    webhook = make_webhook(admin, url=server.url)
    delivery = ping(webhook.pk, at=now())

    assert send_deliveries(at=now()) == 1

    ((headers, body),) = server.got
    delivery.refresh_from_db()
    attempt = Attempt.objects.get()
    key = base64.b64decode(secret_of(webhook).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-id"] == str(delivery.event_id)
    assert body.decode() == delivery.body
    assert (delivery.state, delivery.attempts) == (WorkState.DONE, 1)
    assert (attempt.status, attempt.answer, attempt.answer_headers["X-Seen"]) == (200, "thanks", "yes")
    server.got.clear()


def test_what_fails_is_tried_again_later_and_given_up_in_the_end(admin: User, server: Any) -> None:
    server.status = 500
    webhook = make_webhook(admin, url=server.url)
    delivery, at = ping(webhook.pk, at=now()), now()

    for wait in BACKOFF:
        assert send_deliveries(at=at) == 1
        assert send_deliveries(at=at) == 0  # not before its time
        delivery.refresh_from_db()
        assert (delivery.state, delivery.last_error) == (WorkState.WAITING, "It answered 500.")
        at = delivery.due_at
        assert wait
    send_deliveries(at=at)

    delivery.refresh_from_db()
    assert delivery.state == WorkState.FAILED
    assert delivery.tries.count() == len(BACKOFF) + 1
    server.got.clear()


def test_redirects_are_not_followed(admin: User, server: Any) -> None:
    server.status = 302
    delivery = ping(make_webhook(admin, url=server.url).pk, at=now())

    send_deliveries(at=now())

    delivery.refresh_from_db()
    assert (len(server.got), delivery.last_error) == (1, "It answered 302.")
    server.got.clear()


def test_after_failures_in_a_row_a_webhook_is_paused_and_told_nothing(admin: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("deskhand.base.webhooks.services.sending.post", lambda *_: Reply(error="Nobody is there."))
    webhook = make_webhook(admin)
    team = make_team(company=admin.company)
    for _ in range(PAUSED_AFTER):
        make_ticket(team=team)

    send_deliveries(at=now())
    forget_known()
    make_ticket(team=team)

    webhook.refresh_from_db()
    assert webhook.paused_at is not None
    assert "Nobody is there." in webhook.pause_reason
    assert Delivery.objects.count() == PAUSED_AFTER
    assert send_deliveries(at=now() + timedelta(days=1)) == 0
    resume_webhook(webhook.pk)
    assert send_deliveries(at=now() + timedelta(days=1)) == PAUSED_AFTER


def test_who_says_gone_is_not_asked_again(admin: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("deskhand.base.webhooks.services.sending.post", lambda *_: Reply(status=410))
    webhook = make_webhook(admin)
    ping(webhook.pk, at=now())

    send_deliveries(at=now())

    webhook.refresh_from_db()
    assert webhook.paused_at is not None


def test_success_forgets_the_failures_before(admin: User, server: Any) -> None:
    webhook = make_webhook(admin, url=server.url)
    Webhook.objects.update(failures=PAUSED_AFTER - 1)
    ping(webhook.pk, at=now())

    send_deliveries(at=now())

    webhook.refresh_from_db()
    assert (webhook.failures, webhook.delivered_at is not None) == (0, True)
    server.got.clear()


def test_the_page_of_a_delivery_on_its_way_asks_for_what_comes_of_it(admin: User, client: Client) -> None:
    delivery = ping(make_webhook(admin).pk, at=now())
    client.force_login(admin)
    page = reverse("webhooks:delivery", args=[delivery.pk])
    asks = f'hx-get="{page}"'

    assert asks in client.get(page).content.decode()
    Delivery.objects.update(due_at=now() + timedelta(minutes=5))
    assert asks not in client.get(page).content.decode()
    Delivery.objects.update(due_at=now(), state=WorkState.DONE)
    assert asks not in client.get(page).content.decode()


def test_a_delivery_is_sent_once_more_with_the_same_id(admin: User) -> None:
    delivery = ping(make_webhook(admin).pk, at=now())

    with pytest.raises(StillWaiting):
        send_once_more(delivery.pk, at=now())
    Delivery.objects.update(state=WorkState.FAILED)
    again = send_once_more(delivery.pk, at=now())

    assert (again.event_id, again.body, again.state) == (delivery.event_id, delivery.body, WorkState.WAITING)
    assert Delivery.objects.count() == 2


def test_what_failed_is_tried_now_and_not_twice(client: Client, admin: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("deskhand.base.webhooks.services.sending.post", lambda *_: Reply(status=500))
    delivery = ping(make_webhook(admin).pk, at=now())
    send_deliveries(at=now())
    client.force_login(admin)
    page = client.get(reverse("webhooks:delivery", args=[delivery.pk])).content.decode()

    answer = client.post(reverse("webhooks:copies", args=[delivery.pk]))

    delivery.refresh_from_db()
    assert "Send now" in page
    assert answer["Location"] == reverse("webhooks:delivery", args=[delivery.pk])
    assert (Delivery.objects.count(), delivery.due_at <= now()) == (1, True)
    assert send_deliveries(at=now()) == 1


def test_another_secret_signs_otherwise(admin: User) -> None:
    webhook = make_webhook(admin)
    delivery, at = ping(webhook.pk, at=now()), now()
    before = signed_headers(delivery, at=at)

    delivery.webhook = change_secret(webhook.pk)

    assert signed_headers(delivery, at=at)["webhook-signature"] != before["webhook-signature"]
    assert webhook.salt not in secret_of(webhook)


# ---- the network ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1",
        "ff02::1",
    ],
)  # fmt: skip
def test_addresses_of_our_network_are_refused(address: str) -> None:
    assert refuse_address(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_addresses_of_the_web_are_fine(address: str) -> None:
    assert refuse_address(ipaddress.ip_address(address)) == ""


def test_an_administrator_of_the_server_can_allow_a_network(settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = ["10.1.0.0/16"]

    assert refuse_address(ipaddress.ip_address("10.1.2.3")) == ""
    assert refuse_address(ipaddress.ip_address("10.2.2.3"))


def test_a_name_with_one_address_of_ours_is_not_called(monkeypatch: Any) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("somebody was called"))

    assert "10.0.0.1" in post("https://shop.example/", b"", {}).error


def test_a_name_that_changes_its_mind_is_called_where_it_was_checked(monkeypatch: Any, server: Any) -> None:
    """DNS rebinding: the second answer, which a second look-up would get, is never asked for."""
    port, asked = int(server.url.rpartition(":")[2].partition("/")[0]), []

    def once(host: str, *_: Any, **__: Any) -> Any:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    connected = []
    real = socket.create_connection
    monkeypatch.setattr(reaching.socket, "create_connection", lambda to, wait: connected.append(to) or real(to, wait))
    real_lookup = socket.getaddrinfo
    monkeypatch.setattr(
        reaching.socket,
        "getaddrinfo",
        lambda host, *a, **k: once(host) if host == "shop.example" else real_lookup(host, *a, **k),
    )

    reply = post(f"http://shop.example:{port}/", b"{}", {})

    assert reply.status == 200
    assert asked == ["shop.example"]
    assert connected == [("127.0.0.1", port)]
    assert server.got[-1][0]["host"] == f"shop.example:{port}"
    server.got.clear()


def test_of_odd_headers_as_much_is_kept_as_a_database_takes(admin: User, server: Any) -> None:
    server.also = [("X-Odd", "a\0b"), *((f"X-{number}", "y" * 5_000) for number in range(70))]
    delivery = ping(make_webhook(admin, url=server.url).pk, at=now())

    send_deliveries(at=now())

    kept = Attempt.objects.get(delivery=delivery).answer_headers
    assert kept["X-Odd"] == "a\ufffdb"
    assert len(kept) == 50
    assert max(map(len, kept.values())) == 1_000


def test_who_greets_one_byte_at_a_time_holds_no_worker(settings: Any, monkeypatch: Any) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    monkeypatch.setattr(reaching, "_WHOLE_SECONDS", 0.3)
    listening, tired_at = socket.create_server(("127.0.0.1", 0)), monotonic() + 5

    def dribble() -> None:
        caller, _address = listening.accept()
        with caller, suppress(OSError):
            caller.sendall(b"\x16\x03\x03\x40\x00")  # a record of TLS with 16 KB to come
            while monotonic() < tired_at:
                caller.sendall(b"\x02")
                sleep(0.05)

    thread = threading.Thread(target=dribble)
    thread.start()
    reply = post(f"https://127.0.0.1:{listening.getsockname()[1]}/", b"{}", {})
    thread.join()
    listening.close()

    assert reply.status is None
    assert reply.took_ms < 2_000


def test_nobody_answers(settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]

    assert "connection failed" in post("http://127.0.0.1:1/", b"", {}).error


# ---- pages ----------------------------------------------------------------------------------------------------------


def test_an_administrator_makes_pings_pauses_and_puts_away_a_webhook(client: Client) -> None:
    admin = make_settings_admin()
    client.force_login(admin)

    made = client.post(
        "/settings/webhooks/new/", {"name": "Shop", "url": "https://shop.example/", "facts": ["ticket.created"]}
    )
    webhook = Webhook.objects.get()
    client.post(f"/settings/webhooks/{webhook.pk}/pings/")
    client.post(f"/settings/webhooks/{webhook.pk}/pause/")
    page = client.get(f"/settings/webhooks/{webhook.pk}/").content.decode()
    delivery = Delivery.objects.get()
    shown = client.get(f"/settings/webhooks/deliveries/{delivery.pk}/").content.decode()

    assert made.status_code == 302
    assert webhook.owner == admin
    assert secret_of(webhook) in page
    assert "Paused" in page
    assert str(delivery.event_id) in shown


def test_what_is_wrong_stands_beside_the_field(client: Client) -> None:
    client.force_login(make_settings_admin())

    refused = client.post(
        "/settings/webhooks/new/", {"name": "x", "url": "http://127.0.0.1/", "facts": ["ticket.created"]}
    )

    assert refused.status_code == 422
    assert "is no address of the web" in refused.content.decode()
    assert not Webhook.objects.exists()


def test_a_webhook_of_somebody_else_is_not_there(client: Client) -> None:
    webhook = make_webhook(make_admin())
    client.force_login(make_admin())

    assert client.get(f"/settings/webhooks/{webhook.pk}/").status_code == 404
    client.force_login(make_agent())
    assert client.get("/settings/webhooks/").status_code == 403


def test_the_list_and_the_page_cost_the_same_for_one_and_three(client: Client) -> None:
    admin = make_settings_admin()
    client.force_login(admin)
    costs = []
    for count in (1, 2):
        for _ in range(count):
            webhook = make_webhook(admin)
            ping(webhook.pk, at=now())
            ping(webhook.pk, at=now())
        client.get("/settings/webhooks/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/settings/webhooks/")
            client.get(f"/settings/webhooks/{webhook.pk}/")
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_pausing_twice_keeps_the_first_reason(admin: User) -> None:
    webhook = make_webhook(admin)

    pause_webhook(webhook.pk, at=now(), reason="first")
    pause_webhook(webhook.pk, at=now(), reason="second")

    assert Webhook.objects.get().pause_reason == "first"
