"""The options of a team in the section Self-Service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deskhand.support.closing.enums import OnReply
from deskhand.support.closing.queries import rules_of
from deskhand.support.closing.services.rules import set_customer_closing, set_reply_rule
from deskhand.support.teams.public import Stage, TeamOptionForm


class CustomerClosingForm(TeamOptionForm):
    """Whether customers close their own tickets."""

    customers_may_close = forms.BooleanField(label=_("Closure by Customers"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("customers_may_close", rules_of(self.team.pk).customers_may_close)

    def save(self) -> None:
        if self.has_changed():
            set_customer_closing(self.team, allowed=self.cleaned_data["customers_may_close"])


class ReplyRuleForm(TeamOptionForm):
    """What happens when a customer answers a closed ticket."""

    on_reply = forms.TypedChoiceField(
        label=_("On customer reply"), choices=OnReply.choices, coerce=OnReply, widget=forms.RadioSelect
    )
    reopen_stage = forms.ModelChoiceField(
        label=_("Reopen to Stage"), queryset=Stage.objects.none(), required=False, empty_label=_("First stage")
    )
    days = forms.IntegerField(
        label=_("New ticket after"),
        min_value=1,
        max_value=3650,
        required=False,
        error_messages={
            "invalid": _("Enter a number of days."),
            "min_value": _("Enter 1 day or more."),
            "max_value": _("Enter 3650 days or less."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules = rules_of(self.team.pk)
        self.fields["reopen_stage"].queryset = self.team.stages.active().open()  # type: ignore[attr-defined]
        self.initial = {
            "on_reply": rules.on_reply,
            "reopen_stage": rules.reopen_stage_id,
            "days": rules.new_ticket_after_days,
            **self.initial,
        }

    def clean(self) -> dict[str, Any]:
        """The days only matter where they are shown; elsewhere they stay as they are."""
        data = self.cleaned_data
        if data.get("on_reply") != OnReply.NEW_TICKET:
            self.errors.pop("days", None)
            data["days"] = self.rules.new_ticket_after_days
        elif "days" in data and not data["days"]:
            self.add_error("days", _("Enter 1 day or more."))
        return data

    def save(self) -> None:
        data = self.cleaned_data
        stage = data["reopen_stage"]
        # The same page may have taken the stage out of the team just now; the first one takes its place then.
        if stage and "reopen_stage" not in self.changed_data and not self.team.stages.filter(pk=stage.pk).exists():
            stage = None
        set_reply_rule(self.team, data["on_reply"], stage=stage, days=data["days"])
