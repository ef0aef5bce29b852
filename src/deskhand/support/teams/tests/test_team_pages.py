"""Configuration → Helpdesk Teams: the list and the settings page (TEAM-1 to TEAM-7)."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user, make_user
from deskhand.base.chatter.public import add_followers, followers_of
from deskhand.base.companies.testing import make_company
from deskhand.base.contacts.public import Contact
from deskhand.base.contacts.testing import make_contact
from deskhand.kit.errors import DomainError
from deskhand.kit.ui.shapes import SmartButton
from deskhand.support.teams import places
from deskhand.support.teams.enums import Visibility
from deskhand.support.teams.models import Stage, Team
from deskhand.support.teams.testing import make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team(name="Customer Care", company=make_company(name="Nordlys Home AS"))


@pytest.fixture
def admin(team: Team) -> User:
    return make_admin(team.company)


@pytest.fixture
def http(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture(autouse=True)
def _no_options(monkeypatch) -> None:
    """The page by itself; what other apps add is their tests' business."""
    for place in (
        places.PORTAL_FOLLOWERS,
        places.TEAM_OPTIONS,
        places.TEAM_SMART_BUTTONS,
        places.TEAM_COLUMNS,
        places.STAGE_USES,
    ):
        monkeypatch.setattr(place, "_panels", [])


def url(name: str, *args: object) -> str:
    return reverse(f"teams:{name}", args=args)


def typed(team: Team, **changes: object) -> dict[str, object]:
    """What the browser sends when the page is saved."""
    return {
        "name": team.name,
        "description": team.description,
        "company": team.company_id,
        "visibility": team.visibility,
        "followers": followers_of(team),
        "stages": [stage.pk for stage in team.stages.all()],
    } | changes


def words(response) -> str:
    return response.content.decode()


# ---- who ------------------------------------------------------------------------------------------------------------


PAGES = [("list", False), ("new", False), ("team", True), ("follower-options", False)]


@pytest.mark.parametrize(("name", "of_team"), PAGES)
def test_only_administrators_open_the_configuration(client, team, name, of_team):
    page = url(name, *([team.pk] if of_team else []))
    expected = [
        (make_admin(team.company), 200),
        (make_agent(team.company), 403),
        (make_user(company=team.company, role=Role.NONE), 404),
        (make_portal_user(team.company), 404),
    ]

    for user, status in expected:
        client.force_login(user)
        assert client.get(page).status_code == status, user.kind
    client.logout()
    assert client.get(page).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["team", "copies", "archival"])
def test_teams_of_another_company_are_not_there(client, team, name):
    client.force_login(make_admin())

    assert client.post(url(name, team.pk), typed(team, name="Mine now")).status_code == 404
    assert list(Team.objects.values_list("name", "is_active")) == [("Customer Care", True)]


def test_helpdesk_users_change_nothing(client, team):
    client.force_login(make_agent(team.company))

    for page, data in [(url("team", team.pk), typed(team, name="x")), (url("archival", team.pk), {}), (url("new"), {})]:
        assert client.post(page, data).status_code == 403
    assert list(Team.objects.values_list("name", "is_active")) == [("Customer Care", True)]


# ---- list -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three_teams(http, team, count, django_assert_num_queries):
    for _number in range(count - 1):
        make_team(company=team.company)
    http.get(url("list"))

    with django_assert_num_queries(6):  # session, user, default favourite, columns, count, teams
        response = http.get(url("list"))

    assert words(response).count("data-grip") == count


def test_archived_teams_are_behind_the_filter(http, team):
    http.post(url("archival", team.pk))
    http.get(url("team", team.pk))  # its message is shown once

    assert "Customer Care" not in words(http.get(url("list")))
    assert "Customer Care" in words(http.get(url("list") + "?filter=archived"))

    http.post(url("archival", team.pk) + "?restore")
    assert "Customer Care" in words(http.get(url("list")))


def test_teams_are_put_into_order_but_not_those_of_others(http, team):
    second, foreign = make_team(company=team.company), make_team()
    before = list(Team.objects.values_list("pk", flat=True))
    assert before == [team.pk, second.pk, foreign.pk]

    response = http.post(url("order"), {"order": [foreign.pk, second.pk, team.pk]})

    assert response.status_code == 204
    assert list(Team.objects.values_list("pk", flat=True)) == [second.pk, team.pk, foreign.pk]


# ---- new, copy ------------------------------------------------------------------------------------------------------


