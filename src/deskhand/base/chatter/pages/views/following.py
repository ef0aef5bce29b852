"""Who follows a record, and what they receive (TEAM-6)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from deskhand.base.chatter.models import Follower
from deskhand.base.chatter.pages.access import conversation_door, person, writable_record
from deskhand.base.chatter.pages.forms import FollowerForm, ReceivesForm
from deskhand.base.chatter.pages.views.conversation import answer
from deskhand.base.chatter.places import conversation_of
from deskhand.base.chatter.services.following import add_followers, choose_what_follower_gets, remove_follower
from deskhand.base.contacts.public import contact_of_typed
from deskhand.kit import records
from deskhand.kit.ui.responses import close_popup, toast


@require_POST
@conversation_door
def followers(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """Let somebody follow, by mail address."""
    record = writable_record(request, kind, pk)
    typed = FollowerForm(request.POST)
    if not typed.is_valid():
        return toast(answer(request, record), str(typed.errors["email"][0]), tone="bad")
    about = conversation_of(record)
    company = (about.company(record) if about else None) or person(request).company
    contact = contact_of_typed(typed.cleaned_data["email"], company=company)
    if contact:
        add_followers(record, [contact.pk])
    return answer(request, record)


@require_http_methods(["GET", "POST", "DELETE"])
@conversation_door
def follower(request: HttpRequest, kind: int, pk: int, contact_pk: int) -> HttpResponse:
    """What a follower receives: look (a pop-up), choose, or let them follow no more."""
    record = writable_record(request, kind, pk)
    if request.method == "DELETE":
        remove_follower(record, contact_pk)
        return answer(request, record)
    found = get_object_or_404(Follower.objects.of(record).select_related("contact__user"), contact=contact_pk)
    form = ReceivesForm(request.POST or None, instance=found)
    if request.method == "POST":
        form = ReceivesForm(request.POST, instance=found)
        form.is_valid()
        choose_what_follower_gets(record, contact_pk, form.chosen())
        return close_popup(events={"dh:refresh": {}})
    action = reverse("chatter:follower", args=[kind, pk, contact_pk])
    user = getattr(found.contact, "user", None)
    works_here = bool(user and user.is_internal)
    return render(
        request, "chatter/follower.html", {"follower": found, "form": form, "action": action, "works_here": works_here}
    )


@require_http_methods(["POST", "DELETE"])
@conversation_door
def following(request: HttpRequest, kind: int, pk: int) -> HttpResponse:
    """Follow oneself, or no more."""
    record = writable_record(request, kind, pk)
    mine = person(request).contact_id
    if request.method == "DELETE":
        remove_follower(record, mine)
    else:
        add_followers(record, [mine])
    if records.find_visible(request.user, kind, pk) is None:  # who saw it only as a follower sees it no more
        return HttpResponse(status=204, headers={"HX-Redirect": "/"})
    return answer(request, record)
