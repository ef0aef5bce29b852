from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.enums import AuditKind
from deskhand.base.accounts.models import AuditEntry, Invitation, User
from deskhand.base.accounts.pages.forms import PASSWORD_RULES
from deskhand.base.accounts.services import (
    AddressTaken,
    AlreadyComeIn,
    InvitationNotOpen,
    NewUser,
    accept_invitation,
    invite_user,
    send_invitation,
    withdraw_invitation,
)
from deskhand.base.accounts.testing import make_agent, make_invitation_token, make_settings_admin
from deskhand.base.companies.testing import make_company
from deskhand.kit.clock import now
from deskhand.kit.shell import APPS

pytestmark = pytest.mark.django_db
PASSWORD = "green kettle on top"
SAID = {"name": "Ida Lind", "password1": PASSWORD, "password2": PASSWORD}


def page(token: str) -> str:
    return reverse("account_invitation", args=[token])


# ---- the link -------------------------------------------------------------------------------------------------------


def test_the_mail_names_who_invites_and_where_to_and_has_a_button() -> None:
    by = make_settings_admin(make_company(name="Nordlys"), name="Amara")

    make_invitation_token(by.company, email="ida@nordlys.example", by=by)

    sent = mail.outbox[0]
    html = sent.alternatives[0][0]  # type: ignore[attr-defined]
    assert sent.to == ["ida@nordlys.example"]
    assert sent.subject == "Your invitation to Nordlys"
    assert "Amara invites you" in sent.body
    assert re.search(r'<a href="http://\S+/account/invitation/\S+/"[^>]*>Accept the invitation</a>', html)


def test_the_link_cannot_be_found_in_the_database() -> None:
    token = make_invitation_token()

    kept = Invitation.objects.values().get()

    assert token not in str(kept)


def test_who_follows_it_chooses_name_and_password_and_is_in(client: Client) -> None:
    token = make_invitation_token()

    answer = client.post(page(token), SAID | {"name": "Ida L. Berg"})

    user = User.objects.get(name="Ida L. Berg")
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.check_password(PASSWORD)
    assert user.contact.name == "Ida L. Berg"


def test_looking_at_the_page_uses_nothing_up(client: Client) -> None:
    token = make_invitation_token()

    assert [client.get(page(token)).status_code for _ in range(3)] == [200] * 3


def test_it_works_once(client: Client) -> None:
    token = make_invitation_token()
    client.post(page(token), SAID)

    again = Client().post(page(token), SAID | {"password1": "another one here", "password2": "another one here"})

    assert again.status_code == 404
    assert "not open any more" in again.content.decode()
    assert User.objects.get(name="Ida Lind").check_password(PASSWORD)