def test_a_new_team_lands_on_its_page(http, team):
    data = {"name": "  Spare   parts ", "company": team.company_id, "visibility": "company", "description": "Parts"}

    response = http.post(url("new"), data)

    made = Team.objects.get(name="Spare parts")
    assert response.url == url("team", made.pk)
    assert (made.visibility, made.description, made.stages.count()) == (Visibility.COMPANY, "Parts", 5)


def test_what_is_wrong_with_a_new_team_stands_beside_the_field(http, team):
    response = http.post(url("new"), {"name": "customer care", "company": team.company_id, "visibility": "company"})

    assert response.status_code == 422
    assert "a team of this name already" in words(response)
    assert Team.objects.count() == 1


def test_a_team_is_made_in_ones_own_company_only(http):
    response = http.post(url("new"), {"name": "X", "company": make_company().pk, "visibility": "public"})

    assert response.status_code == 422
    assert not Team.objects.filter(name="X").exists()


def test_the_copy_is_opened(http, team):
    response = http.post(url("copies", team.pk))

    assert response.url == url("team", Team.objects.get(name="Customer Care (copy)").pk)


# ---- settings page --------------------------------------------------------------------------------------------------


def test_the_page_has_the_words_of_the_specification(http, team):
    shown = words(http.get(url("team", team.pk)))

    for expected in (
        "Shown to customers on the website form.",
        "Visibility &amp; Assignment",
        "Invited internal users (private)",
        "All internal users (company)",
        "Invited portal users and all internal users (public)",
        "Follow All Team's Tickets",
        "Duplicate",
        "Archive",
    ):
        assert expected in shown, expected
    assert "Self-Service" not in shown, "a section without options is not shown"


def test_everything_is_saved_together(http, team):
    follower = make_contact()
    stages = [stage.pk for stage in team.stages.all()]
    data = typed(
        team,
        name="Care",
        description="Write to us",
        visibility="company",
        confirm_visibility="yes",
        followers=[follower.pk],
        stages=[stages[1], stages[0], *stages[3:]],
        new_stage="Waiting for parts",
    )

    response = http.post(url("team", team.pk), data)

    assert response.status_code == 302
    team.refresh_from_db()
    assert (team.name, team.description, team.visibility) == ("Care", "Write to us", Visibility.COMPANY)
    assert followers_of(team) == [follower.pk]
    expected = ["In Progress", "New", "Waiting for parts", "Solved", "Cancelled"]
    assert [stage.name for stage in team.stages.all()] == expected
    shown = http.get(url("team", team.pk)).context["form"].pipeline
    assert [stage.name for stage in shown] == expected


def test_a_stage_of_another_team_can_be_shared(http, team):
    shared = make_team(company=team.company).stages.get(name="On Hold")
    shared.name = "Waiting"
    shared.save()

    http.post(url("team", team.pk), typed(team, shared_stage=shared.pk))

    assert shared in team.stages.all()
    assert shared.teams.count() == 2


def test_stages_of_another_company_cannot_be_shared(http, team):
    foreign = make_team().stages.first()

    response = http.post(url("team", team.pk), typed(team, shared_stage=foreign.pk, stages=[foreign.pk]))

    assert response.status_code == 422
    assert foreign.teams.count() == 1


def test_what_is_refused_keeps_what_was_typed_and_saves_nothing(http, team):
    make_team(name="Returns", company=team.company)

    response = http.post(
        url("team", team.pk), typed(team, name="Returns", description="New words", new_stage="Waiting", stages=[])
    )

    shown = words(response)
    assert response.status_code == 422
    assert "a team of this name already" in shown
    assert "New words" in shown
    assert 'value="Waiting"' in shown
    team.refresh_from_db()
    assert (team.name, team.description, team.stages.count()) == ("Customer Care", "", 5)
    assert not Stage.objects.filter(name="Waiting").exists()


def test_a_new_stage_with_a_taken_name_is_refused_beside_its_field(http, team):
    response = http.post(url("team", team.pk), typed(team, name="Care", new_stage="solved"))

    assert response.status_code == 422
    assert "Customer Care has a stage called solved already" in words(response) or "has a stage called" in words(
        response
    )
    assert Team.objects.get().name == "Customer Care"


# ---- visibility (TEAM-4) --------------------------------------------------------------------------------------------


