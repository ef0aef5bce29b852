"""What people choose for themselves: name shown, language, time zone, appearance, signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.accounts.enums import Theme
from deskhand.base.accounts.models import User
from deskhand.base.accounts.pages.access import person
from deskhand.base.accounts.places import PREFERENCE_SECTIONS, PreferenceSection
from deskhand.base.accounts.services import Preferences, change_preferences, choose_theme
from deskhand.kit.choices import time_zones
from deskhand.kit.ui.widgets import LongSelect


class PreferencesForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("Colleagues and customers see it."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zones, widget=LongSelect, help_text=_("Times are shown in it.")
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices, widget=forms.RadioSelect)
    signature = forms.CharField(
        label=_("Signature"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands below the messages that you send to customers."),
    )

    def __init__(self, data: QueryDict | None, *, user: User) -> None:
        self._kept = {field: getattr(user, field) for field in self.base_fields}
        super().__init__(data, initial=self._kept)
        if not user.is_internal:
            del self.fields["signature"]

    def chosen(self) -> Preferences:
        data: dict[str, Any] = self._kept | self.cleaned_data
        return Preferences(**data | {"theme": Theme(data["theme"])})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """The page of the person who asks; there is none of anybody else."""
    user = person(request)
    form = PreferencesForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        change_preferences(user.pk, form.chosen())
        messages.success(request, gettext("Your preferences are saved."))
        return redirect("accounts:preferences")
    context = {"form": form, "person": user, "company": user.company, "sections": _sections(request)}
    return render(request, _template(user), context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """The switch in the user menu: the same page again, in the other appearance."""
    if (chosen := request.POST.get("theme")) in Theme.values:
        choose_theme(person(request).pk, Theme(chosen))
    before = request.headers.get("Referer", "")
    return redirect(before if url_has_allowed_host_and_scheme(before, {request.get_host()}) else "/")


def _sections(request: HttpRequest) -> list[tuple[PreferenceSection, dict[str, Any]]]:
    return [(section, section.context(request)) for section in PREFERENCE_SECTIONS if section.shown_to(request.user)]


def _template(user: User) -> str:
    return "accounts/preferences.html" if user.is_internal else "accounts/preferences_customer.html"
