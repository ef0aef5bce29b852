from __future__ import annotations

import pytest
from django.urls import reverse

from deskhand.base.accounts.public import Role, User, set_roles
from deskhand.base.accounts.testing import make_admin, make_settings_admin
from deskhand.base.companies.testing import make_company
from deskhand.support.intake.models import TeamAlias
from deskhand.support.intake.pages.forms import AliasForm
from deskhand.support.intake.queries import team_addresses
from deskhand.support.intake.services.aliases import AliasReserved, AliasTaken, change_alias, local_part_of
from deskhand.support.intake.testing import make_alias
from deskhand.support.teams.public import TeamSettings, create_team
from deskhand.support.teams.testing import make_team

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "local_part"),
    [
        ("Customer Care", "customer-care"),
        ("Kundendienst für Großgeräte", "kundendienst-fuer-grossgeraete"),
        ("Åse & Øystein's Reparaturer", "aase-and-oeystein-s-reparaturer"),
        ("Служба поддержки", "sluzhba-podderzhki"),
        ("Εξυπηρέτηση", "exypiretisi"),
        ("サポート", "helpdesk"),
        ("C++", "c-plus-plus"),
        ("x" * 200, "x" * 50),
    ],
)
def test_an_alias_is_readable(name, local_part):
    assert local_part_of(name) == local_part


def test_a_new_team_gets_an_alias_of_its_own_from_its_name():
    first, second, third = make_company(), make_company(), make_company()

    for company in (first, second, third):
        create_team(TeamSettings(name="Customer Care", company=company))

    assert list(TeamAlias.objects.order_by("pk").values_list("local_part", flat=True)) == [
        "customer-care", "customer-care-2", "customer-care-3",
    ]  # fmt: skip


def test_a_team_called_as_the_mail_server_gets_another_alias():
    create_team(TeamSettings(name="Postmaster", company=make_company()))

    assert TeamAlias.objects.get().local_part == "postmaster-2"


def test_an_alias_can_be_changed_and_switched_off():
    alias = make_alias()

    change_alias(alias.team, local_part="help", is_enabled=False)

    alias.refresh_from_db()
    assert (alias.local_part, alias.is_enabled) == ("help", False)


def test_the_alias_of_another_team_is_refused():
    taken, alias = make_alias(), make_alias()

    with pytest.raises(AliasTaken):
        change_alias(alias.team, local_part=taken.local_part, is_enabled=True)

    assert TeamAlias.objects.get(pk=alias.pk).local_part == alias.local_part


def test_the_mail_servers_own_address_is_refused():
    alias = make_alias()

    with pytest.raises(AliasReserved):
        change_alias(alias.team, local_part="postmaster", is_enabled=True)

    assert TeamAlias.objects.get(pk=alias.pk).local_part == alias.local_part


def test_addresses_of_teams_are_told_in_one_query(django_assert_num_queries):
    alias, switched_off = make_alias(), make_alias(is_enabled=False)
    homeless = make_alias(team=make_team(company=make_company(alias_domain="")))
    teams = [one.team_id for one in (alias, switched_off, homeless)]

    with django_assert_num_queries(1):
        addresses = team_addresses(teams)

    assert addresses == {alias.team_id: alias.address}


def form_of(alias: TeamAlias, **typed: str) -> AliasForm:
    return AliasForm(typed or None, team=alias.team, user=make_admin(alias.team.company))


def test_the_option_shows_and_saves_the_alias():
    alias = make_alias()

    form = form_of(alias, is_enabled="on", local_part="Help-Me")
    assert form.is_valid(), form.errors
    form.save()

    assert form_of(alias)["local_part"].value() == "help-me"


def test_the_alias_stands_in_channels_by_its_names(client):
    """IN-2: *Channels → Email Alias*, field *Alias*."""
    alias = make_alias()
    page = _page_of(client, alias.team, make_both_admin(alias.team.company)).partition("<main")[2]

    places = [page.index(word) for word in (">Channels</h2>", ">Email Alias</label>", ">Alias</label>")]
    assert places == sorted(places)
    assert f'value="{alias.local_part}"' in page


