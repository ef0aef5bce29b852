from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.testing import PASSWORD, make_admin, make_agent, make_portal_user, make_settings_admin
from deskhand.base.companies.testing import make_company
from deskhand.kit.shell import APPS

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "another horse battery"


@pytest.fixture
def admin(client: Client) -> User:
    user = make_settings_admin(make_company(name="Nordlys"), name="Amara")
    client.force_login(user)
    return user


def typed(user: User, **fields: Any) -> dict[str, Any]:
    """The form as the browser sends it."""
    roles = {f"role_{app.key}": user.roles.get(app.key, 0) for app in APPS if app.has_roles}
    return (
        {
            "name": user.name,
            "email": user.email,
            "kind": user.kind,
            "company": user.company_id,
            "companies": list(user.companies.values_list("pk", flat=True)),
            "language": "en",
            "time_zone": "UTC",
        }
        | roles
        | fields
    )


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


# ---- who comes in ---------------------------------------------------------------------------------------------------


def test_only_administrators_of_the_settings_come_in(client: Client) -> None:
    someone = make_agent()
    pages = ["/settings/users/", "/settings/users/new/", f"/settings/users/{someone.pk}/"]
    pages.append(f"/settings/users/{someone.pk}/password/")

    assert all(client.get(page).status_code == 302 for page in pages)
    for user in (make_admin(), make_portal_user()):
        client.force_login(user)
        assert all(client.get(page).status_code == 403 for page in pages)


def test_nobody_makes_themselves_an_administrator(client: Client) -> None:
    agent = make_agent()
    client.force_login(agent)

    assert client.post(f"/settings/users/{agent.pk}/", typed(agent, role_settings=2)).status_code == 403
    assert client.post(f"/settings/users/{agent.pk}/password/", {"password": NEW_PASSWORD}).status_code == 403
    assert client.post(f"/settings/users/{agent.pk}/password-reset/").status_code == 403
    assert fresh(agent).roles == {"helpdesk": Role.USER}
    assert fresh(agent).check_password(PASSWORD)


# ---- the list -------------------------------------------------------------------------------------------------------


def test_the_list_costs_the_same_number_of_queries_for_one_row_and_for_three(
    client: Client, admin: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/settings/users/")
    with django_assert_num_queries(9) as one:  # the four more: favourite, columns, second factors, invitations
        client.get("/settings/users/")
    make_agent(admin.company)
    make_agent(admin.company)

    with django_assert_num_queries(len(one)):
        client.get("/settings/users/")


def test_the_list_says_which_roles_everybody_has(client: Client, admin: User) -> None:
    make_admin(name="Jonas")

    content = client.get("/settings/users/?q=jonas").content.decode()

    assert "Helpdesk: Administrator" in content


# ---- make and change ------------------------------------------------------------------------------------------------


def test_a_user_is_made_with_roles_and_companies(client: Client, admin: User) -> None:
    other = make_company()
    companies = [admin.company_id, other.pk]

    response = client.post(
        "/settings/users/new/",
        typed(
            admin, name="Jonas", email="Jonas@Nordlys.example", companies=companies, role_helpdesk=1, role_settings=0
        ),
    )

    made = User.objects.get(email="jonas@nordlys.example")
    assert response["Location"] == f"/settings/users/{made.pk}/"
    assert made.roles == {"helpdesk": Role.USER}
    assert sorted(made.company_ids) == sorted(companies)
    assert not made.has_usable_password()


def test_the_page_offers_a_role_for_every_app_that_has_some(client: Client, admin: User) -> None:
    rows = {row.app.key: row for row in client.get("/settings/users/new/").context["form"].role_rows()}

    assert {"helpdesk", "settings"} <= rows.keys()
    assert [value for value, _ in rows["settings"].field.field.choices] == [Role.NONE, Role.ADMINISTRATOR]
    assert all(row.notes for row in rows.values())


def test_a_changed_user_has_the_new_roles_and_their_contact_the_new_name_and_address(
    client: Client, admin: User
) -> None:
    user = make_agent(admin.company)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    client.post(
        f"/settings/users/{user.pk}/", typed(user, name="Jonas W.", email="jw@nordlys.example", role_helpdesk=2)
    )

    changed = fresh(user)
    assert (changed.name, changed.email, changed.roles) == (
        "Jonas W.",
        "jw@nordlys.example",
        {"helpdesk": Role.ADMINISTRATOR},
    )
    assert (changed.contact.name, changed.contact.email) == ("Jonas W.", "jw@nordlys.example")
    assert not EmailAddress.objects.filter(user=user).exists()


def test_who_becomes_a_portal_user_loses_all_roles(client: Client, admin: User) -> None:
    user = make_agent(admin.company)

    client.post(f"/settings/users/{user.pk}/", typed(user, kind=UserKind.PORTAL))

    assert not fresh(user).role_grants.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "taken@nordlys.example"), ("email", "nonsense"), ("companies", []), ("role_helpdesk", "7")],
)
def test_a_user_that_makes_no_sense_is_refused(client: Client, admin: User, field: str, value: Any) -> None:
    make_agent(email="taken@nordlys.example")
    user = make_agent(admin.company, name="Jonas")

    response = client.post(f"/settings/users/{user.pk}/", typed(user, name="Changed", **{field: value}))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert fresh(user).name == "Jonas"


