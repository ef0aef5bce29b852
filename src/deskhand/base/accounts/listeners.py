"""What the library that people sign in with tells by signals: it knows no other way."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.dispatch import receiver
from django.http import HttpRequest

from deskhand.base.accounts.enums import AuditKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.services import note, note_proven_address, settle_second_factor


@receiver(authenticator_added)
def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    _factor_changed(AuditKind.FACTOR_ADDED, request, user, authenticator)


@receiver(authenticator_removed)
def _factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    _factor_changed(AuditKind.FACTOR_REMOVED, request, user, authenticator)


@receiver(authentication_failed)
def _factor_wrong(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    note(AuditKind.SIGN_IN_FAILED, user, address=request.META.get("REMOTE_ADDR"), detail=authenticator.type)


@receiver((password_changed, password_set, password_reset))
def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    note(AuditKind.PASSWORD_CHANGED, user, address=request.META.get("REMOTE_ADDR"))


@receiver(password_reset)
def _link_followed(request: HttpRequest, user: User, **_: Any) -> None:
    del request
    note_proven_address(user)


def _factor_changed(kind: AuditKind, request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    note(kind, user, address=request.META.get("REMOTE_ADDR"), detail=authenticator.type)
    settle_second_factor(User.objects.filter(pk=user.pk))
