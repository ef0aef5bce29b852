"""The list of tickets, and the part of it that the boards share: filters and search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.public import Follower
from deskhand.kit import records
from deskhand.kit.addresses import record_address
from deskhand.kit.html import html_to_text
from deskhand.kit.keys import key_of
from deskhand.kit.screens import Column, EmptyState, Filter, Group, ListScreen, ListState, ViewLink
from deskhand.kit.screens.actions import MassAction
from deskhand.kit.screens.search import SearchBox
from deskhand.support.teams.public import Team
from deskhand.support.tickets.enums import Priority
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.pages import cells
from deskhand.support.tickets.pages.access import agent
from deskhand.support.tickets.pages.importing import TICKET_IMPORTER
from deskhand.support.tickets.pages.mass import MASS_ACTIONS
from deskhand.support.tickets.places import TICKET_COLUMNS, TICKET_MASS_ACTIONS
from deskhand.support.tickets.policies import can_work_on
from deskhand.support.tickets.queries import OnBoard, TicketsOfTeam
from deskhand.support.tickets.querysets import TicketQuerySet, sees_all_of
from deskhand.support.tickets.templatetags.tickets import set_stars


def _followed_by(user: Any) -> Q:
    mine = Follower.objects.filter(content_type=records.content_type_id(Ticket), contact=user.contact_id)
    return Q(pk__in=mine.values("object_id"))


def _stars(ticket: Ticket) -> SafeString:
    """Stars to click, in a row (IN-10)."""
    url = record_address("tickets:ticket", ticket.pk)
    return format_html('<span data-ticket="{}">{}</span>', url, set_stars(ticket.priority))


class Tickets(ListScreen[Ticket]):
    """*My Tickets*, *All Tickets*, and the list of a team (``?in=team.3``)."""

    model = Ticket
    title = _("All Tickets")
    list_url, new_url, record_url = "tickets:list", "tickets:new", "tickets:ticket"
    app_key = "helpdesk"
    columns = (
        Column("number", _("#"), kind="reference", value=lambda ticket: ticket.reference, sort=["number"], width="s"),
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
    )
    groups = (
        Group("assignee", _("Assigned to"), label_path="assignee__name", empty=_("Unassigned")),
        Group("team", _("Helpdesk Team"), label_path="team__name", order_path="team__position"),
        Group("stage", _("Stage"), label_path="stage__name", order_path="stage__position"),
        Group("priority", _("Priority"), order_path="-priority"),
        Group("customer", _("Customer"), label_path="customer__name", empty=_("No customer")),
        Group("created", _("Creation Date"), path="created_at", by="month"),
    )
    order = ("-priority", "position", "-pk")
    joins = ("assignee", "stage")
    export_columns = (
        Column("team__name", _("Helpdesk Team")),
        Column("tags"),
        Column("card_state"),
        Column("customer_email"),
        Column("customer_phone"),
        Column("channel"),
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

    def may_edit_cells(self, user: Any, record: Ticket) -> bool:
        return can_work_on(user, record)

    def mass_actions(self) -> Sequence[MassAction]:
        return [*MASS_ACTIONS[:-2], *TICKET_MASS_ACTIONS, *MASS_ACTIONS[-2:]]

    def title_for(self, request: HttpRequest) -> str:
        return str(_("My Tickets") if "mine" in request.GET.getlist("filter") else self.title)

    def views(self, request: HttpRequest, state: ListState) -> Sequence[ViewLink]:
        """A list of one team has its board beside it."""
        teams = [value for group, value in state.within if group == "team"]
        here = ViewLink("list", _("List"), request.get_full_path(), is_current=True)
        if len(teams) != 1 or key_of(teams[0]) is None:
            return ()
        return [ViewLink("layout-kanban", _("Kanban"), reverse("tickets:board", args=[teams[0]])), here]

    # ---- on a board -------------------------------------------------------------------------------------------------

    def on_board(self, request: HttpRequest, team: Team) -> OnBoard:
        """A team's tickets as its board shows them: filtered and searched, without the list's default filters."""
        state, user = self._board_state(request), agent(request)
        if state.narrows:
            return self.apply(request, Ticket.objects.visible_in(team, user), state)
        return TicketsOfTeam(user.viewer, team.pk, sees_all=sees_all_of(team, user))

    def board_box(self, request: HttpRequest) -> SearchBox:
        """The search box of a board: the list's filters, without its groups, for the stages group it already."""
        return self.search_box(request, self._board_state(request), with_groups=False)

    def _board_state(self, request: HttpRequest) -> ListState:
        return ListState.read(request.GET, filters=[known.key for known in self.all_filters], groups=(), sorts=())


TICKETS = Tickets()