@pytest.fixture
def portal_follower(team: Team) -> int:
    contact = make_portal_user(team.company).contact_id
    add_followers(team, [contact])
    return contact


def test_leaving_public_warns_first(http, team, portal_follower):
    response = http.post(url("team", team.pk), typed(team, visibility="private"))

    assert response.status_code == 422
    assert "portal users are removed as followers of the team and of each of its tickets" in words(response)
    assert response.context["form"]["visibility"].value() == "private"
    assert Team.objects.get().visibility == Visibility.PUBLIC
    assert followers_of(team) == [portal_follower]


def test_the_warning_names_whom_it_removes(http, team, portal_follower, monkeypatch):
    """Also those who only follow a ticket, of which the app of the tickets knows."""
    Contact.objects.filter(pk=portal_follower).update(name="Petra Portal")
    of_ticket = make_portal_user(team.company, name="Sigurd Kunde").contact_id
    monkeypatch.setattr(places.PORTAL_FOLLOWERS, "_panels", [(50, lambda _team: [of_ticket, portal_follower])])

    said = words(http.post(url("team", team.pk), typed(team, visibility="private")))

    assert "It removes 2 portal users: <bdi>Petra Portal</bdi>, <bdi>Sigurd Kunde</bdi>" in said


def test_the_warning_says_so_when_there_is_nobody_to_remove(http, team):
    said = words(http.post(url("team", team.pk), typed(team, visibility="company")))

    assert "At present no portal user follows the team or a ticket of it." in said


def test_what_is_wrong_is_put_right_before_the_warning(http, team):
    response = http.post(url("team", team.pk), typed(team, visibility="private", name=""))

    assert response.status_code == 422
    assert "portal users are removed" not in words(response)


def test_leaving_public_happens_when_confirmed(http, team, portal_follower):
    response = http.post(url("team", team.pk), typed(team, visibility="private", confirm_visibility="yes"))

    assert response.status_code == 302
    assert Team.objects.get().visibility == Visibility.PRIVATE
    assert followers_of(team) == []


# ---- followers (TEAM-5) ---------------------------------------------------------------------------------------------


def test_followers_are_found_by_name_or_address(http, team):
    make_contact(name="Lagerhaus Hansestadt Bremen", email="lager@bremen.example")
    make_contact(name="Bremen elsewhere", company=make_company())

    found = http.get(url("follower-options"), {"q": "BREMEN"}).json()["options"]

    assert [(one["name"], one["detail"]) for one in found] == [("Lagerhaus Hansestadt Bremen", "lager@bremen.example")]


def test_a_follower_can_be_added_without_script(http, team):
    contact = make_contact(email="lager@bremen.example")

    http.post(url("team", team.pk), typed(team, add_follower=" Lager@Bremen.example "))

    assert followers_of(team) == [contact.pk]


def test_an_unknown_follower_is_refused(http, team):
    response = http.post(url("team", team.pk), typed(team, add_follower="nobody@bremen.example"))

    assert response.status_code == 422
    assert "No contact has this name or mail address" in words(response)
    assert followers_of(team) == []


def test_contacts_of_another_company_do_not_follow(http, team):
    foreign = make_contact(company=make_company())

    assert http.post(url("team", team.pk), typed(team, followers=[foreign.pk])).status_code == 422
    assert followers_of(team) == []


# ---- what other apps add --------------------------------------------------------------------------------------------


class Refusal(DomainError):
    message = "Not on Sundays."
    field = "days"


class DaysForm(places.TeamOptionForm):
    days = forms.IntegerField(min_value=1)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("days", self.team.position)

    def save(self) -> None:
        Team.objects.filter(pk=self.team.pk).update(position=self.cleaned_data["days"])
        if self.cleaned_data["days"] == 7:
            raise Refusal


@pytest.fixture
def _days() -> None:
    option = places.TeamOption("closing", places.TeamSection.SELF_SERVICE, DaysForm, "ui/field_hint.html")
    places.TEAM_OPTIONS.add(option)


@pytest.mark.usefixtures("_days")
def test_options_stand_in_their_section_and_are_saved_with_the_page(http, team):
    assert "Self-Service" in words(http.get(url("team", team.pk)))

    assert http.post(url("team", team.pk), typed(team, **{"closing-days": 3})).status_code == 302

    assert Team.objects.get().position == 3


