"""The list of tickets, and the part of it that the boards share: filters and search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import Role, User
from deskhand.base.chatter.public import Follower
from deskhand.kit import records
from deskhand.kit.addresses import record_address
from deskhand.kit.clock import now, start_of_day
from deskhand.kit.errors import DomainError
from deskhand.kit.html import html_to_text
from deskhand.kit.keys import key_of
from deskhand.kit.screens import Column, EmptyState, Field, Filter, Group, ListScreen, ListState, ViewLink
from deskhand.kit.screens.actions import MassAction
from deskhand.kit.screens.search import SearchBox
from deskhand.kit.screens.state import KANBAN, Vocabulary
from deskhand.support.teams.public import Stage, Team
from deskhand.support.tickets.enums import Priority
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.pages import cells
from deskhand.support.tickets.pages.access import agent
from deskhand.support.tickets.pages.board import cards_of
from deskhand.support.tickets.pages.importing import TICKET_IMPORTER
from deskhand.support.tickets.pages.mass import MASS_ACTIONS
from deskhand.support.tickets.places import TICKET_COLUMNS, TICKET_FILTERS, TICKET_MASS_ACTIONS
from deskhand.support.tickets.policies import can_work_on
from deskhand.support.tickets.queries import OnBoard, TicketsOfTeam, tags_of
from deskhand.support.tickets.querysets import TicketQuerySet, sees_all_of
from deskhand.support.tickets.services.editing import edit_ticket, set_priority
from deskhand.support.tickets.services.moving import move_ticket
from deskhand.support.tickets.templatetags.tickets import set_stars


def _followed_by(user: Any) -> Q:
    mine = Follower.objects.filter(content_type=records.content_type_id(Ticket), contact=user.contact_id)
    return Q(pk__in=mine.values("object_id"))


def _closed_today(user: Any) -> Q:
    del user
    return Q(closed_at__gte=start_of_day())


def _closed_this_week(user: Any) -> Q:
    del user
    return Q(closed_at__gte=start_of_day(days_ago=6))


def _stars(ticket: Ticket) -> SafeString:
    """Stars to click, in a row (IN-10)."""
    url = record_address("tickets:ticket", ticket.pk)
    return SafeString(f'<span data-ticket="{url}">{set_stars(ticket.priority)}</span>')


def _agents(user: Any) -> QuerySet[User]:
    return User.objects.with_role("helpdesk").filter(companies__in=user.company_ids).distinct().order_by("name", "pk")


def _teams(user: Any) -> QuerySet[Team]:
    return Team.objects.visible_to(user).active().order_by("position", "pk")


def _assign(pk: int, assignee: User | None, by: User) -> None:
    company = Ticket.objects.values_list("company", flat=True).get(pk=pk)
    if assignee and not assignee.companies.filter(pk=company).exists():
        raise WorksElsewhere
    edit_ticket(pk, {"assignee": assignee}, by=by, at=now())


def _change_team(pk: int, team: Team, by: User) -> None:
    edit_ticket(pk, {"team": team}, by=by, at=now())


def _move(pk: int, stage: Stage, by: User) -> None:
    move_ticket(pk, stage.pk, by=by, at=now())


def _prioritize(pk: int, priority: int, by: User) -> None:
    set_priority(pk, Priority(priority), by=by, at=now())


class WorksElsewhere(DomainError):
    code = "works_elsewhere"
    message = _("This person does not work in the company of the ticket. Choose somebody who does.")
    field = "assignee"


class Tickets(ListScreen[Ticket]):
    """*My Tickets*, *All Tickets*, and the list of a team (``?in=team.3``)."""

    model = Ticket
    title = _("All Tickets")
    list_url, new_url, record_url = "tickets:list", "tickets:new", "tickets:ticket"
    app_key = "helpdesk"
    columns = (
        Column("number", _("#"), kind="reference", value=lambda ticket: ticket.reference, sort=["number"], width="xs"),
        Column(
            "priority",
            value=lambda ticket: ticket,
            render=_stars,
            sort=["priority"],
            card="start-2",
            width="s",
            export=Ticket.get_priority_display,
        ),
        Column("title", is_primary=True, card="title"),
        Column("customer_name", _("Customer"), card="start", width="l"),
        Column("customer_email", is_shown=False, width="l"),
        Column("team__name", _("Helpdesk Team"), sort=["team__position", "team_id"], is_shown=False, width="m"),
        Column("tags", kind="tags", load=tags_of, is_shown=False, width="m"),
        Column("reopen_count", _("Reopened"), kind="number", align="end", total="sum", is_shown=False, width="s"),
        Column("updated_at", kind="ago", align="end", is_shown=False, width="s"),
        Column("closed_at", kind="ago", align="end", is_shown=False, width="s"),
        Column("assignee__name", _("Assigned to"), kind="person", width="m", edit=cells.ASSIGNEE),
        Column(
            "stage__name", _("Stage"), sort=["stage__position", "stage_id"], card="end-2", width="m", edit=cells.STAGE
        ),
        Column("created_at", kind="ago", align="end", card="end", width="s"),
    )
    filters = (
        Filter("mine", _("My Tickets"), lambda user: Q(assignee=user), section="1 people"),
        Filter("followed", _("Followed"), _followed_by, section="1 people"),
        Filter("unassigned", _("Unassigned"), Q(assignee=None), section="1 people"),
        Filter("urgent", _("Urgent"), Q(priority=Priority.URGENT), section="2 priority"),
        Filter("high", _("High Priority"), Q(priority=Priority.HIGH), section="2 priority"),
        Filter("open", _("Open"), Q(closed_at=None), section="3 state", is_default=True),
        Filter("closed", _("Closed"), Q(closed_at__isnull=False), section="3 state"),
        Filter("closed-today", _("Closed Today"), _closed_today, section="4 closed"),
        Filter("closed-week", _("Closed in the Last 7 Days"), _closed_this_week, section="4 closed"),
    )
    groups = (
        Group("assignee", _("Assigned to"), empty=_("Unassigned"), offers=_agents, writes=_assign),
        Group("team", _("Helpdesk Team"), order_path="team__position", offers=_teams, writes=_change_team),
        Group("stage", _("Stage"), order_path="stage__position", writes=_move),
        Group("priority", _("Priority"), order_path="-priority", writes=_prioritize),
        Group("customer", _("Customer"), empty=_("No customer")),
        Group("tags", _("Tags"), empty=_("Without a tag")),
        Group("created", _("Creation Date"), path="created_at", by="month"),
        Group("closed", _("Closed on"), path="closed_at", by="month", empty=_("Open")),
    )
    fields = (
        Field("number", _("Number")),
        Field("channel"),
        Field("reopen_count", _("Reopened")),
        Field("customer_name", _("Customer’s name")),
    )
    kanban = "stage"
    kanban_template = "tickets/kanban.html"
    order = ("-priority", "position", "-pk")
    joins = ("assignee", "stage")
    fetches = ("number", "title", "priority")
    export_columns = (
        Column("team__name", _("Helpdesk Team")),
        Column("tags"),
        Column("card_state"),
        Column("customer_email"),
        Column("customer_phone"),
        Column("channel", _("Channel")),
        Column("updated_at"),
        Column("closed_at"),
        Column("description", value=lambda ticket: html_to_text(ticket.description)),
    )
    importer = TICKET_IMPORTER
    export_joins = ("team",)
    export_prefetches = ("tags",)
    archived = Q(is_archived=True)
    empty = EmptyState(
        "ticket",
        _("No tickets here"),
        _("Tickets appear here when customers write to a team's address, or when you add one."),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Ticket]:
        return Ticket.objects.visible_to(request.user)

    def may_open(self, user: Any) -> bool:
        return bool(user.has_role("helpdesk"))

    def matching(self, rows: QuerySet[Ticket], words: str) -> QuerySet[Ticket]:
        return cast(TicketQuerySet, rows).matching(words)

    def columns_for(self, request: HttpRequest) -> Sequence[Column]:
        del request
        added = [Column(panel.key, panel.title, load=panel.load, width="s") for panel in TICKET_COLUMNS]
        return [*self.columns[:-2], *added, *self.columns[-2:]]

    def offered_filters(self) -> Sequence[Filter]:
        return sorted([*self.filters, *TICKET_FILTERS], key=lambda known: known.section)

    def may_edit_cells(self, user: Any, record: Ticket) -> bool:
        return can_work_on(user, record)

    def mass_actions(self) -> Sequence[MassAction]:
        return [*MASS_ACTIONS[:-2], *TICKET_MASS_ACTIONS, *MASS_ACTIONS[-2:]]

    def title_for(self, request: HttpRequest) -> str:
        return str(_("My Tickets") if "mine" in request.GET.getlist("filter") else self.title)

    def views(self, request: HttpRequest, state: ListState) -> Sequence[ViewLink]:
        """A list of one team has its board beside it."""
        teams = [value for name, value in state.within if name == "team"]
        kanban, in_list = super().views(request, state)
        if len(teams) != 1 or key_of(teams[0]) is None or state.groups:
            return [kanban, in_list]
        rest = state.outside("team").seen_as("").query
        return [replace(kanban, url=f"{reverse('tickets:board', args=[teams[0]])}?{rest}"), in_list]

    def cards(self, request: HttpRequest, records: Sequence[Ticket], query: str) -> Sequence[SafeString]:
        del request, query
        return cards_of(records)

    def may_change(self, user: Any, record: Ticket) -> bool:
        return can_work_on(user, record)

    def may_tidy(self, user: Any) -> bool:
        return bool(user.has_role("helpdesk", Role.ADMINISTRATOR))

    # ---- on a board -------------------------------------------------------------------------------------------------

    def on_board(self, request: HttpRequest, team: Team) -> OnBoard:
        """A team's tickets as its board shows them: filtered and searched, without the list's default filters."""
        state, user = self._board_state(request), agent(request)
        if state.narrows:
            return self.apply(request, Ticket.objects.visible_in(team, user), state)
        return TicketsOfTeam(user.viewer, team.pk, sees_all=sees_all_of(team, user))

    def board_box(self, request: HttpRequest, team: Team) -> SearchBox:
        """The search box of a board. The stages group it already: to group it otherwise leads to the list's Kanban."""
        state = self._board_state(request)
        elsewhere = replace(state, view=KANBAN).inside([("team", str(team.pk))])
        groups = self.search_box_maker(request, elsewhere, reverse(self.list_url)).group_choices()
        return replace(self.search_box(request, state), groups=list(groups))

    def state_of_page(self, request: HttpRequest, path: str, query: QueryDict) -> ListState | None:
        """A board shows a team's tickets by stage, all of them where nothing is chosen."""
        try:
            page = resolve(path)
        except Resolver404:
            return None
        if page.view_name != "tickets:board":
            return super().state_of_page(request, path, query)
        shown = self._state_on_board(request, query).inside([("team", str(page.kwargs["team_pk"]))])
        return replace(shown, groups=("stage",))

    def _board_state(self, request: HttpRequest) -> ListState:
        return self._state_on_board(request, request.GET)

    def _state_on_board(self, request: HttpRequest, query: QueryDict) -> ListState:
        """Filters and searches alone: how a board looks is not said by these."""
        known = self.vocabulary(request)
        return ListState.read(query, Vocabulary(filters=known.filters, fields=known.fields))


TICKETS = Tickets()
