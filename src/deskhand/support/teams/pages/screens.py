"""The lists of the configuration: teams, stages, tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.public import Follower
from deskhand.kit import records
from deskhand.kit.clock import now
from deskhand.kit.hues import Hue
from deskhand.kit.screens import Column, EmptyState, Filter, Group, ListState, RecordScreen, Sheet
from deskhand.kit.screens.search import SearchBox
from deskhand.kit.ui.icons import icon
from deskhand.kit.ui.shapes import Badge, MenuItem
from deskhand.support.teams.enums import Visibility
from deskhand.support.teams.models import Stage, Tag, Team
from deskhand.support.teams.pages.access import opens_configuration, person
from deskhand.support.teams.pages.forms import StageForm, TagForm
from deskhand.support.teams.pages.importing import TAG_IMPORTER
from deskhand.support.teams.places import TEAM_COLUMNS
from deskhand.support.teams.policies import can_configure
from deskhand.support.teams.services.stages import create_stage, update_stage
from deskhand.support.teams.services.tags import create_tag, delete_tag, update_tag
from deskhand.support.teams.services.teams import archive_team, delete_team, restore_team


def grip(record: Any) -> SafeString:
    """What a row is taken by to move it: dragged, or with the arrow keys."""
    label = gettext("Move %(name)s. Arrow up and down change its place.") % {"name": record}
    return format_html(
        '<button type="button" class="btn btn-ghost btn-i sm dh-grip" data-grip="{}" aria-label="{}" title="{}">'
        "{}</button>",
        record.pk,
        label,
        gettext("Drag to reorder"),
        icon("grip-vertical", "s"),
    )


GRIP = Column("grip", _("Order"), value=lambda record: record, render=grip, width="s", card="end-2")


def _folded(stage: Stage) -> Badge | None:
    return Badge(_("Folded"), icon="circle-check", tone="ok") if stage.is_folded else None


def _followed_by(user: Any) -> Q:
    mine = Follower.objects.filter(content_type=records.content_type_id(Team), contact=user.contact_id)
    return Q(pk__in=mine.values("object_id"))


class Teams(RecordScreen[Team]):
    """*Configuration → Helpdesk Teams*: the list. The page of a team is its own (``views/teams.py``)."""

    model = Team
    title = _("Helpdesk Teams")
    list_url, new_url, record_url = "teams:list", "teams:new", "teams:team"
    order_url = "teams:order"
    importer = None  # a team is a page of sections of other apps, not one form
    app_key = "helpdesk"
    list_template = "teams/ordered_list.html"
    search = ["name", "description"]
    filters = [
        Filter("followed", _("Followed"), _followed_by, section="1 people"),
        *(Filter(one.value, one.label, Q(visibility=one), section="2 visibility") for one in Visibility),
    ]
    groups = [
        Group("company", _("Company")),
        Group("visibility", _("Visibility")),
    ]
    order = ["position", "pk"]
    joins = ["company"]
    archived = Q(is_active=False)
    columns = [
        Column("name", is_primary=True, card="title"),
        Column("company", card="none", sort=["company__name"]),
        Column("visibility", card="start-2"),
    ]
    empty = EmptyState(
        "users-group",
        _("No team yet"),
        _("A team has a pipeline of its own for the tickets that customers write to it. Make the first one."),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Team]:
        return Team.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return opens_configuration(user)

    def columns_for(self, request: HttpRequest) -> Sequence[Column]:
        """The order can be changed where it is the order of the list, and all of it is shown."""
        return [*([] if request.GET else [GRIP]), *self.columns, *TEAM_COLUMNS]

    # ---- from the list ----------------------------------------------------------------------------------------------

    def may_delete(self, user: Any, record: Team) -> bool:
        return can_configure(user)

    def may_change(self, user: Any, record: Team) -> bool:
        return can_configure(user)

    def archive(self, request: HttpRequest, record: Team) -> None:
        archive_team(record.pk, by=person(request))

    def restore(self, request: HttpRequest, record: Team) -> None:
        restore_team(record.pk, by=person(request))

    def delete(self, request: HttpRequest, record: Team) -> None:
        delete_team(record.pk)

    # ---- on the overview --------------------------------------------------------------------------------------------

    def on_overview(self, request: HttpRequest) -> QuerySet[Team]:
        """The active teams that a search and filters left, in their order."""
        teams = self.rows(request).filter(is_active=True).select_related("company")
        return self.apply(request, teams, self._overview_state(request)).order_by(*self.order)

    def overview_box(self, request: HttpRequest) -> SearchBox:
        """The search box of the overview: nothing to group, and archived teams are not there."""
        maker = self.search_box_maker(request, self._overview_state(request), request.path)
        maker.filters = self.filters
        return replace(maker.box(action=request.path, doors=""), groups=[])

    def _overview_state(self, request: HttpRequest) -> ListState:
        state = self.read_state(request, request.GET)
        return replace(state, filters=tuple(key for key in state.filters if key != self.ARCHIVED))


class Stages(RecordScreen[Stage]):
    """*Configuration → Stages*."""

    model = Stage
    title = _("Stages")
    list_url, new_url, record_url = "teams:stages", "teams:stage-new", "teams:stage"
    order_url = "teams:stage-order"
    app_key = "helpdesk"
    list_template = "teams/ordered_list.html"
    record_template = "teams/stage.html"
    search = ["name"]
    groups = [
        Group("company", _("Company")),
        Group("teams", _("Teams"), order_path="teams__position", empty=_("Without a team")),
        Group("is_folded", _("Folded")),
    ]
    order = ["company__name", "position", "pk"]
    joins = ["company", "mail_template"]
    prefetches = [Prefetch("teams", Team.objects.active())]
    columns = [
        Column("name", is_primary=True, card="title", width="m"),
        Column("is_folded", kind="badge", value=_folded, sort=["is_folded"], card="end", width="m"),
        Column(
            "teams", _("Teams"), value=lambda stage: ", ".join(team.name for team in stage.teams.all()), card="start"
        ),
        Column("mail_template", card="start-2", sort=["mail_template__name"]),
        Column("company", card="none", sort=["company__name"]),
    ]
    empty = EmptyState("layout-kanban", _("No stage yet"), _("The first team brings the first stages."))
    form = StageForm
    sheet = Sheet(
        left=["mail_template", "is_folded", "for_new_teams", "company"], right=["teams"], below=["description"]
    )

    def rows(self, request: HttpRequest) -> QuerySet[Stage]:
        return Stage.objects.visible_to(request.user).active()

    def may_open(self, user: Any) -> bool:
        return opens_configuration(user)

    def columns_for(self, request: HttpRequest) -> Sequence[Column]:
        one_company = len(person(request).company_ids) == 1
        columns = [column for column in self.columns if column.key != "company" or not one_company]
        return [*([] if request.GET or not one_company else [GRIP]), *columns]

    def form_for(self, request: HttpRequest, record: Stage | None, data: Any = None, files: Any = None) -> StageForm:
        return StageForm(data, user=person(request), instance=record)

    def create(self, request: HttpRequest, form: StageForm) -> Stage:
        return create_stage(form.settings(), company=form.chosen_company())

    def change(self, request: HttpRequest, record: Stage, form: StageForm) -> None:
        update_stage(record.pk, form.settings(), by=person(request), at=now())

    def menu(self, request: HttpRequest, record: Stage) -> Sequence[MenuItem]:
        url = reverse("teams:stage-delete", args=[record.pk])
        return [MenuItem(gettext("Delete"), url, icon="trash", opens_popup=True, is_destructive=True)]


def _recolor(pk: int, color: int, by: Any) -> None:
    del by
    update_tag(pk, name=Tag.objects.values_list("name", flat=True).get(pk=pk), color=Hue(color))


class Tags(RecordScreen[Tag]):
    """*Configuration → Tags*."""

    model = Tag
    title = _("Tags")
    list_url, new_url, record_url = "teams:tags", "teams:tag-new", "teams:tag"
    app_key = "helpdesk"
    search = ["name"]
    groups = [Group("color", _("Color"), writes=_recolor)]
    order = ["name", "pk"]
    columns = [
        Column("name", is_primary=True, card="title"),
        Column("shown", _("On tickets"), kind="tags", value=lambda tag: [tag], card="start"),
        Column("color", card="none"),
    ]
    empty = EmptyState("tags", _("No tag yet"), _("Tags say what a ticket is about, such as Pricing or IT."))
    form = TagForm
    importer = TAG_IMPORTER
    sheet = Sheet(left=["color"])

    def rows(self, request: HttpRequest) -> QuerySet[Tag]:
        return Tag.objects.all()

    def may_open(self, user: Any) -> bool:
        return opens_configuration(user)

    def form_for(self, request: HttpRequest, record: Tag | None, data: Any = None, files: Any = None) -> TagForm:
        return TagForm(data, instance=record)

    def create(self, request: HttpRequest, form: TagForm) -> Tag:
        return create_tag(form.cleaned_data["name"], color=form.cleaned_data["color"])

    def change(self, request: HttpRequest, record: Tag, form: TagForm) -> None:
        update_tag(record.pk, name=form.cleaned_data["name"], color=form.cleaned_data["color"])

    def may_delete(self, user: Any, record: Tag) -> bool:
        return can_configure(user)

    def may_delete_some(self, user: Any) -> bool:
        return can_configure(user)

    def delete(self, request: HttpRequest, record: Tag) -> None:
        delete_tag(record.pk)


TEAMS = Teams()
STAGES = Stages()
TAGS = Tags()