def test_it_works_for_a_week(client: Client) -> None:
    token = make_invitation_token()

    with time_machine.travel(now() + timedelta(days=6, hours=23), tick=False):
        assert client.get(page(token)).status_code == 200
    with time_machine.travel(now() + timedelta(days=7, minutes=1), tick=False):
        assert client.post(page(token), SAID).status_code == 404
    assert not User.objects.get(name="Ida Lind").has_usable_password()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": ""}, "name"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password1": "1234567890", "password2": "1234567890"}, "password1"),
        ({"password2": "something else"}, "password2"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_the_link_stays_good(
    client: Client, said: dict[str, str], field: str
) -> None:
    token = make_invitation_token()

    answer = client.post(page(token), SAID | said)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert client.post(page(token), SAID).status_code == 302


def test_nobody_tries_links_by_the_hundred(client: Client) -> None:
    answers = [client.get(page(f"guess{number}")).status_code for number in range(31)]

    assert answers == [404] * 30 + [429]


def test_whoever_is_signed_in_as_somebody_else_becomes_who_was_invited(client: Client) -> None:
    client.force_login(make_agent())
    token = make_invitation_token()

    client.post(page(token), SAID)

    assert client.session["_auth_user_id"] == str(User.objects.get(name="Ida Lind").pk)


# ---- services -------------------------------------------------------------------------------------------------------


def test_an_address_that_signs_in_already_is_not_invited() -> None:
    make_agent(email="ida@nordlys.example")

    with pytest.raises(AddressTaken):
        invite_user(NewUser(email="ida@nordlys.example", name="Ida", company=make_company()), by=None, at=now())

    assert (User.objects.count(), mail.outbox) == (1, [])


def test_sending_it_again_makes_the_first_link_worthless() -> None:
    first = make_invitation_token()
    user = Invitation.objects.get().user

    send_invitation(user.pk, by=None, at=now())

    with pytest.raises(InvitationNotOpen):
        accept_invitation(first, name="X", password=PASSWORD, at=now())
    assert len(mail.outbox) == 2
    assert Invitation.objects.pending().count() == 1


def test_who_has_been_in_is_not_invited_again() -> None:
    user = make_agent()
    User.objects.filter(pk=user.pk).update(last_login=now())

    with pytest.raises(AlreadyComeIn):
        send_invitation(user.pk, by=None, at=now())

    assert mail.outbox == []


def test_a_withdrawn_invitation_opens_nothing_and_its_user_is_archived() -> None:
    by = make_settings_admin()
    token = make_invitation_token()
    user = Invitation.objects.get().user

    withdraw_invitation(user.pk, by=by)

    user.refresh_from_db()
    assert not user.is_active
    with pytest.raises(InvitationNotOpen):
        accept_invitation(token, name="X", password=PASSWORD, at=now())
    with pytest.raises(InvitationNotOpen):
        withdraw_invitation(user.pk, by=by)


def test_all_of_it_is_written_down(client: Client) -> None:
    by = make_settings_admin()
    token = make_invitation_token(by=by)

    client.post(page(token), SAID)

    user = User.objects.get(name="Ida Lind")
    noted = AuditEntry.objects.filter(user=user).order_by("pk").values_list("kind", "by")
    assert list(noted) == [
        (AuditKind.INVITED, by.pk),
        (AuditKind.INVITATION_ACCEPTED, None),
        (AuditKind.SIGNED_IN, None),
    ]


# ---- what administrators do -----------------------------------------------------------------------------------------


def test_a_new_user_is_invited_unless_told_otherwise(client: Client) -> None:
    admin = make_settings_admin()
    client.force_login(admin)
    typed = {
        "name": "Ida",
        "kind": "internal",
        "company": admin.company_id,
        "companies": [admin.company_id],
        "language": "en",
        "time_zone": "UTC",
    }
    typed |= {f"role_{app.key}": int(app.key == "helpdesk") for app in APPS if app.has_roles}

    client.post(reverse("accounts:new-user"), typed | {"email": "ida@n.example", "invite": "on"})
    client.post(reverse("accounts:new-user"), typed | {"email": "bo@n.example"})

    assert [sent.to for sent in mail.outbox] == [["ida@n.example"]]
    assert Invitation.objects.get().user.roles == {"helpdesk": 1}


def test_administrators_send_it_again_and_withdraw_it(client: Client) -> None:
    client.force_login(make_settings_admin())
    make_invitation_token()
    user = Invitation.objects.get().user

    client.post(reverse("accounts:invitation", args=[user.pk]))
    shown = client.get(reverse("accounts:users") + "?filter=invited").content.decode()
    client.post(reverse("accounts:withdrawal", args=[user.pk]))

    assert len(mail.outbox) == 2
    assert "Ida Lind" in shown
    assert "Invited" in shown
    assert not Invitation.objects.exists()


def test_the_page_names_the_rules_of_passwords_that_hold(settings):
    known = {rule["NAME"].rpartition(".")[2]: rule.get("OPTIONS", {}) for rule in settings.AUTH_PASSWORD_VALIDATORS}

    assert set(known) == {
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "UserAttributeSimilarityValidator",
    }
    assert str(PASSWORD_RULES).startswith(f"At least {known['MinimumLengthValidator']['min_length']} characters;")
