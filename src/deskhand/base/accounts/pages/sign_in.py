"""The library's pages where they show or do a little more than the library does."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.views.decorators.cache import never_cache

from deskhand.base.accounts.queries import providers_on_offer


class SignInView(LoginView):  # type: ignore[misc]
    """Address and password, a passkey, or one of the providers. One query more than the library's page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"providers": providers_on_offer()}


class AddPasskeyView(AddWebAuthnView):  # type: ignore[misc]
    """Only such keys as sign in without a password: what they are called everywhere else, passkeys."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return context | {"js_data": {"creation_options": options}}


login = never_cache(SignInView.as_view())
add_passkey = AddPasskeyView.as_view()
