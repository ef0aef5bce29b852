"""Signing in by a provider (OpenID Connect): there, and back again."""

from __future__ import annotations

import logging
from typing import Any

import requests
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from deskhand.base.accounts.models import IdentityProvider
from deskhand.base.accounts.services import Identity, refuse_stranger, user_for
from deskhand.kit.errors import DomainError
from deskhand.kit.limits import within_limit
from deskhand.kit.sealing import unseal

logger = logging.getLogger(__name__)
#: How often an address may go to providers and come back.
_TIMES, _SECONDS = 60, 60


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers are rows that administrators write; whom they let in is decided by our rules."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        del request
        known = IdentityProvider.objects.filter(is_active=True)
        if provider and provider != "openid_connect":
            known = known.filter(key=provider)
        if client_id:
            known = known.filter(client_id=client_id)
        return [_client_of(one) for one in known]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """:raises ImmediateHttpResponse: a page that says why they are not let in."""
        sociallogin.state["process"] = "login"  # nothing else is offered, whatever the address says
        provider = IdentityProvider.objects.get(key=sociallogin.account.provider)
        identity = _identity(sociallogin.account.get_provider_account().get_user_data() or {})
        try:
            if sociallogin.is_existing:
                refuse_stranger(provider, identity)
            else:
                sociallogin.connect(request, user_for(provider, identity))
        except DomainError as refusal:
            raise ImmediateHttpResponse(_refused(request, refusal)) from None

    def on_authentication_error(self, request: HttpRequest, provider: Any, **about: Any) -> None:
        """The reason stays short: what a provider answers may hold what is nobody's business."""
        del request
        reason = type(about["exception"]).__name__ if about.get("exception") else about.get("error")
        logger.warning("Nobody could sign in by provider %s: %s.", getattr(provider, "pk", provider), reason)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        del request, sociallogin
        return False


class CheckingAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Checks more than it has to: who issued what is said, its signature, and that all of it is about one person."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """:raises ProviderException: the provider is not the one that was asked for."""
        config: dict[str, Any] = super().openid_config
        asked = self.get_provider().app.settings["server_url"]
        if str(config.get("issuer", "")).rstrip("/") != asked.rstrip("/"):
            raise ProviderException("The provider calls itself by another name.")
        return config

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        login = super().complete_login(request, app, token, **kwargs)
        said = login.account.extra_data
        if "id_token" not in said or said["userinfo"].get("sub") != said["id_token"]["sub"]:
            raise ProviderException("What the provider says is not about one person.")
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


@never_cache
@require_POST
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the provider, by a page of ours: a form must not lead to another site by itself."""
    if not _is_within_limit(request):
        return render(request, "429.html", status=429)
    response = _answer(OAuth2LoginView, request, provider_id)
    if response.status_code != 302:
        return response
    return render(request, "accounts/leaving.html", {"address": response["Location"]})


@never_cache
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends people afterwards."""
    if not _is_within_limit(request):
        return render(request, "429.html", status=429)
    return _answer(OAuth2CallbackView, request, provider_id)


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Somebody changed their mind at the provider."""
    return render(request, "socialaccount/login_cancelled.html")


def _is_within_limit(request: HttpRequest) -> bool:
    address = get_account_adapter(request).get_client_ip(request)
    return within_limit(f"provider:{address}", times=_TIMES, seconds=_SECONDS)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        adapter = CheckingAdapter(request, provider_id)
        adapter.openid_config  # noqa: B018  # nobody is sent to a provider that calls itself by another name
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (ProviderException, requests.RequestException, KeyError, TypeError, ValueError) as error:
        logger.warning("Nobody could sign in by %s: %s.", provider_id, type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", status=401)
    return answer


def _client_of(provider: IdentityProvider) -> SocialApp:
    """What the library wants to know, never stored."""
    return SocialApp(
        provider="openid_connect",
        provider_id=provider.key,
        name=provider.name,
        client_id=provider.client_id,
        secret=unseal(provider.sealed_secret),
        settings={"server_url": provider.issuer, "oauth_pkce_enabled": True},
    )


def _identity(claims: dict[str, Any]) -> Identity:
    checked = claims.get("email_verified", False)
    return Identity(
        address=str(claims.get("email") or "").strip().lower(),
        name=str(claims.get("name") or "").strip()[:200],
        is_checked=checked is True or checked == "true",
    )


def _refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    context = {"sentence": str(refusal)}
    return render(request, "socialaccount/authentication_error.html", context, status=refusal.status)
