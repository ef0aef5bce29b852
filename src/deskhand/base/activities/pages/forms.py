"""What is typed about activities and their types."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.public import User
from deskhand.base.activities.models import Activity, ActivityType
from deskhand.base.activities.services import Plan
from deskhand.base.chatter.public import colleagues


class ActivityForm(forms.Form):
    """An activity, in its pop-up. Whom it can be given to, the service knows."""

    kind = forms.ModelChoiceField(
        label=_("Type"), queryset=ActivityType.objects.none(), empty_label=None, widget=forms.Select
    )
    summary = forms.CharField(label=_("Summary"), max_length=200, required=False)
    due_on = forms.DateField(
        label=_("Due date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say until when."), "invalid": _("Enter a date, such as 2026-12-24.")},
    )
    assignee = forms.ModelChoiceField(label=_("Assigned to"), queryset=User.objects.none(), empty_label=None)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, user: User, instance: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds, people = ActivityType.objects.active(), Q(pk__in=colleagues(user).values("pk")) | Q(pk=user.pk)
        if instance:
            kinds = ActivityType.objects.filter(Q(is_active=True) | Q(pk=instance.kind_id))
            people |= Q(pk=instance.assignee_id)
            self.initial = {**_values_of(instance), **self.initial}
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["assignee"].queryset = User.objects.filter(people).order_by("name", "pk")  # type: ignore[attr-defined]
        if not instance:
            self.initial = {**_first_guess(kinds.first(), user), **self.initial}

    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)


class FeedbackForm(forms.Form):
    """What came of an activity."""

    feedback = forms.CharField(label=_("Feedback"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ActivityTypeForm(forms.ModelForm[ActivityType]):
    class Meta:
        model = ActivityType
        fields = ["name", "icon", "default_days", "default_summary", "position"]


def _values_of(activity: Activity) -> dict[str, Any]:
    return {
        "kind": activity.kind_id,
        "summary": activity.summary,
        "due_on": activity.due_on,
        "assignee": activity.assignee_id,
        "note": activity.note,
    }


def _first_guess(kind: ActivityType | None, user: User) -> dict[str, Any]:
    days = kind.default_days if kind else 0
    return {
        "kind": kind.pk if kind else None,
        "summary": kind.default_summary if kind else "",
        "due_on": timezone.localdate() + timedelta(days=days),
        "assignee": user.pk,
    }
