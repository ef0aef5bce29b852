"""How customers make an account: ask for a link, follow it, choose a password. Nobody learns who has one."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from deskhand.base.accounts.models import User
from deskhand.base.accounts.pages.invitations import AcceptForm
from deskhand.base.accounts.queries import open_for_sign_up
from deskhand.base.accounts.services import Asked, SignUpLinkInvalid, ask_to_sign_up, asked_to_sign_up, sign_up
from deskhand.base.companies.public import Company
from deskhand.kit.clock import now
from deskhand.kit.limits import within_limit

#: How often somebody at one place of the net may ask, and how many mails one address gets, in an hour.
_ASKED, _MAILED, _HOUR = 10, 3, 3600
#: How often somebody at one place of the net may try links in a minute.
_TRIES = 30


class SignUpForm(forms.Form):
    """The address to sign in with, and, where there are several, whose customer one is."""

    company = forms.ModelChoiceField(
        Company.objects.none(),
        label=_("Whose customer are you?"),
        empty_label=None,
        error_messages={"required": _("Choose a company.")},
    )
    email = forms.EmailField(
        label=_("Email"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send you a link. If you have written to us before, use the address that you wrote from."),
        error_messages={"required": _("Enter your mail address.")},
    )

    def __init__(self, data: Any = None, *, companies: list[Company]) -> None:
        super().__init__(data)
        self._only = companies[0] if len(companies) == 1 else None
        if self._only:
            del self.fields["company"]
        else:
            choice = self.fields["company"]
            choice.queryset = Company.objects.filter(pk__in=[one.pk for one in companies])  # type: ignore[attr-defined]
            choice.label_from_instance = lambda company: company.public_name  # type: ignore[attr-defined]

    def chosen(self) -> Company:
        company: Company = self._only or self.cleaned_data["company"]
        return company


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest) -> HttpResponse:
    """Ask for a link, where a company lets everybody. The answer is the same for every address.

    :raises Http404: no company does.
    """
    if request.user.is_authenticated:
        return redirect("home:start")
    companies = open_for_sign_up()
    if not companies:
        raise Http404
    form = SignUpForm(request.POST or None, companies=companies)
    if request.method == "POST":
        if not _may_ask(request):
            return render(request, "429.html", status=429)
        if form.is_valid():
            send_link(form.cleaned_data["email"], form.chosen())
            return redirect("account_sign_up_sent")
    company = companies[0] if len(companies) == 1 else None
    context = {"form": form, "company": company}
    return render(request, "accounts/sign_up.html", context, status=422 if form.is_bound else 200)


def send_link(address: str, company: Company) -> None:
    """Not more often than anybody needs it: nobody's mailbox is filled by this door."""
    if within_limit(f"sign-up:{address.strip().lower()}", times=_MAILED, seconds=_HOUR):
        ask_to_sign_up(address, company=company)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What everybody reads who asked."""
    return render(request, "accounts/sign_up_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link. Looking at it uses nothing up: scanners of mails do."""
    address = get_adapter(request).get_client_ip(request)
    if not within_limit(f"sign-up-link:{address}", times=_TRIES, seconds=60):
        return render(request, "429.html", status=429)
    try:
        return _confirming(request, token, asked_to_sign_up(token))
    except SignUpLinkInvalid as refusal:
        return render(request, "accounts/sign_up_gone.html", {"sentence": str(refusal)}, status=refusal.status)


def _confirming(request: HttpRequest, token: str, asked: Asked) -> HttpResponse:
    form = AcceptForm(request.POST or None, user=User(email=asked.address, name=asked.name))
    if request.method == "POST" and form.is_valid():
        data, zone = form.cleaned_data, asked.company.time_zone
        user = sign_up(token, name=data["name"], password=data["password1"], time_zone=zone, at=now())
        if request.user.is_authenticated:
            get_adapter(request).logout(request)
        response: HttpResponse = perform_login(request, user, email_verification="none")
        return response
    context = {"form": form, "asked": asked, "company": asked.company}
    return render(request, "accounts/sign_up_confirm.html", context, status=422 if form.is_bound else 200)


def _may_ask(request: HttpRequest) -> bool:
    address = get_adapter(request).get_client_ip(request)
    return within_limit(f"sign-up-at:{address}", times=_ASKED, seconds=_HOUR)
