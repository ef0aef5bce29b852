"""What can be done with many tickets at once: each by the service that does it for one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from deskhand.base.accounts.public import User
from deskhand.kit.errors import NotAllowed
from deskhand.kit.screens.actions import CannotBeUndone, ChangedSince, Doing, MassAction, back_by
from deskhand.support.teams.public import Stage, Tag, TagsField, Team
from deskhand.support.tickets.enums import Priority
from deskhand.support.tickets.models import Ticket
from deskhand.support.tickets.policies import can_work_on
from deskhand.support.tickets.services.archiving import archive_ticket, restore_ticket
from deskhand.support.tickets.services.assigning import assign_ticket
from deskhand.support.tickets.services.editing import edit_ticket, set_priority
from deskhand.support.tickets.services.moving import move_ticket

Before = dict[str, Any]


class StageTells(CannotBeUndone):
    code = "stage_tells"
    message = _("Its former stage writes to the customer. Move it back by hand if that mail shall go out again.")


# ---- what is typed first --------------------------------------------------------------------------------------------


class AssignForm(forms.Form):
    assignee = forms.ModelChoiceField(
        User.objects.none(), label=_("Assigned to"), required=False, empty_label=_("Unassigned")
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        agents = User.objects.with_role("helpdesk").filter(companies__in=user.company_ids).distinct()
        self.fields["assignee"].queryset = agents.order_by("name", "pk")  # type: ignore[attr-defined]


class _StageField(forms.ModelChoiceField[Stage]):
    """Stages that only one team has are named with it: many teams have a *New* of their own."""

    def label_from_instance(self, obj: Stage) -> str:
        teams = list(obj.teams.all())
        return f"{obj.name} – {teams[0].name}" if len(teams) == 1 else obj.name


class StageForm(forms.Form):
    stage = _StageField(
        Stage.objects.none(),
        label=_("Stage"),
        empty_label=None,
        help_text=_("Tickets of teams that do not have this stage stay where they are."),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        teams = Team.objects.visible_to(user).active()
        stages = Stage.objects.active().filter(teams__in=teams).distinct().prefetch_related("teams")
        self.fields["stage"].queryset = stages.order_by("position", "name", "pk")  # type: ignore[attr-defined]


class PriorityForm(forms.Form):
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=Priority.choices, coerce=int, widget=forms.RadioSelect, initial=Priority.LOW
    )

    def __init__(self, user: User, data: Any = None) -> None:
        del user
        super().__init__(data)


class TagsForm(forms.Form):
    add = TagsField(label=_("Add"))
    remove = TagsField(label=_("Take away"), only_known=True)

    def __init__(self, user: User, data: Any = None) -> None:
        del user
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("add") and not data.get("remove"):
            raise forms.ValidationError(_("Choose a tag to add or to take away."))
        return data


# ---- doing it, and taking it back -----------------------------------------------------------------------------------


def _archive(ticket: Ticket, doing: Doing) -> bool | None:
    return _set_archived(ticket, doing, archived=True)


def _restore(ticket: Ticket, doing: Doing) -> bool | None:
    return _set_archived(ticket, doing, archived=False)


def _set_archived(ticket: Ticket, doing: Doing, *, archived: bool) -> bool | None:
    refuse_work(ticket, doing)
    if ticket.is_archived == archived:
        return None
    (archive_ticket if archived else restore_ticket)(ticket.pk, by=doing.user, at=doing.at)
    return True


def _assign(ticket: Ticket, doing: Doing) -> Before | None:
    refuse_work(ticket, doing)
    assignee, before = doing.values["assignee"], ticket.assignee_id
    assign_ticket(ticket.pk, assignee, by=doing.user, at=doing.at)
    now_with = assignee.pk if assignee else None
    return None if before == now_with else {"from": before, "to": now_with}


def _assign_back(ticket: Ticket, before: Before, doing: Doing) -> None:
    refuse_work(ticket, doing)
    _refuse_other(ticket.assignee_id, before)
    former = User.objects.filter(pk=before["from"]).first() if before["from"] else None
    assign_ticket(ticket.pk, former, by=doing.user, at=doing.at)


def _move(ticket: Ticket, doing: Doing) -> Before | None:
    refuse_work(ticket, doing)
    stage, before = doing.values["stage"], ticket.stage_id
    move_ticket(ticket.pk, stage.pk, by=doing.user, at=doing.at)
    return None if before == stage.pk else {"from": before, "to": stage.pk}


def move_back(ticket: Ticket, before: Before, doing: Doing) -> None:
    """To the stage it came from.

    :raises StageTells: coming back there would send the customer a mail.
    """
    refuse_work(ticket, doing)
    _refuse_other(ticket.stage_id, before)
    if Stage.objects.filter(pk=before["from"]).exclude(mail_template=None).exists():
        raise StageTells
    move_ticket(ticket.pk, before["from"], by=doing.user, at=doing.at)


def _set_priority(ticket: Ticket, doing: Doing) -> Before | None:
    refuse_work(ticket, doing)
    priority, before = doing.values["priority"], ticket.priority
    set_priority(ticket.pk, Priority(priority), by=doing.user, at=doing.at)
    return None if before == priority else {"from": before, "to": priority}


def _set_priority_back(ticket: Ticket, before: Before, doing: Doing) -> None:
    refuse_work(ticket, doing)
    _refuse_other(ticket.priority, before)
    set_priority(ticket.pk, Priority(before["from"]), by=doing.user, at=doing.at)


def _tag(ticket: Ticket, doing: Doing) -> Before | None:
    refuse_work(ticket, doing)
    old = {tag.pk for tag in ticket.tags.all()}
    new = (old | {tag.pk for tag in doing.values["add"]}) - {tag.pk for tag in doing.values["remove"]}
    if new == old:
        return None
    edit_ticket(ticket.pk, {"tags": list(Tag.objects.filter(pk__in=new))}, by=doing.user, at=doing.at)
    return {"added": sorted(new - old), "removed": sorted(old - new)}


def _tag_back(ticket: Ticket, before: Before, doing: Doing) -> None:
    """What others tagged since then stays."""
    refuse_work(ticket, doing)
    present = {tag.pk for tag in ticket.tags.all()}
    new = (present - set(before["added"])) | set(before["removed"])
    edit_ticket(ticket.pk, {"tags": list(Tag.objects.filter(pk__in=new))}, by=doing.user, at=doing.at)


def refuse_work(ticket: Ticket, doing: Doing) -> None:
    """:raises NotAllowed: the user sees the ticket, but may not work on it."""
    if not can_work_on(doing.user, ticket):
        raise NotAllowed


def _refuse_other(value: Any, before: Before) -> None:
    if value != before["to"]:
        raise ChangedSince


# ---- what the list offers -------------------------------------------------------------------------------------------


def _archived(count: int) -> str:
    return ngettext("%(count)s ticket archived.", "%(count)s tickets archived.", count) % {"count": count}


def _restored(count: int) -> str:
    return ngettext("%(count)s ticket restored.", "%(count)s tickets restored.", count) % {"count": count}


def _assigned(count: int) -> str:
    return ngettext("%(count)s ticket assigned.", "%(count)s tickets assigned.", count) % {"count": count}


def _moved(count: int) -> str:
    return ngettext("%(count)s ticket moved.", "%(count)s tickets moved.", count) % {"count": count}


def _changed(count: int) -> str:
    return ngettext("%(count)s ticket changed.", "%(count)s tickets changed.", count) % {"count": count}


MASS_ACTIONS = (
    MassAction("assign", _("Assign to…"), "user-plus", _assign, _assign_back, AssignForm, _assigned),
    MassAction("stage", _("Move to stage…"), "arrow-right", _move, move_back, StageForm, _moved),
    MassAction("priority", _("Set priority…"), "star", _set_priority, _set_priority_back, PriorityForm, _changed),
    MassAction("tags", _("Edit tags…"), "tag", _tag, _tag_back, TagsForm, _changed),
    MassAction("archive", _("Archive"), "archive", _archive, back_by(_restore), done=_archived, is_for_archived=False),
    MassAction(
        "restore", _("Restore"), "archive-off", _restore, back_by(_archive), done=_restored, is_for_archived=True
    ),
)
