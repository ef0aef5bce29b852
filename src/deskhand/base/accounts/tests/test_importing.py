"""Users out of a file: invited with their roles, or changed; with anything wrong, nothing is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deskhand.base.accounts.models import Invitation
from deskhand.base.accounts.pages.screens import USERS
from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_agent, make_settings_admin
from deskhand.base.companies.testing import make_company
from deskhand.kit.screens.import_door import store_import, write_import
from deskhand.kit.screens.imports.models import Import
from deskhand.kit.screens.imports.working import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_settings_admin()


def imported(by: User, *lines: str, key: str = "email") -> Import:
    content = "\n".join(lines).encode()
    work = write_import(USERS, by, store_import(SimpleUploadedFile("users.csv", content)))
    Import.objects.filter(pk=work.pk).update(is_wanted=True, is_trial=False, key=key)
    work_on(work.pk)
    work.refresh_from_db()
    return work


def said(work: Import) -> list[Any]:
    return [(row, column) for row, column, _value, _sentence in work.problems]


def test_new_users_are_invited_with_their_roles(admin: User) -> None:
    work = imported(admin, "Name,Email,Role in Helpdesk", "Zoe,Zoe@Desk.example,Administrator", "Bob,bob@desk.example,")

    zoe, bob = User.objects.get(email="zoe@desk.example"), User.objects.get(email="bob@desk.example")
    assert (work.created, work.problems) == (2, [])
    assert (zoe.roles, bob.roles) == ({"helpdesk": Role.ADMINISTRATOR}, {})
    assert (zoe.company, zoe.language) == (admin.company, admin.language)
    assert Invitation.objects.filter(user__in=[zoe, bob], invited_by=admin).count() == 2


def test_who_shall_not_be_invited_is_only_made(admin: User) -> None:
    imported(admin, "Name,Email,Kind,Invite", "Zoe,zoe@desk.example,Portal user,no")

    assert User.objects.get(email="zoe@desk.example").kind == "portal"
    assert not Invitation.objects.exists()


def test_who_is_there_already_gets_only_what_the_file_says(admin: User) -> None:
    agent = make_agent(admin.company, name="Zoe")

    work = imported(admin, "Email,Role in Contacts,Name", f"{agent.email},,Zoe Hall")

    agent = User.objects.get(pk=agent.pk)
    assert (work.updated, agent.name, agent.roles["helpdesk"]) == (1, "Zoe Hall", Role.USER)


def test_a_wrong_row_leaves_all_of_them_out(admin: User) -> None:
    work = imported(
        admin,
        "Name,Email,Role in Helpdesk,Company",
        "Zoe,zoe@desk.example,User,",
        "Bob,bob,Boss,",
        f"Eve,eve@desk.example,,{make_company().name}",
    )

    assert said(work) == [(3, "Email"), (3, "Role in Helpdesk"), (4, "Company")]
    assert not User.objects.filter(name="Zoe").exists()


def test_the_same_address_twice_is_a_problem_of_the_second_row(admin: User) -> None:
    work = imported(admin, "Name,Email", "Zoe,zoe@desk.example", "Zoe again,zoe@desk.example", key="")

    assert said(work) == [(3, "Email")]
    assert not User.objects.filter(email="zoe@desk.example").exists()


def test_a_file_changes_nobodys_own_rights(admin: User) -> None:
    work = imported(admin, "Email,Role in Settings", f"{admin.email},None")

    assert said(work) == [(2, "Email")]
    assert User.objects.get(pk=admin.pk).is_settings_administrator


def test_the_last_administrator_stays_one(admin: User) -> None:
    other = make_settings_admin(admin.company)
    admin.role_grants.all().delete()
    by = User.objects.get(pk=other.pk)

    work = imported(by, "Email,Role in Settings", f"{by.email},None")

    assert work.problem_count == 1
    assert User.objects.get(pk=by.pk).is_settings_administrator


def test_who_is_no_administrator_any_more_imports_nothing(admin: User) -> None:
    work = write_import(USERS, admin, store_import(SimpleUploadedFile("u.csv", b"Name,Email\nZoe,zoe@desk.example\n")))
    make_settings_admin(admin.company)
    admin.role_grants.all().delete()
    Import.objects.filter(pk=work.pk).update(is_wanted=True, is_trial=False)

    work_on(work.pk)

    work.refresh_from_db()
    assert work.state == "failed"
    assert not User.objects.filter(email="zoe@desk.example").exists()