@pytest.mark.parametrize(
    ("local_part", "sentence"),
    [
        ("", "in front of the @"),
        ("two words", "small letters"),
        ("postmaster", "mail server"),
        ("care+x", "small letters"),
    ],
)
def test_the_option_says_what_is_wrong_with_an_alias(local_part, sentence):
    form = form_of(make_alias(), is_enabled="on", local_part=local_part)

    assert not form.is_valid()
    assert sentence in str(form.errors["local_part"])


def _page_of(client, team, user):
    client.force_login(user)
    return client.get(reverse("teams:team", args=[team.pk])).content.decode()


def test_the_option_leads_those_who_may_set_it_to_the_alias_domain_of_the_teams_company(client):
    team = make_team(company=make_company(alias_domain=""))
    make_alias(team=team)
    here = make_both_admin(team.company)
    elsewhere = make_both_admin(make_company())
    elsewhere.companies.add(team.company)

    assert 'href="/settings/#alias-domain"' in _page_of(client, team, here)
    page = _page_of(client, team, elsewhere)
    assert f'href="/settings/companies/{team.company_id}/"' in page
    assert "Set an Alias Domain" in page


def test_the_option_tells_all_others_whom_to_ask_for_an_alias_domain(client):
    team = make_team(company=make_company(alias_domain=""))
    make_alias(team=team)

    page = _page_of(client, team, make_admin(team.company))

    assert "Email Alias" in page
    assert "Set an Alias Domain" not in page
    assert "Ask an administrator of the Settings to set one." in page


def make_both_admin(company):
    user = make_settings_admin(company)
    set_roles(user, {"helpdesk": Role.ADMINISTRATOR, "settings": Role.ADMINISTRATOR})
    return User.objects.get(pk=user.pk)


# ---- what the settings say of a domain ------------------------------------------------------------------------------


def test_a_domain_that_is_typed_shows_the_addresses_it_makes_and_saves_nothing(client):
    company = make_company(alias_domain="nordlys.example")
    make_alias(team=make_team(company=company), local_part="care")
    make_alias(team=make_team(company=company), local_part="sales", is_enabled=False)
    make_alias(team=make_team(), local_part="foreign")
    client.force_login(make_settings_admin(company))

    page = client.get(
        f"/settings/companies/{company.pk}/alias-domain/?email-alias_domain=Müller.example"
    ).content.decode()

    assert "care@xn--mller-kva.example" in page
    assert "sales@xn--mller-kva.example" in page
    assert "switched off" in page
    assert "foreign@" not in page
    assert "mail to those at nordlys.example no longer" in page
    company.refresh_from_db()
    assert company.alias_domain == "nordlys.example"


def test_a_domain_shows_the_records_it_needs(client, settings):
    settings.SITE_URL, settings.SMTP_URL, settings.EMAIL_HOST = "https://desk.nordlys.example", "x", "mail.out.example"
    company = make_company(alias_domain="nordlys.example")
    client.force_login(make_settings_admin(company))

    page = client.get("/settings/").content.decode()

    assert "10 desk.nordlys.example" in page
    assert "v=spf1 mx a:mail.out.example ~all" in page
    assert "_dmarc.nordlys.example" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("care@nordlys.example", "Enter only what stands behind the @: nordlys.example"),
        ("https://nordlys.example/", "Enter the domain alone"),
        ("nord lys.example", "Enter a domain such as"),
        ("a" * 64 + ".example", "longer than 63 letters"),
    ],
)
def test_what_is_no_domain_is_said_while_it_is_typed_and_not_saved(client, typed, sentence):
    company = make_company(alias_domain="nordlys.example")
    client.force_login(make_settings_admin(company))
    fields = {"company-name": company.name, "company-currency": "EUR", "company-time_zone": "UTC"}

    told = client.get(f"/settings/companies/{company.pk}/alias-domain/", {"alias_domain": typed}).content.decode()
    saved = client.post("/settings/", fields | {"email-alias_domain": typed})

    company.refresh_from_db()
    assert sentence in told
    assert (saved.status_code, company.alias_domain) == (422, "nordlys.example")


def test_a_domain_is_saved_as_the_mail_system_writes_it(client):
    company = make_company(alias_domain="")
    client.force_login(make_settings_admin(company))
    fields = {"company-name": company.name, "company-currency": "EUR", "company-time_zone": "UTC"}

    client.post("/settings/", fields | {"email-alias_domain": " @Nordlys.Example. "})

    company.refresh_from_db()
    assert company.alias_domain == "nordlys.example"
