"""What is typed about a ticket."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User, Viewer
from deskhand.base.contacts.public import ContactField, Typed
from deskhand.kit.prepared import prepared
from deskhand.kit.ui.forms import PreparedChoiceField
from deskhand.kit.ui.widgets import LongSelect
from deskhand.support.teams.public import TagsField, Team
from deskhand.support.tickets.enums import Priority
from deskhand.support.tickets.models import Ticket


def _teams(viewer: Viewer, companies: list[int]) -> QuerySet[Team]:
    return Team.objects.visible_to(viewer).active().filter(company__in=companies)


def _agents(companies: list[int]) -> QuerySet[User]:
    return User.objects.with_role("helpdesk").filter(companies__in=companies).distinct()


@prepared
def _team_names(viewer: Viewer, companies: list[int]) -> QuerySet[Team, Any]:
    return _teams(viewer, companies).values_list("pk", "name")


@prepared
def _chosen_team(viewer: Viewer, companies: list[int], pk: int) -> QuerySet[Team]:
    return _teams(viewer, companies).select_related("company").filter(pk=pk)


@prepared
def _agent_names(companies: list[int]) -> QuerySet[User, Any]:
    return _agents(companies).values_list("pk", "name")


@prepared
def _chosen_agent(companies: list[int], pk: int) -> QuerySet[User]:
    return _agents(companies).filter(pk=pk)


class TicketForm(forms.ModelForm[Ticket]):
    """The sheet of a ticket. ``version`` is the one the person sees, so that nobody overwrites silently."""

    team = PreparedChoiceField(label=_("Helpdesk Team"), named=_team_names, chosen=_chosen_team, widget=LongSelect)
    assignee = PreparedChoiceField(
        label=_("Assigned to"),
        named=_agent_names,
        chosen=_chosen_agent,
        widget=LongSelect,
        required=False,
        empty_label=_("Unassigned"),
    )
    customer = ContactField(label=_("Customer"), required=False)
    tags = TagsField(label=_("Tags"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Ticket
        fields = [
            "title", "team", "assignee", "priority", "tags",
            "customer", "customer_email", "customer_phone", "description",
        ]  # fmt: skip
        widgets = {
            "title": forms.Textarea(attrs={"rows": 1, "class": "dh-title", "maxlength": 500}),
            "priority": forms.RadioSelect,
            "description": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        companies = [self.instance.company_id] if self.instance.pk else user.company_ids
        self.fields["team"].offer(user.viewer, companies)  # type: ignore[attr-defined]
        self.fields["assignee"].offer(companies)  # type: ignore[attr-defined]
        customer: Any = self.fields["customer"]
        customer.offer(user.viewer)
        customer.widget.known = self.instance.customer if self.instance.customer_id else None
        if self.instance.pk:
            del self.fields["priority"]  # the stars are set by clicking them
        else:
            self.fields["priority"].choices = Priority.choices  # type: ignore[attr-defined]
        self.fields["title"].error_messages["required"] = _("Enter a title: what is it about?")
        self.fields["customer_email"].error_messages["invalid"] = _(
            "That is not a mail address. Write it like name@customer.example."
        )
        self.initial.setdefault("version", self.instance.version)

    def clean_title(self) -> str:
        """One line, however it was typed."""
        return " ".join(str(self.cleaned_data["title"]).split())

    def _post_clean(self) -> None:
        """The fields have checked what was typed, and services write it: no need to ask the database once more."""

    def values(self) -> dict[str, Any]:
        """What changed, as :func:`edit_ticket` takes it; a new customer brings their address and number along."""
        values = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name in self.base_fields and name != "version"
        }
        customer = values.get("customer")
        if customer:
            values["customer_name"] = customer.name
            values.setdefault("customer_email", customer.email)
            values.setdefault("customer_phone", customer.phone)
        return values


class _WhoeverField(ContactField):
    """A contact that was picked, or the text that was typed: the service finds or makes whom it means."""

    def to_python(self, value: Any) -> Any:
        return str(value) if isinstance(value, Typed) else super().to_python(value)


class QuickTicketForm(forms.Form):
    """A ticket in two fields, from the board (IN-11). An unknown customer is made from the name or address."""

    title = forms.CharField(label=_("Title"), max_length=500, error_messages={"required": _("Enter a title.")})
    customer = _WhoeverField(label=_("Customer"), required=False, help_text=_("Name or mail address; may stay empty."))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        customer: Any = self.fields["customer"]
        customer.offer(viewer)
