"""The settings page of a team, and what can be done with teams."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deskhand.base.contacts.public import Contact
from deskhand.kit.clock import now
from deskhand.kit.errors import DomainError
from deskhand.kit.keys import keys_of
from deskhand.kit.screens import searched
from deskhand.kit.ui.shapes import MenuItem, SmartButton
from deskhand.support.teams.models import Team
from deskhand.support.teams.pages.access import configuration_page, person, typed, visible_team
from deskhand.support.teams.pages.forms import TeamForm
from deskhand.support.teams.pages.screens import TEAMS
from deskhand.support.teams.pages.settings import TeamPage
from deskhand.support.teams.places import TEAM_SMART_BUTTONS
from deskhand.support.teams.services.teams import (
    archive_team,
    create_team,
    delete_team,
    duplicate_team,
    reorder_teams,
    restore_team,
)

#: How many contacts the followers' picker offers at once.
_MOST_OFFERED = 12


@require_http_methods(["GET", "HEAD", "POST"])
@configuration_page
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """One page with all that can be set on a team; saved together, or not at all."""
    found = visible_team(request, pk)
    if request.method != "POST":
        return _page(request, found, TeamPage(found, person(request)))
    page = TeamPage(found, person(request), request.POST)
    with transaction.atomic():  # locked, so that nobody writes between looking and saving
        Team.objects.select_for_update().filter(pk=pk).order_by().values_list("pk").first()
        meanwhile = page.tells_what_changed(TeamPage(visible_team(request, pk), person(request)))
        saved = not meanwhile and page.is_valid() and not page.asks_to_confirm and page.save(at=now())
    if saved:
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.get_full_path())
    return _page(request, visible_team(request, pk), page, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@configuration_page
def new(request: HttpRequest) -> HttpResponse:
    """A new team (TEAM-1): name, description, company, visibility; its options are set on its page then."""
    form = TeamForm(typed(request), user=person(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = create_team(form.settings())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("teams:team", made.pk)
    context = {"form": form, "page": form, "list_title": TEAMS.title, "list_address": reverse("teams:list")}
    return render(request, "teams/new_team.html", context, status=422 if form.is_bound else 200)


@require_POST
@configuration_page
def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """Duplicate a team and open the copy."""
    copy = duplicate_team(visible_team(request, pk).pk)
    messages.success(request, _("This is the copy. It has no mail address yet."))
    return redirect("teams:team", copy.pk)


@require_POST
@configuration_page
def archival(request: HttpRequest, pk: int) -> HttpResponse:
    """Archive a team, or restore it (``?restore``)."""
    found = visible_team(request, pk)
    if "restore" in request.GET:
        restore_team(found.pk, by=person(request))
        messages.success(request, _("“%(name)s” is back in the lists.") % {"name": found})
    else:
        archive_team(found.pk, by=person(request))
        messages.success(
            request,
            _(
                "“%(name)s” is archived: mail to its address is refused, and its tickets stay as they are. Find it "
                "with the filter Archived."
            )
            % {"name": found},
        )
    return redirect("teams:team", pk)


@require_POST
@configuration_page
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a team that never had a ticket; why another one cannot be deleted is said on its page."""
    found = visible_team(request, pk)
    try:
        delete_team(pk)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:team", pk)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": found})
    return redirect("teams:list")


@require_POST
@configuration_page
def order(request: HttpRequest) -> HttpResponse:
    """Put the teams that the user sees into the order of ``order=1&order=2``."""
    asked = keys_of(request.POST.getlist("order"))
    seen = set(Team.objects.visible_to(request.user).filter(pk__in=asked).values_list("pk", flat=True))
    reorder_teams([pk for pk in asked if pk in seen])
    return HttpResponse(status=204)


@require_GET
@configuration_page
def follower_options(request: HttpRequest) -> JsonResponse:
    """Contacts whose name or address contains ``?q=``, for the followers' picker. One query."""
    words = searched(request.GET.get("q", ""))
    contacts = Contact.objects.visible_to(request.user).active()
    found = (contacts.filter(name__icontains=words) | contacts.filter(email__icontains=words))[:_MOST_OFFERED]
    options = [{"id": one.pk, "name": one.name, "detail": one.email} for one in found]
    return JsonResponse({"options": options, "may_create": False})


def _page(request: HttpRequest, found: Team, page: TeamPage, *, status: int = 200) -> HttpResponse:
    query = request.GET.urlencode()
    context: dict[str, Any] = {
        "app_key": "helpdesk",
        "record": found,
        "team": found,
        "page": page,
        "form": page.form,
        "list_title": TEAMS.title,
        "list_address": reverse("teams:list") + (f"?{query}" if query else ""),
        "neighbours": TEAMS.neighbours(request, found),
        "own_query": TEAMS.own_query(request),
        "menu": _menu(found),
        "smart": _smart_buttons(request, found),
    }
    return render(request, "teams/team.html", context, status=status)


def _smart_buttons(request: HttpRequest, found: Team) -> list[SmartButton]:
    asked = (panel(found, person(request)) for panel in TEAM_SMART_BUTTONS)
    return [button for button in asked if button is not None]


def _menu(found: Team) -> list[MenuItem]:
    archival = reverse("teams:archival", args=[found.pk])
    name = {"name": found}
    copy = MenuItem(_("Duplicate"), reverse("teams:copies", args=[found.pk]), icon="copy", method="post")
    delete = MenuItem(
        _("Delete"),
        reverse("teams:deletion", args=[found.pk]),
        icon="trash",
        method="post",
        confirm=_("Delete “%(name)s”, with its address and its followers? This cannot be undone.") % name,
        is_destructive=True,
    )
    if found.is_active:
        sure = _(
            "Archive “%(name)s”? It leaves the overview and all menus, and mail to its address is refused. Its tickets "
            "stay as they are, and it can be restored."
        )
        archive = MenuItem(_("Archive"), archival, icon="archive", method="post", confirm=sure % name)
    else:
        archive = MenuItem(_("Unarchive"), f"{archival}?restore", icon="archive-off", method="post")
    return [copy, archive, delete]
