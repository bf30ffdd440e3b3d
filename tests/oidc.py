"""An OpenID provider over real HTTP: discovery, authorization with PKCE, signed ID tokens, keys, userinfo.

`Provider.person` is who is signed in there. `Provider.forge` may replace the ID token that it would give.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "osari-shop", "a secret between the two"


class Provider:
    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person: dict[str, Any] = {
            "sub": "p-1",
            "email": "asha@example.com",
            "email_verified": True,
            "name": "Asha",
        }
        self.in_userinfo: dict[str, Any] | None = None  # claims that stand there and not in the token
        self.forge: Callable[[dict[str, Any]], str] | None = None
        self.denies = False
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []

    def claims(self) -> dict[str, Any]:
        now = int(time.time())
        return {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300} | self.person

    def sign(self, claims: dict[str, Any], key: Any = None, **options: Any) -> str:
        options = {"algorithm": "RS256", "headers": {"kid": "k1"}} | options
        return jwt.encode(claims, self.key if key is None else key, **options)

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "k1", "alg": "RS256", "use": "sig"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        self.asked.append(asked)
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256"
        if self.denies:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, told: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(told.get("code", ""), None)
        digest = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
        if (
            asked is None
            or told.get("client_secret") != SECRET
            or told.get("redirect_uri") != asked["redirect_uri"]
            or base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        token = self.forge(self.claims()) if self.forge else self.sign(self.claims())
        return 200, {"access_token": "at-1", "token_type": "Bearer", "expires_in": 300, "id_token": token}

    def configuration(self) -> dict[str, Any]:
        here = self.address
        return {
            "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/jwks", "userinfo_endpoint": f"{here}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip

    address = ""


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(asked))
            self.send_header("Content-Length", "0")
            return self.end_headers()
        pages = {
            "/.well-known/openid-configuration": self.provider.configuration, "/jwks": self.provider.jwks,
            "/userinfo": lambda: self.provider.in_userinfo or self.provider.person,
        }  # fmt: skip
        return self._answer(200, pages[url.path]())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(*self.provider.exchange({name: values[0] for name, values in parse_qs(body).items()}))

    def _answer(self, status: int, document: dict[str, Any]) -> None:
        text = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args) -> None:
        pass


@contextlib.contextmanager
def serving() -> Iterator[Provider]:
    """A provider that listens."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"provider": provider}))
    provider.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield provider
    server.shutdown()
    server.server_close()


@pytest.fixture
def oidc(settings) -> Iterator[Provider]:
    """A provider that the shop knows as `own`."""
    with serving() as provider:
        _make_known(provider, settings)
        yield provider


def _make_known(provider: Provider, settings) -> None:
    configured = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    app = {"provider_id": "own", "name": "Own ID", "client_id": CLIENT, "secret": SECRET,
           "settings": {"server_url": provider.address, "oauth_pkce_enabled": True}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": configured | {"APPS": [app]}}
