"""The company switcher of the top bar: which companies somebody looks at, and in which one they work."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from deskhand.base.accounts.pages.access import person
from deskhand.base.accounts.services import CompanyNotYours, show_all_companies, show_company, switch_company
from deskhand.kit.keys import key_of


@login_required
@require_POST
def companies(request: HttpRequest) -> HttpResponse:
    """``present``: work in this one alone. ``show``, ``hide``: look at one more, or less. ``all``: at every one.

    Then the page from before: in another company it may not be there, so a record's page falls back on the start.

    :raises CompanyNotYours: the user does not work in the company.
    """
    user = person(request)
    if "all" in request.POST:
        show_all_companies(user.pk)
        return redirect(_page_before(request))
    if "present" in request.POST:
        changed = switch_company(user.pk, _company(request, "present"))
        messages.success(request, gettext("You work in %(company)s now.") % {"company": changed.company.name})
    else:
        verb = "show" if "show" in request.POST else "hide"
        show_company(user.pk, _company(request, verb), shown=verb == "show")
    return redirect(_page_before(request))


def _company(request: HttpRequest, verb: str) -> int:
    key = key_of(request.POST.get(verb, ""))
    if key is None:
        raise CompanyNotYours
    return key


def _page_before(request: HttpRequest) -> str:
    page = request.POST.get("next") or request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else "/"
