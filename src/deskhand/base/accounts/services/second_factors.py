"""Who has to have a second factor at sign-in, and how an administrator helps somebody who lost theirs."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.enums import AuditKind, SecondFactor, UserKind
from deskhand.base.accounts.models import AccessRule, User
from deskhand.base.accounts.services.auditing import note
from deskhand.base.accounts.services.mails import send_account_mail
from deskhand.base.accounts.services.sessions import end_sessions
from deskhand.base.companies.public import Company
from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction


class NoSecondFactor(DomainError):
    code = "no_second_factor"
    message = _("This user has no two-factor authentication. There is nothing to reset.")


def second_factor_of(company: Company) -> SecondFactor:
    """Of whom a company asks a second factor. One query."""
    rule = AccessRule.objects.filter(company=company).first()
    return SecondFactor(rule.second_factor) if rule else SecondFactor.OPTIONAL


@in_transaction
def require_second_factor(company: Company, of: SecondFactor) -> None:
    """From now on a company asks this of its users; who has none sets one up before anything else. Four statements."""
    AccessRule.objects.update_or_create(company=company, defaults={"second_factor": of})
    settle_second_factor(User.objects.filter(companies=company))


def must_have_second_factor(user: User) -> bool:
    """Whether one of the companies the user may work in asks for it. One query."""
    return User.objects.filter(pk=user.pk).filter(_asked_of()).exists()


def settle_second_factor(users: QuerySet[User]) -> None:
    """Write down who of the users owes a second factor, so that no page has to ask. Two statements."""
    owing = User.objects.filter(_asked_of()).filter(~_has_one()).values("pk")
    chosen = users.order_by().values("pk")
    User.objects.filter(pk__in=list(chosen.filter(pk__in=owing).values_list("pk", flat=True))).update(
        owes_second_factor=True
    )
    paid = chosen.filter(owes_second_factor=True).exclude(pk__in=owing)
    User.objects.filter(pk__in=list(paid.values_list("pk", flat=True))).update(owes_second_factor=False)


@in_transaction
def reset_second_factor(user_id: int, *, by: User, at: datetime) -> User:
    """Take away all second factors of somebody who lost them. Their sessions end; they are told by mail.

    :raises NoSecondFactor: there is nothing to take away.
    """
    user = User.objects.select_for_update().select_related("company").get(pk=user_id)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise NoSecondFactor
    settle_second_factor(User.objects.filter(pk=user.pk))
    end_sessions(user, by=by, at=at)
    note(AuditKind.FACTORS_RESET, user, by=by)
    send_account_mail("second_factor_reset", user, by=by)
    return user


def _asked_of() -> Q:
    rules = AccessRule.objects.filter(company__users=OuterRef("pk"))
    everybody = rules.filter(second_factor=SecondFactor.EVERYBODY)
    internal = rules.filter(second_factor=SecondFactor.INTERNAL)
    return Q(Exists(everybody)) | Q(Exists(internal), kind=UserKind.INTERNAL)


def _has_one() -> Exists:
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    return Exists(factors.exclude(type=Authenticator.Type.RECOVERY_CODES))
