from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from deskhand.base.notifications.enums import Way


class WayForm(forms.Form):
    """How one wants to be told."""

    way = forms.ChoiceField(label=_("Besides the bell, tell me"), choices=Way.choices, widget=forms.RadioSelect)


class CustomerWayForm(forms.Form):
    """How a customer wants to be told of answers: of those nothing rings, they are mailed or found in the portal."""

    way = forms.ChoiceField(
        label=_("When we answer one of your tickets"),
        choices=[(Way.MAIL, _("Send me a mail")), (Way.APP, _("No mails: I look here"))],
        widget=forms.RadioSelect,
    )
