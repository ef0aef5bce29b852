"""Whether a provider of identities would work: asked as at a sign-in, step by step, without anybody signing in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

import requests
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deskhand.base.accounts.models import IdentityProvider
from deskhand.kit.sealing import CannotUnseal, unseal

_SECONDS, _MOST_BYTES, _CHUNK = 8, 500_000, 65_536
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Finding:
    """One step and how it went. ``is_ok`` None: it could not be found out."""

    step: str
    is_ok: bool | None
    sentence: str


@dataclass(frozen=True)
class _Answer:
    status: int
    content: bytes


class _Failed(Exception):
    """The argument is a sentence."""


def try_provider(provider: IdentityProvider) -> list[Finding]:
    """Ask the provider who it is, for its keys, and whether it knows our client. Up to three calls; not in a
    transaction. The first step that fails is the last one.
    """
    return list(_steps(provider))


def _steps(provider: IdentityProvider) -> Iterator[Finding]:
    step = _("Description")
    try:
        config = _json(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        _refuse_config(provider, config)
        yield Finding(step, True, _("The provider says who it is: %(issuer)s.") % {"issuer": provider.issuer})
        step = _("Keys")
        count = _signing_keys(_json(str(config["jwks_uri"])))
        yield Finding(step, True, _keys_in_words(count))
        step = _("Client")
        yield _client(provider, config, step)
    except CannotUnseal:
        yield Finding(step, False, _("The secret was sealed with another SECRET_KEY. Enter it again."))
    except _Failed as failure:
        yield Finding(step, False, str(failure))


def _keys_in_words(count: int) -> str:
    text = ngettext(
        "What it says can be checked: it has %(count)s signing key.",
        "What it says can be checked: it has %(count)s signing keys.",
        count,
    )
    return text % {"count": count}


def _refuse_config(provider: IdentityProvider, config: Mapping[str, Any]) -> None:
    issuer = str(config.get("issuer", ""))
    if issuer.rstrip("/") != provider.issuer.rstrip("/"):
        raise _Failed(
            _("It calls itself “%(name)s”. Enter exactly this as the issuer, if it is the right one.")
            % {"name": issuer[:200]}
        )
    missing = [name for name in _NEEDED if not _is_address(config.get(name))]
    if missing:
        raise _Failed(_("Its description lacks: %(names)s.") % {"names": ", ".join(missing)})
    if "code" not in config.get("response_types_supported", ["code"]):
        raise _Failed(_("It does not offer the way of signing in that Deskhand uses (authorization code)."))


def _signing_keys(found: Mapping[str, Any]) -> int:
    keys = found.get("keys")
    usable = [key for key in keys if isinstance(key, dict) and key.get("use", "sig") == "sig"] if keys else []
    if not usable:
        raise _Failed(_("It shows no key to check signatures with."))
    return len(usable)


def _client(provider: IdentityProvider, config: Mapping[str, Any], step: str) -> Finding:
    """A code that is none is refused as a code only to a client that is known."""
    asked = {
        "grant_type": "authorization_code",
        "code": "deskhand-connection-test",
        "code_verifier": "d" * 43,
        "redirect_uri": settings.SITE_URL + reverse("openid_connect_callback", args=[provider.key]),
    }
    identity = {"client_id": provider.client_id, "client_secret": unseal(provider.sealed_secret)}
    methods = config.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    by_form = "client_secret_post" in methods
    answer = _call(
        "POST",
        str(config["token_endpoint"]),
        data=asked | (identity if by_form else {}),
        auth=None if by_form else (identity["client_id"], identity["client_secret"]),
    )
    error = _error_of(answer)
    if error in {"invalid_client", "unauthorized_client"} or answer.status == requests.codes.unauthorized:
        return Finding(step, False, _("It does not know the client ID, or the secret is another one."))
    if error in {"invalid_grant", "invalid_code"}:
        return Finding(step, True, _("It knows the client and its secret."))
    return Finding(step, None, _("Whether it knows the client shows when somebody signs in."))


def _error_of(answer: _Answer) -> str:
    try:
        said = json.loads(answer.content)
    except ValueError:
        return ""
    return str(said.get("error", "")) if isinstance(said, dict) else ""


def _json(address: str) -> Mapping[str, Any]:
    answer = _call("GET", address)
    if answer.status != requests.codes.ok:
        raise _Failed(
            _("%(address)s answers with %(status)s instead of a description.")
            % {"address": address, "status": answer.status}
        )
    try:
        found = json.loads(answer.content)
    except ValueError as error:
        raise _Failed(_("%(address)s does not answer with JSON.") % {"address": address}) from error
    if not isinstance(found, dict):
        raise _Failed(_("%(address)s does not answer with JSON.") % {"address": address})
    return found


def _call(method: str, address: str, **options: Any) -> _Answer:
    try:
        with requests.request(method, address, timeout=_SECONDS, allow_redirects=False, stream=True, **options) as got:
            return _Answer(got.status_code, _content(got))
    except requests.exceptions.SSLError as error:
        raise _Failed(_("The certificate of %(address)s is not valid.") % {"address": address}) from error
    except requests.Timeout as error:
        sentence = _("%(address)s does not answer within %(seconds)s seconds.")
        raise _Failed(sentence % {"address": address, "seconds": _SECONDS}) from error
    except (requests.RequestException, ValueError, OSError) as error:
        raise _Failed(_("Nobody answers at %(address)s.") % {"address": address}) from error


def _content(answer: requests.Response) -> bytes:
    """:raises Timeout: it comes too slowly, or is more than a description."""
    until, content = monotonic() + _SECONDS, b""
    for chunk in answer.iter_content(_CHUNK):
        content += chunk
        if len(content) > _MOST_BYTES or monotonic() > until:
            raise requests.Timeout
    return content


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://"))
