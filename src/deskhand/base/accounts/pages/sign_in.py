"""The library's page for signing in, where it shows more than the library does."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.views.decorators.cache import never_cache

from deskhand.base.accounts.queries import open_for_sign_up, providers_on_offer


class SignInView(LoginView):  # type: ignore[misc]
    """Address and password, a passkey, or one of the providers. Two queries more than the library's page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"providers": providers_on_offer(), "may_sign_up": bool(open_for_sign_up())}


login = never_cache(SignInView.as_view())