def test_the_present_company_is_one_of_the_companies(client: Client, admin: User) -> None:
    user, other = make_agent(admin.company), make_company()

    response = client.post(f"/settings/users/{user.pk}/", typed(user, company=other.pk))

    assert "company" in response.context["form"].errors
    assert fresh(user).company == admin.company


# ---- shut out -------------------------------------------------------------------------------------------------------


def test_a_deactivated_user_is_signed_out_and_stays_out_until_let_in_again(client: Client, admin: User) -> None:
    user = make_agent(admin.company)
    their = Client()
    their.force_login(user)

    client.post(f"/settings/users/{user.pk}/archival/")
    assert their.get("/contacts/").status_code == 302

    client.post(f"/settings/users/{user.pk}/archival/?restore")
    assert fresh(user).is_active


def test_nobody_shuts_themselves_out(client: Client, admin: User) -> None:
    make_settings_admin()

    response = client.post(f"/settings/users/{admin.pk}/archival/")

    assert response.status_code == 409
    assert "another administrator" in response.content.decode()
    assert fresh(admin).is_active


@pytest.mark.parametrize("change", [{"role_settings": 0}, {"kind": UserKind.PORTAL}])
def test_the_last_administrator_stays_one(client: Client, admin: User, change: dict[str, Any]) -> None:
    response = client.post(f"/settings/users/{admin.pk}/", typed(admin, name="Changed", **change))

    assert response.status_code == 422
    assert "Make somebody else an administrator first" in response.content.decode()
    assert fresh(admin).is_settings_administrator
    assert fresh(admin).name == "Amara"


def test_one_of_two_administrators_may_go(client: Client, admin: User) -> None:
    other = make_settings_admin(admin.company)

    client.post(f"/settings/users/{other.pk}/archival/")
    response = client.post(f"/settings/users/{admin.pk}/", typed(admin, role_settings=0))

    assert not fresh(other).is_active
    assert response.status_code == 422


# ---- passwords ------------------------------------------------------------------------------------------------------


def test_a_password_is_set_for_somebody_and_ends_their_sessions(client: Client, admin: User) -> None:
    user = make_agent(admin.company)
    their = Client()
    their.force_login(user)

    response = client.post(f"/settings/users/{user.pk}/password/", {"password": NEW_PASSWORD})

    assert response.status_code == 204
    assert "dh:close-popup" in response["HX-Trigger"]
    assert fresh(user).check_password(NEW_PASSWORD)
    assert their.get("/contacts/").status_code == 302


def test_who_sets_their_own_password_stays_signed_in(client: Client, admin: User) -> None:
    client.post(f"/settings/users/{admin.pk}/password/", {"password": NEW_PASSWORD})

    assert client.get("/settings/users/").status_code == 200


@pytest.mark.parametrize("password", ["", "short", "password123", "0123456789"])
def test_a_weak_password_is_refused_with_the_reason(client: Client, admin: User, password: str) -> None:
    user = make_agent(admin.company)

    response = client.post(f"/settings/users/{user.pk}/password/", {"password": password})

    assert response.status_code == 422
    assert response.context["form"].errors["password"]
    assert fresh(user).check_password(PASSWORD)


def test_a_link_to_choose_a_password_is_mailed_also_to_who_never_had_one(client: Client, admin: User) -> None:
    user = make_agent(admin.company, email="jonas@nordlys.example")
    user.set_unusable_password()
    user.save()

    client.post(f"/settings/users/{user.pk}/password-reset/")

    (sent,) = mail.outbox
    assert sent.to == ["jonas@nordlys.example"]
    assert "/account/password/reset/key/" in sent.body


def test_no_link_is_mailed_to_who_is_shut_out(client: Client, admin: User) -> None:
    user = make_agent(admin.company)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert client.post(f"/settings/users/{user.pk}/password-reset/").status_code == 404
    assert mail.outbox == []
