"""Stages and tags: lists, pages, and the pop-ups of the board (CLOSE-1)."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from deskhand.base.accounts.public import Role, User
from deskhand.base.accounts.testing import make_admin, make_agent, make_portal_user, make_user
from deskhand.support.teams.models import FoldedColumn, Stage, Tag, Team
from deskhand.support.teams.testing import make_tag, make_team

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def team() -> Team:
    return make_team(name="Customer Care")


@pytest.fixture
def stage(team: Team) -> Stage:
    return team.stages.get(name="On Hold")


@pytest.fixture
def admin(team: Team) -> User:
    return make_admin(team.company)


@pytest.fixture
def http(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def url(name: str, *args: object, team: Team | None = None) -> str:
    return reverse(f"teams:{name}", args=args) + (f"?team={team.pk}" if team else "")


def words(response) -> str:
    return response.content.decode()


def typed(stage: Stage, **changes: object) -> dict[str, object]:
    return {"name": stage.name, "teams": [team.pk for team in stage.teams.all()], "description": ""} | changes


# ---- who ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["stages", "stage-new", "stage", "stage-edit", "stage-delete", "tags", "tag-new"])
def test_only_administrators_configure_stages_and_tags(client, team, stage, name):
    page = url(name, *([stage.pk] if name in ("stage", "stage-edit", "stage-delete") else []))
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


@pytest.mark.parametrize("name", ["stage", "stage-edit", "stage-delete"])
def test_stages_of_another_company_are_not_there(client, stage, name):
    client.force_login(make_admin())

    assert client.post(url(name, stage.pk), typed(stage, name="Mine now")).status_code == 404
    assert Stage.objects.filter(name="On Hold").exists()


def test_helpdesk_users_change_no_stage(client, team, stage):
    client.force_login(make_agent(team.company))

    for name in ("stage", "stage-edit", "stage-delete"):
        assert client.post(url(name, stage.pk, team=team), typed(stage, is_folded="on")).status_code == 403
    assert client.post(url("stage-order"), {"order": [stage.pk]}).status_code == 403
    assert not Stage.objects.get(pk=stage.pk).is_folded


# ---- lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_stages_cost_the_same_for_one_and_three(http, team, count, django_assert_num_queries):
    team.stages.set(list(team.stages.all())[:count])
    Stage.objects.exclude(teams=team).delete()
    http.get(url("stages"))

    with django_assert_num_queries(7):  # session, user, default favourite, columns, count, stages, their teams
        response = http.get(url("stages"))

    assert words(response).count("data-grip") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_tags_cost_the_same_for_one_and_three(http, count, django_assert_num_queries):
    for _number in range(count):
        make_tag()
    http.get(url("tags"))

    with django_assert_num_queries(6):  # session, user, default favourite, columns, count, tags
        http.get(url("tags"))


def test_stages_are_put_into_order(http, team):
    first, second, *_rest = team.stages.all()

    assert http.post(url("stage-order"), {"order": [second.pk, first.pk]}).status_code == 204

    assert list(team.stages.all())[:2] == [second, first]


# ---- the pop-up -----------------------------------------------------------------------------------------------------


def test_edit_folded_in_kanban_save_and_close(http, team, stage):
    shown = words(http.get(url("stage-edit", stage.pk, team=team)))
    for expected in ("Folded in Kanban", "Email Template", "Description", "Teams", "Save & Close", "Discard"):
        assert expected in shown, expected

    response = http.post(url("stage-edit", stage.pk, team=team), typed(stage, is_folded="on"), headers=HTMX)

    assert response.status_code == 204
    assert {"dh:close-popup", "dh:refresh"} <= set(json.loads(response["HX-Trigger"]))
    assert Stage.objects.get(pk=stage.pk).is_folded


def test_a_wrong_stage_stays_in_the_pop_up(http, team, stage):
    response = http.post(url("stage-edit", stage.pk, team=team), typed(stage, name="new", is_folded="on"), headers=HTMX)

    assert response.status_code == 422
    assert "Customer Care has a stage called new already" in words(response)
    assert "checked" in words(response)
    stage.refresh_from_db()
    assert (stage.name, stage.is_folded) == ("On Hold", False)


def test_a_new_stage_stands_on_the_board_before_the_folded_ones(http, team):
    assert "Save & Close" in words(http.get(url("stage-new", team=team)))

    response = http.post(url("stage-new", team=team), {"name": "Waiting", "teams": [team.pk]}, headers=HTMX)

    assert response.status_code == 204
    assert [stage.name for stage in team.stages.all()][3] == "Waiting"


def test_a_stage_without_a_team_is_made_on_a_page_of_its_own(http, team):
    response = http.post(url("stage-new"), {"name": "Waiting"})

    assert response.url == url("stage", Stage.objects.get(name="Waiting").pk)


def test_a_stage_is_changed_on_its_page(http, stage):
    response = http.post(url("stage", stage.pk), typed(stage, name="Waiting", description="For parts"))

    stage.refresh_from_db()
    assert response.status_code == 302
    assert (stage.name, stage.description) == ("Waiting", "For parts")


# ---- fold -----------------------------------------------------------------------------------------------------------


def test_every_helpdesk_user_folds_columns_for_themselves(client, team, stage):
    agent = make_agent(team.company)
    client.force_login(agent)

    response = client.post(url("stage-fold", stage.pk, team=team), headers=HTMX)

    assert response.status_code == 204
    events = json.loads(response["HX-Trigger"])
    assert "dh:refresh" in events
    assert FoldedColumn.objects.get().user == agent
    assert not Stage.objects.get(pk=stage.pk).is_folded

    client.post(events["dh:toast"]["undo"], headers=HTMX)
    assert not FoldedColumn.objects.exists()


def test_nobody_folds_columns_of_teams_they_do_not_see(client, team, stage):
    for user in (make_agent(), make_portal_user(team.company)):
        client.force_login(user)
        assert client.post(url("stage-fold", stage.pk, team=team)).status_code == 404
    assert not FoldedColumn.objects.exists()


# ---- delete ---------------------------------------------------------------------------------------------------------


def test_deleting_asks_where_the_tickets_go(http, team, stage, uses):
    uses.place(stage, team)
    page, to = url("stage-delete", stage.pk, team=team), team.stages.get(name="New")
    assert "1 ticket is in this stage" in words(http.get(page))

    assert http.post(page, {}, headers=HTMX).status_code == 422
    assert uses.moves == []

    assert http.post(page, {"move_to": to.pk}, headers=HTMX).status_code == 204
    assert uses.moves == [("On Hold", "New", [team.pk])]
    assert stage not in team.stages.all()


def test_tickets_do_not_go_to_a_stage_of_another_team(http, team, stage, uses):
    uses.place(stage, team)
    foreign = make_team().stages.first()

    response = http.post(url("stage-delete", stage.pk, team=team), {"move_to": foreign.pk}, headers=HTMX)

    assert response.status_code == 422
    assert stage in team.stages.all()


def test_an_unused_stage_goes_at_once(http, team, stage, uses):
    assert http.post(url("stage-delete", stage.pk, team=team), headers=HTMX).status_code == 204
    assert not Stage.objects.filter(pk=stage.pk).exists()


def test_deleting_a_shared_stage_says_who_keeps_it(http, team, stage, uses):
    stage.teams.add(make_team(name="Returns", company=team.company))

    assert "It stays with Returns." in words(http.get(url("stage-delete", stage.pk, team=team)))


# ---- tags -----------------------------------------------------------------------------------------------------------


def test_tags_are_made_renamed_and_deleted(http):
    http.post(url("tag-new"), {"name": "Pricing", "color": 4})
    tag = Tag.objects.get(name="Pricing", color=4)

    assert http.post(url("tag", tag.pk), {"name": "", "color": 4}).status_code == 422
    http.post(url("tag", tag.pk), {"name": "Prices", "color": 5})
    tag.refresh_from_db()
    assert (tag.name, tag.color) == ("Prices", 5)

    http.post(url("tag-deletion", tag.pk))
    assert not Tag.objects.exists()


def test_helpdesk_users_find_and_make_tags_while_working(client, team):
    make_tag(name="Spare parts")
    client.force_login(make_agent(team.company))

    found = client.get(url("tag-options"), {"q": "PART"}).json()
    made = client.post(url("tag-options"), {"name": " New  one "})
    again = client.post(url("tag-options"), {"name": "new one"})
    empty = client.post(url("tag-options"), {"name": " "})

    assert [option["name"] for option in found["options"]] == ["Spare parts"]
    assert found["may_create"]
    assert (made.status_code, made.json()["name"]) == (201, "New one")
    assert (again.status_code, again.json()["error"]) == (409, "There is a tag of this name already.")
    assert empty.status_code == 422
    assert Tag.objects.count() == 2


def test_others_find_no_tags(client, team):
    client.force_login(make_portal_user(team.company))

    assert client.get(url("tag-options")).status_code == 404
    assert client.post(url("tag-options"), {"name": "x"}).status_code == 404
    assert not Tag.objects.exists()


@pytest.mark.parametrize(("known", "typed"), [("Spare parts", "SPARE parts"), ("Åpent", "åpent"), ("Δίκτυο", "ΔΊΚΤΥΟ")])
def test_capitals_make_no_other_tag_in_any_alphabet(client, team, known, typed):
    make_tag(name=known)
    other = make_tag(name="Other")
    client.force_login(make_admin(team.company))

    made = client.post(url("tag-options"), {"name": typed})
    renamed = client.post(url("tag", other.pk), {"name": typed, "color": 0})

    assert (made.status_code, renamed.status_code) == (409, 422)
    assert set(Tag.objects.values_list("name", flat=True)) == {known, "Other"}
    assert [one["name"] for one in client.get(url("tag-options"), {"q": typed}).json()["options"]] == [known]
