"""The alias domain as it is typed, and what is to be known about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from deskhand.base.companies.models import DOMAIN, Company
from deskhand.base.companies.pages.access import settings_page
from deskhand.base.companies.places import ALIAS_DOMAIN_NOTES

_LONGEST_LABEL = 63


class AliasDomainField(forms.CharField):
    """A domain such as ``nordlys.example``; one of other scripts is kept as the mail system writes it."""

    def __init__(self, **options: Any) -> None:
        attributes = {"autocapitalize": "none", "spellcheck": "false", "placeholder": "nordlys.example"}
        super().__init__(
            label=_("Alias Domain"),
            max_length=120,
            required=False,
            help_text=_("Mail to a team's alias at this domain becomes a ticket."),
            widget=forms.TextInput(attrs=attributes),
            **options,
        )

    def to_python(self, value: Any) -> Any:
        typed = str(super().to_python(value)).lower().rstrip(".")
        typed = typed.removeprefix("@")
        _refuse_more_than_a_domain(typed)
        return _in_ascii(typed)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value:
            DOMAIN(value)
        if any(len(label) > _LONGEST_LABEL for label in str(value).split(".")):
            raise ValidationError(gettext("No part of a domain between its dots is longer than 63 letters."))


def _refuse_more_than_a_domain(typed: str) -> None:
    if "://" in typed:
        raise ValidationError(gettext("Enter the domain alone, without the address of a page around it."))
    if "@" in typed:
        raise ValidationError(
            gettext("Enter only what stands behind the @: %(domain)s") % {"domain": typed.rpartition("@")[2]}
        )


def _in_ascii(typed: str) -> str:
    if typed.isascii():
        return typed
    try:
        return typed.encode("idna").decode()
    except UnicodeError as error:
        raise ValidationError(str(DOMAIN.message)) from error


def notes_of(company: Company, domain: str) -> SafeString:
    """What apps say about a domain; nothing while there is none."""
    return SafeString("".join([note(company, domain) for note in ALIAS_DOMAIN_NOTES]) if domain else "")


@require_safe
@settings_page
def alias_domain(request: HttpRequest, pk: int) -> HttpResponse:
    """The notes for what is typed at present, or what is wrong with it; nothing is saved."""
    company = get_object_or_404(Company.objects.visible_to(request.user), pk=pk)
    typed = next((text for name, text in request.GET.items() if name.endswith("alias_domain")), "")
    try:
        notes, problem = notes_of(company, AliasDomainField().clean(typed)), ""
    except ValidationError as error:
        notes, problem = SafeString(), " ".join(error.messages)
    return render(request, "companies/alias_domain.html", {"notes": notes, "problem": problem})
