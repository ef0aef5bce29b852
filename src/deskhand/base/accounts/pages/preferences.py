"""What people choose for themselves: name shown, language, time zone, appearance, signature."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.accounts.enums import Theme
from deskhand.base.accounts.models import User
from deskhand.base.accounts.pages.access import person
from deskhand.base.accounts.places import PREFERENCE_SECTIONS, PreferenceSection
from deskhand.base.accounts.services import OwnDetails, Preferences, change_preferences, change_profile, choose_theme
from deskhand.base.contacts.public import Contact
from deskhand.kit.choices import countries, time_zones
from deskhand.kit.ui.widgets import LongSelect

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


_CHOSEN = {field.name for field in fields(Preferences)}
_OWN = [field.name for field in fields(OwnDetails)]


def _own(name: str, label: StrPromise, longest: int, fill_in: str) -> forms.CharField:
    kind = {"type": "tel"} if name == "phone" else {}
    widget = forms.TextInput(attrs={"autocomplete": fill_in} | kind)
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)


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
        self._kept = {name: getattr(user, name) for name in _CHOSEN}
        super().__init__(data, initial=self._kept | self.more_of(user))

    def more_of(self, user: User) -> dict[str, Any]:
        """What else the form begins with."""
        del user
        return {}

    def save(self, user: User) -> None:
        change_preferences(user.pk, self.chosen())

    def chosen(self) -> Preferences:
        data: dict[str, Any] = self._kept | {name: self.cleaned_data[name] for name in _CHOSEN & self.fields.keys()}
        return Preferences(**data | {"theme": Theme(data["theme"])})


class ProfileForm(PreferencesForm):
    """The same of customers, who also say where they are to be found. They have no signature."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = _own("phone", _("Phone"), 40, "tel")
    street = _own("street", _("Street"), 200, "address-line1")
    postal_code = _own("postal_code", _("Postal code"), 20, "postal-code")
    city = _own("city", _("City"), 120, "address-level2")
    country = forms.ChoiceField(
        label=_("Country"), choices=lambda: [("", ""), *countries()], required=False, widget=LongSelect
    )
    signature = None  # type: ignore[assignment]

    field_order = (
        "name", "phone", "street", "postal_code", "city", "country", "language", "time_zone", "theme",
    )  # fmt: skip

    def more_of(self, user: User) -> dict[str, Any]:
        return {name: getattr(user.contact, name) for name in _OWN}

    def save(self, user: User) -> None:
        about = OwnDetails(**{name: self.cleaned_data[name] for name in _OWN})
        change_profile(user.pk, self.chosen(), about)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """The page of the person who asks; there is none of anybody else."""
    user = person(request)
    if not user.is_internal:
        user.contact = Contact.objects.select_related("parent").get(pk=user.contact_id)
    form = (PreferencesForm if user.is_internal else ProfileForm)(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        form.save(user)
        with translation.override(form.cleaned_data["language"]):  # that of the page that says it
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
