from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from deskhand.base.accounts.enums import AuditKind, Role
from deskhand.base.accounts.models import AuditEntry
from deskhand.base.accounts.places import ABILITIES
from deskhand.base.accounts.services import forget_old_entries, note, set_roles
from deskhand.base.accounts.testing import make_agent, make_settings_admin
from deskhand.kit.clock import now
from deskhand.kit.shell import APPS

pytestmark = pytest.mark.django_db


def test_every_app_with_roles_says_what_they_may_do(client: Client) -> None:
    client.force_login(make_settings_admin())

    told = {each.app.key: each.abilities for each in client.get(reverse("accounts:roles")).context["apps"]}

    assert sorted(told) == sorted(app.key for app in APPS if app.has_roles)
    assert all(told.values())
    assert {one.app for one in ABILITIES} <= told.keys()


def test_the_page_of_roles_says_it_and_counts_who_has_them(client: Client) -> None:
    client.force_login(make_settings_admin())
    make_agent()

    page = client.get(reverse("accounts:roles"))

    apps = {each.app.key: each for each in page.context["apps"]}
    assert apps["helpdesk"].users == 1
    assert apps["settings"].administrators == 1
    assert all(str(one.sentence) in page.content.decode().replace("&#x27;", "'") for one in ABILITIES)


def test_changed_roles_say_what_was_and_what_is(client: Client) -> None:
    admin, agent = make_settings_admin(), make_agent()
    AuditEntry.objects.all().delete()

    set_roles(agent, {"helpdesk": Role.ADMINISTRATOR, "settings": Role.ADMINISTRATOR}, by=admin)
    set_roles(agent, {"helpdesk": Role.ADMINISTRATOR, "settings": Role.ADMINISTRATOR}, by=admin)

    entry = AuditEntry.objects.get()
    assert (entry.kind, entry.by) == (AuditKind.ROLES_CHANGED, admin)
    assert entry.detail == "helpdesk: user → administrator, settings: none → administrator"


def test_the_list_calls_apps_roles_and_ways_in_as_people_do(client: Client) -> None:
    admin, agent = make_settings_admin(), make_agent()
    AuditEntry.objects.all().delete()
    set_roles(agent, {"helpdesk": Role.ADMINISTRATOR, "settings": Role.USER}, by=admin)
    note(AuditKind.SIGNED_IN, agent, detail="password, totp, keycloak")
    note(AuditKind.ROLES_CHANGED, agent, detail="gone: none → user")
    client.force_login(admin)

    page = client.get(reverse("accounts:audit")).content.decode()

    assert "Helpdesk: User → Administrator, Settings: None → User" in page
    assert "Password, Authenticator app, keycloak" in page
    assert "gone: None → User" in page
    assert "helpdesk: user" not in page


def test_the_list_costs_the_same_for_one_row_and_for_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make_settings_admin())
    AuditEntry.objects.all().delete()
    note(AuditKind.SIGNED_IN, make_agent(), address="192.0.2.7", detail="password")
    client.get(reverse("accounts:audit"))
    AuditEntry.objects.filter(kind=AuditKind.ROLES_CHANGED).delete()
    with django_assert_num_queries(6) as one:
        client.get(reverse("accounts:audit"))
    note(AuditKind.SIGNED_IN, make_agent())
    note(AuditKind.SIGNED_IN, make_agent())

    with django_assert_num_queries(len(one)):
        page = client.get(reverse("accounts:audit")).content.decode()

    assert "192.0.2.7" in page


def test_what_is_old_is_forgotten() -> None:
    old, new = note(AuditKind.SIGNED_IN, make_agent()), note(AuditKind.SIGNED_IN, make_agent())
    AuditEntry.objects.exclude(pk=new.pk).update(at=now() - timedelta(days=31))

    forget_old_entries(at=now(), days=30)

    assert AuditEntry.objects.get() == new
    assert old.pk != new.pk
