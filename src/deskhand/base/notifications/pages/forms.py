from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from deskhand.base.notifications.enums import Way


class WayForm(forms.Form):
    """How one wants to be told."""

    way = forms.ChoiceField(label=_("Besides the bell, tell me"), choices=Way.choices, widget=forms.RadioSelect)
