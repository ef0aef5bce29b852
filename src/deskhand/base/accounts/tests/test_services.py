from __future__ import annotations

import pytest

from deskhand.base.accounts.enums import Role, UserKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.services import AddressTaken, CompanyNotAmong, NewUser, create_user, set_roles
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user, make_settings_admin
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.testing import make_contact

pytestmark = pytest.mark.django_db


def test_a_new_user_takes_over_the_contact_with_the_same_address() -> None:
    contact = make_contact(email="ada@nordlys.example")

    user = create_user(NewUser(email="Ada@Nordlys.example", name="Ada", company=make_company()))

    assert user.contact == contact
    assert user.email == "ada@nordlys.example"


def test_an_address_signs_in_once() -> None:
    make_agent(email="ada@nordlys.example")

    with pytest.raises(AddressTaken):
        create_user(NewUser(email="ADA@nordlys.example", name="Ada", company=make_company()))

    assert User.objects.count() == 1


def test_the_present_company_is_one_of_the_companies() -> None:
    with pytest.raises(CompanyNotAmong):
        create_user(NewUser(email="a@n.example", name="A", company=make_company(), companies=[make_company()]))

    assert not User.objects.exists()


def test_customers_get_no_roles_whatever_is_asked_for() -> None:
    roles = {"settings": Role.ADMINISTRATOR}
    new = NewUser(email="a@n.example", name="A", company=make_company(), kind=UserKind.PORTAL, roles=roles)

    assert not create_user(new).role_grants.exists()


def test_roles_are_exactly_those_named() -> None:
    user = make_agent()

    set_roles(user, {"settings": Role.ADMINISTRATOR, "helpdesk": Role.NONE})

    assert user.roles == {"settings": Role.ADMINISTRATOR}
    assert not user.has_role("helpdesk")


def test_who_has_more_has_all_of_the_less() -> None:
    admin = make_admin()

    assert admin.has_role("helpdesk", Role.USER)
    assert not make_agent().has_role("helpdesk", Role.ADMINISTRATOR)
    assert not make_portal_user().has_role("helpdesk")


def test_users_with_a_role_stand_once_and_by_name() -> None:
    zoe, ada = make_agent(name="Zoe"), make_admin(name="Ada")
    gone = make_agent(name="Gone")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    make_settings_admin(name="Other")

    assert list(User.objects.with_role("helpdesk")) == [ada, zoe]


def test_colleagues_see_each_other_within_the_companies_they_share() -> None:
    ada = make_agent()
    bo, stranger = make_agent(ada.company), make_agent()

    assert set(User.objects.visible_to(ada)) == {ada, bo}
    assert stranger not in User.objects.visible_to(ada)
    assert not User.objects.manageable_by(ada).exists()
