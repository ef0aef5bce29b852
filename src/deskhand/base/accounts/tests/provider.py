"""A provider of identities (OpenID Connect) that really answers, on a port of its own, for tests."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from time import time
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "deskhand", "a secret that no page shows"


@dataclass
class Provider:
    """Says that whoever comes is the person whom ``claims`` describe. Each ``…_key``, ``…`` makes it lie."""

    claims: dict[str, Any] = field(default_factory=dict)
    audience: str = CLIENT_ID
    issuer: str = ""
    token_subject: str = ""
    signs_with_foreign_key: bool = False
    refuses: bool = False
    posted: list[dict[str, str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._foreign = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": self}))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # ---- what it answers --------------------------------------------------------------------------------------------

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the person is sent back to; a person who is asked nothing."""
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        code = token_urlsafe(16)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, posted: dict[str, str]) -> dict[str, Any] | None:
        """None: client, code or proof are wrong."""
        self.posted.append(posted)
        asked = self._codes.pop(posted.get("code", ""), None)
        if asked is None or not self.knows(posted):
            return None
        proof = hashlib.sha256(posted.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked.get("code_challenge"):
            return None
        return {"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": self._id_token()}

    @staticmethod
    def knows(posted: dict[str, str]) -> bool:
        """Whether it is our client that asks."""
        return (posted.get("client_id"), posted.get("client_secret")) == (CLIENT_ID, SECRET)

    def _id_token(self) -> str:
        claims = self.claims | {
            "iss": self.issuer or self.url,
            "aud": self.audience,
            "iat": int(time()),
            "exp": int(time()) + 60,
        }
        if self.token_subject:
            claims["sub"] = self.token_subject
        key = self._foreign if self.signs_with_foreign_key else self._key
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "one"})


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(asked))
            self.end_headers()
        elif address.path == "/.well-known/openid-configuration":
            self._say(self.provider.configuration())
        elif address.path == "/keys":
            self._say(self.provider.keys())
        else:
            self._say(self.provider.claims)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        posted = {name: values[0] for name, values in parse_qs(body).items()}
        answer = self.provider.token(posted)
        wrong = {"error": "invalid_grant" if self.provider.knows(posted) else "invalid_client"}
        self._say(answer or wrong, 200 if answer else 400)

    def _say(self, answer: dict[str, Any], status: int = 200) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing."""
