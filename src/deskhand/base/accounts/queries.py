"""Answers about users that are not just filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import AuditKind, Role, SignUp, UserKind
from deskhand.base.accounts.models import AuditEntry, IdentityProvider, Invitation, RoleGrant, User
from deskhand.base.companies.public import Company
from deskhand.base.contacts.public import Contact
from deskhand.kit.clock import now
from deskhand.kit.languages import spoken
from deskhand.kit.prepared import prepared
from deskhand.kit.shell import APPS
from deskhand.kit.ui.moments import exact
from deskhand.kit.ui.shapes import Badge

#: Of the contact of who asks, no page shows more than name and address.
_NOT_ASKED_FOR = tuple(
    f"contact__{name}"
    for name in (
        "is_company", "parent", "company", "phone", "job_title", "street", "postal_code", "city", "country",
        "language", "website", "note", "is_active", "merged_into", "created_at",
    )
)  # fmt: skip


def language_of(contact: Contact) -> str:
    """The language of mails to a contact: of their account, else what is known of them, else the installation's.

    No query, if ``contact.user`` is at hand.
    """
    user: User | None = getattr(contact, "user", None)
    return spoken(user.language if user and user.is_active else "", contact.language)


def open_for_sign_up() -> list[Company]:
    """The companies that let everybody make an account. One query."""
    return list(Company.objects.filter(access_rule__sign_up=SignUp.FREE))


def portal_contacts() -> QuerySet[Contact, Any]:
    """The contacts as whom customers come in (:attr:`User.own_contact_ids`), to be asked for inside another query."""
    proven = EmailAddress.objects.filter(verified=True, user__kind=UserKind.PORTAL, user__email=F("email"))
    same_address = Q(user=None, merged_into=None, email__in=proven.order_by().values("email"))
    return Contact.objects.filter(Q(user__kind=UserKind.PORTAL) | same_address).order_by().values("pk")


def who_asks(pk: int) -> User | None:
    """One user with contact, company, companies and roles: what every page asks for, in one query.

    Their ``company_ids`` are those whose records they chose to look at.
    The joins answer a row for each pair of a company and a role, which are few.
    """
    rows: list[Any] = _with_companies_and_roles(pk)
    if not rows:
        return None
    user: User = rows[0]
    user.works_in = {row.in_company: row.company_name for row in rows if row.in_company is not None}
    user.company_ids = [pk for pk in user.works_in if pk not in user.hidden_companies] or list(user.works_in)
    user.roles = {row.in_app: Role(row.as_role) for row in rows if row.in_app} if user.is_internal else {}
    return user


@prepared
def _with_companies_and_roles(pk: int) -> QuerySet[User, Any]:
    return (
        User.objects.filter(pk=pk)
        .select_related("contact", "company")
        .defer(*_NOT_ASKED_FOR)
        .annotate(
            in_company=F("companies__pk"),
            company_name=F("companies__name"),
            in_app=F("role_grants__app"),
            as_role=F("role_grants__role"),
        )
        .order_by("companies__name", "in_app")
    )


def roles_in_words(user_ids: Sequence[int]) -> Mapping[int, str]:
    """``Helpdesk: Administrator, Settings: Administrator`` per user; who has no role is left out. One query."""
    titles = {app.key: str(app.title) for app in APPS if app.has_roles}
    words: dict[int, list[str]] = defaultdict(list)
    for grant in RoleGrant.objects.filter(user__in=user_ids).order_by("app"):
        if grant.app in titles:
            words[grant.user_id].append(
                gettext("%(app)s: %(role)s") % {"app": titles[grant.app], "role": Role(grant.role).label}
            )
    return {user_id: ", ".join(roles) for user_id, roles in words.items()}


#: What is stored of ways to show who one is → what they are called.
_WAYS = {
    "password": _("Password"),
    Authenticator.Type.TOTP.value: _("Authenticator app"),
    Authenticator.Type.WEBAUTHN.value: _("Passkey"),
    Authenticator.Type.RECOVERY_CODES.value: _("Recovery code"),
}
_BY_WAYS = frozenset({AuditKind.SIGNED_IN, AuditKind.SIGN_IN_FAILED, AuditKind.FACTOR_ADDED, AuditKind.FACTOR_REMOVED})


def detail_in_words(entry: AuditEntry) -> str:
    """What is stored of an entry (``helpdesk: user → administrator``) as people call it; what is not known stays."""
    if entry.kind == AuditKind.ROLES_CHANGED:
        return ", ".join(_role_in_words(part) for part in entry.detail.split(", "))
    if entry.kind in _BY_WAYS:
        return ", ".join(str(_WAYS.get(part, part)) for part in entry.detail.split(", "))
    return entry.detail


def _role_in_words(stored: str) -> str:
    app, _colon, change = stored.partition(": ")
    titles = {known.key: str(known.title) for known in APPS}
    labels = {role.name.lower(): str(role.label) for role in Role}
    words = [labels.get(word, word) for word in change.split(" → ")]
    return gettext("%(app)s: %(role)s") % {"app": titles.get(app, app), "role": " → ".join(words)}


def with_second_factor(user_ids: Sequence[int]) -> Mapping[int, bool]:
    """Who of the users has a second factor. One query."""
    factors = Authenticator.objects.filter(user__in=user_ids).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return dict.fromkeys(factors.values_list("user", flat=True), True)


def invitation_badges(user_ids: Sequence[int]) -> Mapping[int, Badge]:
    """How the invitations of those stand who have not come in yet. One query."""
    at = now()
    waiting = Invitation.objects.pending().filter(user__in=user_ids)
    return {one.user_id: _waiting(one, at) for one in waiting}


def _waiting(invitation: Invitation, at: datetime) -> Badge:
    if invitation.expires_at <= at:
        return Badge(gettext("Expired"), icon="clock-off", tone="bad", title=gettext("Send the invitation again."))
    return Badge(gettext("Invited"), icon="send", tone="info", title=exact(invitation.sent_at))


def users_per_role() -> Mapping[tuple[str, Role], int]:
    """How many internal users that may sign in have which role in which app. One query."""
    grants = RoleGrant.objects.filter(user__is_active=True, user__kind=UserKind.INTERNAL).order_by()
    counted = grants.values_list("app", "role").annotate(count=Count("pk"))
    return {(app, Role(role)): count for app, role, count in counted}


def providers_on_offer() -> list[IdentityProvider]:
    """What stands on the sign-in page besides address and password. One query."""
    return list(IdentityProvider.objects.filter(is_active=True))
