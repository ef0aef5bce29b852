"""How the library that people sign in with does things here."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deskhand.base.accounts.backends import Origin
from deskhand.base.accounts.enums import AuditKind
from deskhand.base.accounts.models import User
from deskhand.base.accounts.services import (
    add_html,
    must_have_second_factor,
    note,
    settle_invitation,
    settle_second_factor,
)
from deskhand.kit.clock import now
from deskhand.kit.languages import spoken
from deskhand.kit.sealing import seal, unseal

#: Who signed in within this time need not show again who they are, in seconds.
_FRESH = 300


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: users are made by an administrator, or by a provider that an administrator
    trusts. Who signs in, and who fails to, is written down."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Address and password do not belong together. Check both and try again."),
        "incorrect_code": _("This code is not right, or too old. Enter the one that is shown now."),
        "too_many_login_attempts": _("That was wrong too often. Wait five minutes, then try again."),
        "rate_limited": _("That was too often. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMultiAlternatives:
        mail: EmailMultiAlternatives = super().render_mail(*args, **kwargs)
        add_html(mail, company="Deskhand")
        return mail

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of who gets it, whoever sits at the screen."""
        user = context.get("user")
        with translation.override(spoken(user.language) if user else translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {"user": user} | (context or {}), email)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        address = self.get_client_ip(request)
        device = request.headers.get("User-Agent", "")[:250]
        request.session.origin = Origin(device, address, now())  # type: ignore[attr-defined]
        request.session.modified = True
        settle_invitation(user, at=now())
        if user.owes_second_factor:
            settle_second_factor(User.objects.filter(pk=user.pk))
        note(AuditKind.SIGNED_IN, user, address=address, detail=_methods(request, user))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = User.objects.active().filter(email__iexact=credentials.get("email", "")).first()
        if user:
            note(AuditKind.SIGN_IN_FAILED, user, address=self.get_client_ip(request), detail="password")

    def is_reauthentication_required(self, *, app: str) -> bool:
        records = get_authentication_records(context.request, context.request.user)
        is_fresh = any(time.time() - record.get("at", 0) < _FRESH for record in records)
        return bool(super().is_reauthentication_required(app=app)) and not is_fresh

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        del request
        return reverse("accounts:preferences") + "#security"


def _methods(request: HttpRequest, user: User) -> str:
    """``password, totp``: how somebody showed who they are. Names of the library, the same in every language."""
    records = get_authentication_records(request, user)
    words = [record.get("provider") or record.get("type") or record["method"] for record in records]
    return ", ".join(dict.fromkeys(words))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their keys are sealed, and the last one stays where the company asks for one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your company asks for two-factor authentication. Set up another way first, then turn this one off."
        ),
        "incorrect_code": _("This code is not right, or too old. Enter the one that is shown now."),
    }

    def get_totp_issuer(self) -> str:
        return "Deskhand"

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return factors.exclude(pk=authenticator.pk).exists() or not must_have_second_factor(user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        known: dict[str, str] = super().get_public_key_credential_rp_entity()
        return known | {"name": "Deskhand"}
