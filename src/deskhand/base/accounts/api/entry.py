"""How people come in, in the API: invitations, providers of identities, and what was written down about both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel, Field

from deskhand.base.accounts.api.resources import NewUserBody, user_values
from deskhand.base.accounts.models import AuditEntry, IdentityProvider, Invitation
from deskhand.base.accounts.pages.providers import ProviderForm
from deskhand.base.accounts.pages.screens import AUDIT, PROVIDERS
from deskhand.base.accounts.services import (
    NewUser,
    ProviderDetails,
    invite_user,
    save_provider,
    send_invitation,
    set_provider_active,
    withdraw_invitation,
)
from deskhand.base.accounts.services.trying import try_provider
from deskhand.base.companies.public import can_configure
from deskhand.kit.api.answering import json_answer
from deskhand.kit.api.callers import READ
from deskhand.kit.api.checks import one_line
from deskhand.kit.api.operations import Operation, add_operation, caller_of
from deskhand.kit.api.plain import PlainList
from deskhand.kit.api.problems import FieldProblem, InvalidValues
from deskhand.kit.api.public import Answer, Body, Key, Name, Ref, Resource, Verb, changes_of, ref, sent
from deskhand.kit.api.shapes import NO_NUL, in_path
from deskhand.kit.clock import now
from deskhand.kit.screens import Column, Filter


class _InvitationList(PlainList[Invitation]):
    model = Invitation
    title = _("Invitations")
    columns = (Column("sent_at"), Column("expires_at"), Column("accepted_at"))
    search = ("user__name", "user__email")
    filters = (
        Filter("open", _("Open"), Q(accepted_at=None, user__is_active=True), section="state"),
        Filter("accepted", _("Accepted"), Q(accepted_at__isnull=False), section="state"),
        Filter("expired", _("Expired"), Q(accepted_at=None, expires_at__lte=Now()), section="age"),
    )
    order = ("-sent_at", "-pk")

    def may_open(self, user: Any) -> bool:
        return can_configure(user)


class InvitationAnswer(Answer):
    id: int
    user: Ref
    email: str
    invited_by: Ref | None = Field(description="A user.")
    sent_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = Field(description="Null: not yet.")


class Invitations(Resource[Invitation]):
    """An invitation makes its user, and mails them the link to come in with."""

    key, title, one, screen = "invitations", _("Invitations"), _("Invitation"), _InvitationList()
    answer, new = InvitationAnswer, NewUserBody
    joins = ("user", "invited_by")

    def rows(self, user: Any) -> QuerySet[Invitation]:
        return Invitation.objects.manageable_by(user)

    def may_create(self, user: Any) -> bool:
        return can_configure(user)

    def shown(self, record: Invitation, user: Any) -> Mapping[str, Any]:
        del user
        return {
            "id": record.pk,
            "user": ref(record.user),
            "email": record.user.email,
            "invited_by": ref(record.invited_by),
            "sent_at": record.sent_at,
            "expires_at": record.expires_at,
            "accepted_at": record.accepted_at,
        }

    def create(self, user: Any, body: NewUserBody) -> Invitation:
        return invite_user(NewUser(**user_values(body.model_dump())), by=user, at=now())

    def delete(self, user: Any, record: Invitation) -> None:
        withdraw_invitation(record.user_id, by=user)


INVITATIONS_API = Invitations()


def _send_again(record: Invitation, user: Any) -> Invitation:
    """Mail a new link; the one before works no more."""
    return send_invitation(record.user_id, by=user, at=now())


INVITATIONS_API.verb(Verb("PUT", "sending", "send-again", _("Send again"), _send_again))


# ---- providers ------------------------------------------------------------------------------------------------------


class ProviderAnswer(Answer):
    id: int
    name: str
    key: str = Field(description="Stands in the redirect address.")
    issuer: str
    client_id: str
    domains: list[str] = Field(description="Mail domains whose people are let in; empty: all.")
    trusts_addresses: bool
    makes_accounts: bool
    company: Ref = Field(description="Of the accounts it makes.")
    kind: Literal["internal", "portal"] = Field(description="Of the accounts it makes.")
    is_active: bool


class NewProviderBody(Body):
    name: Annotated[Name, Field(max_length=60)]
    key: Annotated[str, Field(pattern=r"^[a-z0-9_-]+$", max_length=40)]
    issuer: Annotated[str, Field(pattern=NO_NUL, min_length=1, max_length=300)]
    client_id: Annotated[Name, Field(max_length=191)]
    secret: Annotated[str, Field(pattern=NO_NUL, max_length=1_000)] = Field("", description="Kept sealed, never shown.")
    domains: list[Annotated[str, Field(pattern=NO_NUL, max_length=200)]] = Field([], max_length=100)
    trusts_addresses: bool = False
    makes_accounts: bool = False
    company: Key
    kind: Literal["internal", "portal"] = "internal"


class Providers(Resource[IdentityProvider]):
    key, title, one, screen = "sign-in-providers", _("Sign-in Providers"), _("Sign-in provider"), PROVIDERS
    answer, new, changes = ProviderAnswer, NewProviderBody, changes_of(NewProviderBody, "ProviderChanges")
    joins = ("company",)

    def rows(self, user: Any) -> QuerySet[IdentityProvider]:
        return IdentityProvider.objects.all() if can_configure(user) else IdentityProvider.objects.none()

    def shown(self, record: IdentityProvider, user: Any) -> Mapping[str, Any]:
        del user
        plain = {name: getattr(record, name) for name in ProviderAnswer.model_fields if name != "company"}
        return plain | {"company": ref(record.company)}

    def create(self, user: Any, body: NewProviderBody) -> IdentityProvider:
        del user
        return save_provider(None, _details(body.model_dump()))

    def change(self, user: Any, record: IdentityProvider, body: Any) -> None:
        del user
        names = [name for name in NewProviderBody.model_fields if name not in {"secret", "company"}]
        before = {name: getattr(record, name) for name in names} | {"secret": "", "company": record.company_id}
        save_provider(record.pk, _details(before | sent(body)))

    def archive(self, user: Any, record: IdentityProvider) -> None:
        del user
        set_provider_active(record.pk, is_active=False)

    def restore(self, user: Any, record: IdentityProvider) -> None:
        del user
        set_provider_active(record.pk, is_active=True)

    def router(self) -> Router:
        router = super().router()
        add_operation(router, Operation(
            method="GET", path="/{pk}/connection", name=f"{self.key}-connection", summary=_("Test the connection"),
            scope=self.scope(READ), answer=ConnectionAnswer, takes={"pk": in_path(Key)},
        ), self._connection)  # fmt: skip
        return router

    def _connection(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask the provider as at a sign-in, step by step; the first step that fails is the last one."""
        user = caller_of(request).user
        self.require_reading(user)
        findings = try_provider(self.visible(user, pk))
        return json_answer({"steps": [vars(finding) for finding in findings]})


