from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.enums import AuditKind
from deskhand.base.accounts.models import AuditEntry, User
from deskhand.base.accounts.services import AddressTaken, ask_for_address, change_address
from deskhand.base.accounts.testing import PASSWORD, make_agent
from deskhand.kit.clock import now

pytestmark = pytest.mark.django_db
NEW = "amara.okafor@nordlys.example"


def asked(user: User, address: str = NEW) -> str:
    """The page behind the link in the mail."""
    ask_for_address(user.pk, address)
    found = re.search(r"https?://[^/]+(/account/address/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_the_link_goes_to_the_new_address_and_looking_at_it_changes_nothing(client: Client) -> None:
    user = make_agent(email="amara@nordlys.example")

    page = client.get(asked(user))

    user.refresh_from_db()
    assert mail.outbox[0].to == [NEW]
    assert NEW in page.content.decode()
    assert user.email == "amara@nordlys.example"


def test_its_button_changes_the_address_of_user_and_contact_and_tells_the_old_one(client: Client) -> None:
    user = make_agent(email="amara@nordlys.example")

    client.post(asked(user))

    user.refresh_from_db()
    assert (user.email, user.contact.email) == (NEW, NEW)
    assert mail.outbox[-1].to == ["amara@nordlys.example"]
    assert AuditEntry.objects.get(user=user, kind=AuditKind.ADDRESS_CHANGED).detail.endswith(NEW)


def test_it_works_once_and_for_a_day(client: Client) -> None:
    user = make_agent()
    late, used = asked(user), asked(user, "other@nordlys.example")

    with time_machine.travel(now() + timedelta(days=1, minutes=1), tick=False):
        assert client.post(late).status_code == 404
    assert client.post(used).status_code == 200
    assert client.post(used).status_code == 404


def test_an_altered_link_changes_nothing(client: Client) -> None:
    user = make_agent()

    assert client.post(asked(user)[:-3] + "xx/").status_code == 404
    assert User.objects.get(pk=user.pk).email == user.email


def test_an_address_that_signs_in_already_is_refused_at_both_ends() -> None:
    user = make_agent()
    link = asked(user)
    other = make_agent(email=NEW)

    with pytest.raises(AddressTaken):
        ask_for_address(user.pk, NEW)
    with pytest.raises(AddressTaken):
        change_address(link.rstrip("/").rpartition("/")[2])
    assert User.objects.get(email=NEW) == other


def test_who_asks_for_it_shows_who_they_are_and_does_not_send_mails_by_the_dozen(client: Client) -> None:
    user = make_agent()
    client.force_login(user)
    assert client.get(reverse("accounts:address"))["Location"].startswith(reverse("account_reauthenticate"))

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answers = [client.post(reverse("accounts:address"), {"email": f"a{n}@n.example"}).status_code for n in range(6)]

    assert answers == [200] * 5 + [422]
    assert len(mail.outbox) == 5
