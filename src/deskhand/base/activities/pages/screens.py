"""*My Activities*, and the types that administrators set up."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import PERSONAL
from deskhand.base.activities.models import Activity, ActivityType
from deskhand.base.activities.pages.forms import ActivityTypeForm
from deskhand.base.activities.queries import due_badge, kind_title, record_url, titles_of
from deskhand.base.activities.services import save_type, set_type_active
from deskhand.base.companies.public import can_configure
from deskhand.kit.screens import Column, EmptyState, Filter, Group, ListScreen, RecordScreen, Sheet
from deskhand.kit.ui.shapes import Badge


def _due(activity: Activity) -> Badge:
    return due_badge(activity.due_on, timezone.localdate(), icon=activity.kind.icon)


class Activities(ListScreen[Activity]):
    """All activities of records that the user sees, their own first of all."""

    model = Activity
    title = _("My Activities")
    app_key = PERSONAL
    list_url, record_url = "activities:list", "activities:activity"
    columns = (
        Column("due_on", value=_due, kind="badge", sort=["due_on"], width="m", card="end"),
        Column("kind__name", _("Type"), width="m", card="start-2"),
        Column("summary", value=str, is_primary=True, card="title"),
        Column("about", _("About"), load=titles_of, card="start"),
        Column("assignee__name", _("Assigned to"), kind="person", width="m", card="end-2"),
        Column("created_at", kind="ago", align="end", width="s"),
    )
    search = ("summary", "note", "kind__name")
    filters = (
        Filter("mine", _("My Activities"), lambda user: Q(assignee=user), section="1 people", is_default=True),
        Filter("overdue", _("Overdue"), lambda _user: Q(due_on__lt=timezone.localdate()), section="2 due"),
        Filter("today", _("Today"), lambda _user: Q(due_on=timezone.localdate()), section="2 due"),
        Filter("planned", _("Planned"), lambda _user: Q(due_on__gt=timezone.localdate()), section="2 due"),
    )
    groups = (
        Group("kind", _("Type"), label_path="kind__name"),
        Group("assignee", _("Assigned to"), label_path="assignee__name"),
        Group("about", _("About"), path="content_type", labels=kind_title),
    )
    order = ("due_on", "pk")
    joins = ("kind", "assignee")
    archived = Q(done_at__isnull=False)
    empty = EmptyState(
        "clock-hour-4",
        _("Nothing to do"),
        _("Activities are scheduled beside a ticket, a contact or a team: a call, a mail, a visit, until a day."),
    )
    empty_at_first = EmptyState(
        "clock-hour-4",
        _("No activity is planned for you"),
        _("What you plan beside a ticket, a contact or a team stands here, and what colleagues plan for you."),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Activity]:
        return Activity.objects.visible_to(request.user)

    def may_create(self, user: Any) -> bool:
        return False

    def record_address(self, record: Activity, query: str) -> str:
        return record_url(record)

    def title_for(self, request: HttpRequest) -> str:
        return str(self.title if "mine" in self.state(request).filters else _("Activities"))


class ActivityTypes(RecordScreen[ActivityType]):
    model = ActivityType
    title = _("Activity Types")
    app_key = "settings"
    list_url, new_url, record_url = "activities:types", "activities:new-type", "activities:type"
    columns = (
        Column("name", is_primary=True, card="title"),
        Column("default_days", kind="number", align="end", width="m", card="end"),
        Column("default_summary", card="start"),
    )
    search = ("name",)
    order = ("position", "pk")
    archived = Q(is_active=False)
    empty = EmptyState("checklist", _("No activity types yet"), _("Say what is done here again and again."))
    form = ActivityTypeForm
    sheet = Sheet(left=["icon", "default_days"], right=["default_summary", "position"])

    def rows(self, request: HttpRequest) -> QuerySet[ActivityType]:
        return ActivityType.objects.all()

    def may_open(self, user: Any) -> bool:
        return can_configure(user)

    def create(self, request: HttpRequest, form: ActivityTypeForm) -> ActivityType:
        return save_type(form.save(commit=False))

    def change(self, request: HttpRequest, record: ActivityType, form: ActivityTypeForm) -> None:
        save_type(form.save(commit=False))

    def archive(self, request: HttpRequest, record: ActivityType) -> None:
        set_type_active(record.pk, active=False)

    def restore(self, request: HttpRequest, record: ActivityType) -> None:
        set_type_active(record.pk, active=True)


ACTIVITIES = Activities()
ACTIVITY_TYPES = ActivityTypes()