class FindingAnswer(BaseModel):
    """One step of a test."""

    step: str
    is_ok: bool | None = Field(description="Null: it could not be found out.")
    sentence: str


class ConnectionAnswer(BaseModel):
    """How far a sign-in would come."""

    steps: list[FindingAnswer]


def _details(values: dict[str, Any]) -> ProviderDetails:
    """As the page reads them: one way to say what an issuer, a domain, a company is.

    :raises InvalidValues: what the form of the page would say.
    """
    typed = values | {"domains": ", ".join(values["domains"]), "name": one_line(values["name"])}
    form = ProviderForm(typed, instance=None, initial={})
    if not form.is_valid():
        raise InvalidValues(
            FieldProblem(field=name, detail=str(error), code="invalid")
            for name, errors in form.errors.items()
            for error in errors
        )
    return form.details()


PROVIDERS_API = Providers()


# ---- audit ----------------------------------------------------------------------------------------------------------


class AuditAnswer(Answer):
    id: int
    at: datetime
    kind: str
    user: Ref = Field(description="Whom it is about.")
    by: Ref | None = Field(description="Who did it; null: the user, or nobody who is known.")
    address: str | None
    detail: str


class Audit(Resource[AuditEntry]):
    key, title, one, screen = "audit", _("Sign-ins and Rights"), _("Entry"), AUDIT
    answer = AuditAnswer
    joins = ("user", "by")

    def rows(self, user: Any) -> QuerySet[AuditEntry]:
        return AuditEntry.objects.all() if can_configure(user) else AuditEntry.objects.none()

    def shown(self, record: AuditEntry, user: Any) -> Mapping[str, Any]:
        del user
        plain = {name: getattr(record, name) for name in AuditAnswer.model_fields if name not in {"user", "by"}}
        return plain | {"user": ref(record.user), "by": ref(record.by)}


AUDIT_API = Audit()
