"""What is typed about a webhook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deskhand.base.webhooks.models import Webhook
from deskhand.base.webhooks.places import TOLD_FACTS
from deskhand.base.webhooks.services.subscribing import Subscription


class WebhookForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, error_messages={"required": _("Enter a name.")})
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://shop.example/deskhand"}),
        error_messages={"required": _("Enter the address that is called.")},
    )
    query = forms.CharField(
        label=_("Only"),
        max_length=500,
        required=False,
        help_text=_("Filters as in the address of the list: filter=urgent&in=team.3. Empty: all that the owner sees."),
    )
    facts = forms.MultipleChoiceField(
        label=_("Told of"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one thing that the webhook is told of.")},
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, instance: Webhook | None, initial: dict[str, Any] | None = None
    ) -> None:
        own = {name: getattr(instance, name) for name in self.base_fields} if instance else {}
        super().__init__(data, files, initial=own | (initial or {}))
        self.fields["facts"].choices = [(fact.key, fact.title) for fact in TOLD_FACTS]  # type: ignore[attr-defined]

    def subscription(self) -> Subscription:
        return Subscription(**self.cleaned_data)
