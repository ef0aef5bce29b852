"""The bell: what is new, read and unread, and how one wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deskhand.base.chatter.public import conversation_door, person
from deskhand.base.notifications.enums import Way
from deskhand.base.notifications.models import Notification
from deskhand.base.notifications.pages.forms import CustomerWayForm, WayForm
from deskhand.base.notifications.queries import lines_of, url_of, way_of, with_what_they_say
from deskhand.base.notifications.services.reading import mark_read, mark_unread
from deskhand.base.notifications.services.telling import choose_way
from deskhand.kit.clock import now

#: In the drop-down; all of them are on a page of their own.
_NEWEST = 10


@require_GET
@conversation_door
def menu(request: HttpRequest) -> HttpResponse:
    """The newest ones."""
    mine = Notification.objects.visible_to(person(request).viewer)
    lines = lines_of(list(with_what_they_say(mine)[:_NEWEST]))
    has_unread = any(line.notification.read_at is None for line in lines)
    return render(request, "notifications/menu.html", {"lines": lines, "has_unread": has_unread})


@require_http_methods(["GET", "POST", "DELETE"])
@conversation_door
def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what it is about, which is reading it; POST marks it read, DELETE unread again."""
    found = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    if request.method == "DELETE":
        mark_unread(person(request), pk)
    else:
        mark_read(person(request), at=now(), pk=pk)
    if request.method == "GET":
        return redirect(url_of(found))
    return menu_again(request)


@require_POST
@conversation_door
def reading(request: HttpRequest) -> HttpResponse:
    """Mark all read."""
    mark_read(person(request), at=now())
    if not request.headers.get("HX-Request"):
        return redirect("notifications:list")
    return menu_again(request)


@require_http_methods(["GET", "POST"])
@conversation_door
def ways(request: HttpRequest) -> HttpResponse:
    """How one wants to be told."""
    data = request.POST if request.method == "POST" else None
    form = WayForm(data, initial={"way": way_of(person(request))})
    if request.method == "POST" and form.is_valid():
        choose_way(person(request), Way(form.cleaned_data["way"]))
        messages.success(request, _("Your choice is saved."))
        return redirect("notifications:ways")
    status = 422 if form.is_bound else 200
    return render(request, "notifications/ways.html", {"form": form}, status=status)


@require_POST
@login_required
def mails(request: HttpRequest) -> HttpResponse:
    """How a customer wants to be told; whoever works here chooses at :func:`ways`."""
    user, form = person(request), CustomerWayForm(request.POST)
    if user.is_internal:
        raise Http404
    if form.is_valid():
        choose_way(user, Way(form.cleaned_data["way"]))
        messages.success(request, _("Your choice is saved."))
    return redirect(reverse("accounts:preferences") + "#mails")


def menu_again(request: HttpRequest) -> HttpResponse:
    """The drop-down as it is now; the counts are asked for again."""
    request.method = "GET"
    response: HttpResponse = menu(request)
    response["HX-Trigger"] = "dh:counts"
    return response
