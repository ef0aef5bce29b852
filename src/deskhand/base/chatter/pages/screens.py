"""The list of canned responses and the page of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from deskhand.base.chatter.models import CannedResponse
from deskhand.base.chatter.pages.access import person
from deskhand.base.chatter.pages.canned_form import CannedForm, placeholders
from deskhand.base.chatter.places import AUDIENCES
from deskhand.base.chatter.policies import can_change_canned
from deskhand.base.chatter.queries import canned_visible_to
from deskhand.base.chatter.services.canned import delete_canned, save_canned
from deskhand.kit import records
from deskhand.kit.screens import Column, EmptyState, Filter, RecordScreen, Sheet


def _used_by(pks: Sequence[int]) -> Mapping[int, str]:
    """Who uses each, in words. Two queries, one for each kind of group."""
    rows = list(CannedResponse.objects.filter(pk__in=pks))
    names: dict[tuple[int | None, int | None], str] = {
        (records.content_type_id(kind.model), group.pk): str(group)
        for kind in AUDIENCES
        for group in kind.model._default_manager.filter(pk__in=[row.audience_id for row in rows])  # noqa: SLF001
    }
    return {row.pk: names.get((row.audience_type_id, row.audience_id), row.get_sharing_display()) for row in rows}


class CannedResponses(RecordScreen[CannedResponse]):
    model = CannedResponse
    title = _("Canned Responses")
    app_key = "helpdesk"
    list_url, new_url, record_url = "chatter:canned-responses", "chatter:new-canned-response", "chatter:canned-response"
    columns = (
        Column("shortcut", value=lambda one: f":{one.shortcut}", is_primary=True, card="title", width="m"),
        Column("text", card="start"),
        Column("used_by", _("Used by"), load=_used_by, card="end", width="m"),
        Column("owner__name", _("Owner"), kind="person", width="m"),
    )
    search = ("shortcut", "text")
    filters = (Filter("mine", _("My responses"), lambda user: Q(owner=user), section="owner"),)
    order = ("shortcut", "pk")
    joins = ("owner",)
    empty = EmptyState(
        "message-bolt",
        _("No canned responses yet"),
        _("Texts that you write again and again: type : and the shortcut in a composer, and the text is there."),
    )
    form = CannedForm
    sheet = Sheet(title="shortcut", left=["sharing", "audience"], below=["text"])
    record_template = "chatter/canned_response.html"

    def rows(self, request: HttpRequest) -> QuerySet[CannedResponse]:
        return canned_visible_to(request.user)

    def may_change(self, user: Any, record: CannedResponse) -> bool:
        return can_change_canned(user, record)

    def may_delete(self, user: Any, record: CannedResponse) -> bool:
        return can_change_canned(user, record)

    def form_options(self, request: HttpRequest, record: CannedResponse | None) -> dict[str, Any]:
        return {"instance": record, "user": request.user}

    def create(self, request: HttpRequest, form: CannedForm) -> CannedResponse:
        return save_canned(form.typed(), by=person(request))

    def change(self, request: HttpRequest, record: CannedResponse, form: CannedForm) -> None:
        save_canned(form.typed(), by=person(request), pk=record.pk)

    def delete(self, request: HttpRequest, record: CannedResponse) -> None:
        delete_canned(record.pk, by=person(request))

    def form_context(self, request: HttpRequest, record: CannedResponse | None) -> dict[str, Any]:
        del request, record
        return {"placeholders": placeholders()}


CANNED_RESPONSES = CannedResponses()
