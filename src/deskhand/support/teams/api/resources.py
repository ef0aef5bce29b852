"""Teams, stages and tags in the API: every Helpdesk user reads them, administrators change them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from deskhand.base.chatter.api.public import FollowerAnswer, follower_shown, followers_shown_of
from deskhand.base.chatter.public import followers_of
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.base.mail.public import MailTemplate
from deskhand.kit.api.checks import all_named, named, one_line
from deskhand.kit.api.public import Answer, Body, Key, Name, Part, Ref, Resource, Text, Verb, changes_of, ref, sent
from deskhand.kit.api.shapes import in_query
from deskhand.kit.clock import now
from deskhand.kit.hues import Hue
from deskhand.support.teams.enums import Visibility
from deskhand.support.teams.models import Stage, Tag, Team
from deskhand.support.teams.pages.screens import STAGES, TAGS, TEAMS
from deskhand.support.teams.policies import can_configure, can_create_tag
from deskhand.support.teams.services.stages import StageSettings, create_stage, delete_stage, update_stage
from deskhand.support.teams.services.tags import create_tag, delete_tag, update_tag
from deskhand.support.teams.services.teams import (
    TeamSettings,
    archive_team,
    create_team,
    delete_team,
    duplicate_team,
    restore_team,
    update_team,
)

Description = Annotated[Text, Field(max_length=5_000)]


def _works_here(user: Any) -> bool:
    return bool(user.has_role("helpdesk"))


# ---- teams ----------------------------------------------------------------------------------------------------------


class TeamAnswer(Answer):
    id: int
    name: str
    description: str = Field(description="For customers.")
    company: Ref
    visibility: Literal["private", "company", "public"]
    stages: list[Ref] = Field(description="The pipeline, in its order.")
    position: int
    is_active: bool
    created_at: datetime


class NewTeamBody(Body):
    name: Name
    description: Description = ""
    company: Key | None = Field(None, description="Null: the company you work in at present.")
    visibility: Literal["private", "company", "public"] = "public"
    stages: list[Key] | None = Field(None, max_length=100, description="Null: the shared ones of the company.")
    followers: list[Key] | None = Field(None, max_length=500, description="Contacts who follow all of its tickets.")


class Teams(Resource[Team]):
    key, title, one, screen = "teams", _("Helpdesk Teams"), _("Helpdesk Team"), TEAMS
    answer, new, changes = TeamAnswer, NewTeamBody, changes_of(NewTeamBody, "TeamChanges")
    joins = ("company",)
    prefetches = (Prefetch("stages", Stage.objects.active()),)

    def rows(self, user: Any) -> QuerySet[Team]:
        return Team.objects.visible_to(user)

    def may_read(self, user: Any) -> bool:
        return _works_here(user)

    def may_create(self, user: Any) -> bool:
        return can_configure(user)

    def shown(self, record: Team, user: Any) -> Mapping[str, Any]:
        del user
        return {
            "id": record.pk,
            "name": record.name,
            "description": record.description,
            "company": ref(record.company),
            "visibility": record.visibility,
            "stages": [ref(stage) for stage in record.stages.all()],
            "position": record.position,
            "is_active": record.is_active,
            "created_at": record.created_at,
        }

    def create(self, user: Any, body: NewTeamBody) -> Team:
        return create_team(_team_settings(body.model_dump(), user))

    def change(self, user: Any, record: Team, body: Any) -> None:
        before: dict[str, Any] = {
            "name": record.name,
            "description": record.description,
            "company": record.company_id,
            "visibility": record.visibility,
            "stages": None,
            "followers": None,
        }
        update_team(record.pk, _team_settings(before | sent(body), user, team=record), by=user, at=now())

    def archive(self, user: Any, record: Team) -> None:
        archive_team(record.pk, by=user)

    def restore(self, user: Any, record: Team) -> None:
        restore_team(record.pk, by=user)

    def delete(self, user: Any, record: Team) -> None:
        del user
        delete_team(record.pk)


def _team_settings(values: dict[str, Any], user: Any, *, team: Team | None = None) -> TeamSettings:
    companies = Company.objects.filter(pk__in=user.company_ids)
    company = named(companies, values["company"] or user.company_id, "company")
    stages, followers = values["stages"], values["followers"]
    if stages is not None:
        stages = all_named(Stage.objects.active().filter(company=company), stages, "stages")
    if followers is not None:
        before = followers_of(team) if team else []  # who follows already may stay
        allowed = Contact.objects.visible_to(user).active() | Contact.objects.filter(pk__in=before)
        followers = [contact.pk for contact in all_named(allowed, followers, "followers")]
    return TeamSettings(
        name=one_line(values["name"]),
        company=company,
        description=values["description"].strip(),
        visibility=Visibility(values["visibility"]),
        stages=stages,
        followers=followers,
    )


TEAMS_API = Teams()


def _team_followers(record: Team, user: Any) -> Any:
    """Who follows all tickets of the team."""
    del user
    return followers_shown_of(record)


def _copy_team(record: Team, user: Any) -> Team:
    """A new team with the same settings."""
    del user
    return duplicate_team(record.pk)


TEAMS_API.part(
    Part("followers", "followers", _("List followers"), _team_followers, follower_shown, FollowerAnswer, ("pk",))
)
TEAMS_API.verb(Verb("POST", "copies", "copy", _("Duplicate"), _copy_team, status=201))


# ---- stages ---------------------------------------------------------------------------------------------------------


class StageAnswer(Answer):
    id: int
    name: str
    company: Ref
    position: int
    is_folded: bool = Field(description="Tickets in a folded stage are closed.")
    mail_template: Ref | None = Field(description="Sent to the customer each time a ticket reaches the stage.")
    description: str
    for_new_teams: bool
    teams: list[Ref]


class NewStageBody(Body):
    name: Annotated[Name, Field(max_length=80)]
    company: Key | None = Field(None, description="Null: the company you work in at present. It never changes.")
    is_folded: bool = False
    mail_template: Key | None = None
    description: Description = ""
    for_new_teams: bool = False
    teams: list[Key] | None = Field(None, max_length=200)


class Stages(Resource[Stage]):
    key, title, one, screen = "stages", _("Stages"), _("Stage"), STAGES
    answer, new = StageAnswer, NewStageBody
    changes = changes_of(NewStageBody, "StageChanges", without=("company",))
    joins = ("company", "mail_template")
    prefetches = (Prefetch("teams", Team.objects.active()),)

    def rows(self, user: Any) -> QuerySet[Stage]:
        return Stage.objects.visible_to(user).active()

    def may_read(self, user: Any) -> bool:
        return _works_here(user)

    def may_create(self, user: Any) -> bool:
        return can_configure(user)

    def shown(self, record: Stage, user: Any) -> Mapping[str, Any]:
        del user
        return {
            "id": record.pk,
            "name": record.name,
            "company": ref(record.company),
            "position": record.position,
            "is_folded": record.is_folded,
            "mail_template": ref(record.mail_template),
            "description": record.description,
            "for_new_teams": record.for_new_teams,
            "teams": [ref(team) for team in record.teams.all()],
        }

    def create(self, user: Any, body: NewStageBody) -> Stage:
        companies = Company.objects.filter(pk__in=user.company_ids)
        company = named(companies, body.company or user.company_id, "company")
        return create_stage(_stage_settings(body.model_dump(), user, company), company=company)

    def change(self, user: Any, record: Stage, body: Any) -> None:
        before: dict[str, Any] = {
            "name": record.name,
            "is_folded": record.is_folded,
            "mail_template": record.mail_template_id,
            "description": record.description,
            "for_new_teams": record.for_new_teams,
            "teams": None,
        }
        settings = _stage_settings(before | sent(body), user, record.company)
        update_stage(record.pk, settings, by=user, at=now())


def _stage_settings(values: dict[str, Any], user: Any, company: Company) -> StageSettings:
    template, teams = values["mail_template"], values["teams"]
    if template is not None:
        template = named(MailTemplate.objects.filter(about="ticket"), template, "mail_template")
    if teams is not None:
        teams = all_named(Team.objects.visible_to(user).active().filter(company=company), teams, "teams")
    return StageSettings(
        name=one_line(values["name"]),
        is_folded=values["is_folded"],
        mail_template=template,
        description=values["description"].strip(),
        for_new_teams=values["for_new_teams"],
        teams=teams,
    )


STAGES_API = Stages()


class StageDeletion(BaseModel):
    team: Key | None = Field(None, description="Only out of this team's pipeline; otherwise out of all of them.")
    move_to: Key | None = Field(None, description="The stage that its tickets go to.")


def _delete_stage(record: Stage, user: Any, asked: StageDeletion) -> None:
    """Take a stage out of pipelines; its tickets go to `move_to`. Where the past speaks of it, it is kept, archived."""
    team = None if asked.team is None else named(Team.objects.visible_to(user), asked.team, "team")
    target = None if asked.move_to is None else named(Stage.objects.visible_to(user), asked.move_to, "move_to")
    delete_stage(record.pk, team=team, move_to=target, by=user, at=now())


STAGES_API.verb(
    Verb(
        "DELETE",
        "",
        "delete",
        _("Delete one"),
        _delete_stage,
        status=204,
        takes={"asked": in_query(StageDeletion)},
        query=("team", "move_to"),
    )
)


# ---- tags -----------------------------------------------------------------------------------------------------------


class TagAnswer(Answer):
    id: int
    name: str
    color: int = Field(description="One of the seven hues, 0 to 6.")


class NewTagBody(Body):
    name: Annotated[Name, Field(max_length=60)]
    color: Annotated[int, Field(ge=0, le=6)] | None = Field(None, description="Null: the hues take turns.")


class Tags(Resource[Tag]):
    key, title, one, screen = "tags", _("Tags"), _("Tag"), TAGS
    answer, new, changes = TagAnswer, NewTagBody, changes_of(NewTagBody, "TagChanges")

    def rows(self, user: Any) -> QuerySet[Tag]:
        del user
        return Tag.objects.all()

    def may_read(self, user: Any) -> bool:
        return _works_here(user)

    def may_create(self, user: Any) -> bool:
        return can_create_tag(user)

    def may_change(self, user: Any, record: Tag) -> bool:
        del record
        return can_configure(user)

    def shown(self, record: Tag, user: Any) -> Mapping[str, Any]:
        del user
        return {"id": record.pk, "name": record.name, "color": record.color}

    def create(self, user: Any, body: NewTagBody) -> Tag:
        del user
        return create_tag(one_line(body.name), color=None if body.color is None else Hue(body.color))

    def change(self, user: Any, record: Tag, body: Any) -> None:
        del user
        values: dict[str, Any] = {"name": record.name, "color": record.color} | sent(body)
        color = Hue(record.color if values["color"] is None else values["color"])
        update_tag(record.pk, name=one_line(values["name"]), color=color)

    def delete(self, user: Any, record: Tag) -> None:
        del user
        delete_tag(record.pk)


TAGS_API = Tags()
