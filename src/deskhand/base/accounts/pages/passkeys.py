"""The library's page for passkeys, where it does a little more than the library does."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView


class AddPasskeyView(AddWebAuthnView):  # type: ignore[misc]
    """Only such keys as sign in without a password: what they are called everywhere else, passkeys."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return context | {"js_data": {"creation_options": options}}


add_passkey = AddPasskeyView.as_view()