@pytest.mark.usefixtures("_days")
@pytest.mark.parametrize(("days", "sentence"), [("0", "greater than or equal to 1"), ("7", "Not on Sundays.")])
def test_one_wrong_option_saves_nothing_of_the_page(http, team, days, sentence):
    response = http.post(url("team", team.pk), typed(team, name="Care", **{"closing-days": days}))

    assert response.status_code == 422
    assert sentence in words(response)
    team.refresh_from_db()
    assert (team.name, team.position) == ("Customer Care", 10)


def test_smart_buttons_stand_above_the_sheet(http, team):
    places.TEAM_SMART_BUTTONS.add(lambda team, user: SmartButton("ticket", "26", "Tickets", "/x/"))
    places.TEAM_SMART_BUTTONS.add(lambda team, user: None)

    assert "<b>26</b>Tickets" in words(http.get(url("team", team.pk)))


def test_the_pager_leads_through_the_list(http, team):
    second = make_team(company=team.company, position=20)

    shown = words(http.get(url("team", team.pk), headers={"referer": f"http://testserver{url('list')}"}))

    assert "1 / 2" in shown
    assert url("team", second.pk) in shown


# ---- two people, one team -------------------------------------------------------------------------------------------


def seen_on(http: Client, team: Team) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', http.get(url("team", team.pk)).content.decode())
    assert found
    return found[1]


def test_nobody_overwrites_what_somebody_else_saved_meanwhile(http, team):
    seen = seen_on(http, team)
    http.post(url("team", team.pk), typed(team, name="Customer Care Nord", seen=seen))

    answer = http.post(url("team", team.pk), typed(team, description="Write to us", seen=seen))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else changed this meanwhile: Name" in page
    assert "Meanwhile: Customer Care Nord" in page
    assert "Write to us" in page
    team.refresh_from_db()
    assert (team.name, team.description) == ("Customer Care Nord", "")


def test_saving_once_more_replaces_what_the_other_wrote(http, team):
    seen = seen_on(http, team)
    http.post(url("team", team.pk), typed(team, name="Customer Care Nord", seen=seen))
    told = http.post(url("team", team.pk), typed(team, name="Mine", seen=seen)).content.decode()
    seen_now = re.search(r'name="seen" value="([^"]*)"', told)[1]

    answer = http.post(url("team", team.pk), typed(team, name="Mine", seen=seen_now))

    assert answer.status_code == 302
    assert Team.objects.get(pk=team.pk).name == "Mine"


def test_a_follower_and_a_stage_that_came_meanwhile_are_not_lost(http, team):
    seen, late = seen_on(http, team), make_contact(company=team.company, name="Late Lena")
    before = typed(team, description="Mine", seen=seen)
    add_followers(team, [late.pk])
    team.stages.add(Stage.objects.create(company=team.company, name="Waiting for parts", position=990))

    page = http.post(url("team", team.pk), before).content.decode()

    assert "Meanwhile: Late Lena" in page
    assert "Somebody else changed this meanwhile: Followers, Stages" in page
    assert followers_of(team) == [late.pk]
    assert team.stages.filter(name="Waiting for parts").exists()


@pytest.mark.usefixtures("_days")
def test_options_of_other_apps_are_compared_too(http, team):
    seen = seen_on(http, team)
    Team.objects.filter(pk=team.pk).update(position=9)

    page = http.post(url("team", team.pk), typed(team, **{"closing-days": "4", "seen": seen})).content.decode()

    assert "Somebody else changed this meanwhile: Days" in page
    assert Team.objects.get(pk=team.pk).position == 9


# ---- archive and delete ---------------------------------------------------------------------------------------------


def test_a_team_without_tickets_is_deleted_with_its_followers(http, team):
    add_followers(team, [make_contact(company=team.company).pk])

    answer = http.post(url("deletion", team.pk))

    assert answer.headers["Location"] == url("list")
    assert not Team.objects.filter(pk=team.pk).exists()
    assert followers_of(Team(pk=team.pk)) == []


def test_archiving_asks_first_and_says_what_becomes_of_tickets_and_mail(http, team):
    page = http.get(url("team", team.pk)).content.decode()

    said = http.post(url("archival", team.pk), follow=True).content.decode()

    assert "Archive “Customer Care”? It leaves the overview and all menus" in page
    assert "mail to its address is refused" in said
    assert not Team.objects.get(pk=team.pk).is_active


def test_the_list_offers_to_archive_and_delete_many(http, team):
    page = http.get(url("list")).content.decode()

    assert all(word in page for word in ("Archive", "Delete"))
