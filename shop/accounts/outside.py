"""Sign-in through other services (OpenID Connect): which are configured, and how their answer is checked.

The dance is allauth's (state, PKCE, exchange of the code). The ID token is verified here, always: allauth leaves its
signature out where the token came over TLS.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from shop.accounts.models import User

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]  # never a shared secret, never none
NEEDED = ["iss", "aud", "exp", "iat", "sub"]
LEEWAY_SECONDS = 60


@dataclass(frozen=True)
class Service:
    id: str
    name: str


@dataclass(frozen=True)
class Linked(Service):
    linked_at: datetime


@dataclass(frozen=True)
class Identity:
    """Who somebody is elsewhere. `subject` never changes there, the address may."""

    service: str
    subject: str
    email: str
    email_is_verified: bool
    name: str


def services() -> list[Service]:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [Service(app["provider_id"], app["name"]) for app in apps]


def linked_to(user: User) -> list[Linked]:
    """What opens this account, the first linked first; also what the shop no longer offers."""
    names = {service.id: service.name for service in services()}
    kept = SocialAccount.objects.filter(user=user).order_by("pk").values_list("provider", "date_joined")
    return [Linked(service, names.get(service, service), since) for service, since in kept]


def identity_of(service: str, claims: dict[str, Any]) -> Identity:
    verified = claims.get("email_verified") in (True, "true")
    email, name = str(claims.get("email") or "").strip().lower(), str(claims.get("name") or "")[:150]
    return Identity(service, str(claims["sub"]), email, verified and bool(email), name)


class VerifyingAdapter(OpenIDConnectOAuth2Adapter):
    def complete_login(self, request, app, token, **kwargs):
        """Raises OAuth2Error: an answer that this service has not signed for this shop."""
        claims = self._verified(kwargs["response"].get("id_token") or "", app.client_id)
        if "email" not in claims and self.openid_config.get("userinfo_endpoint"):
            told = self._fetch_user_info(token.token)
            if told.get("sub") != claims["sub"]:  # OpenID Connect Core, 5.3.2
                raise OAuth2Error("userinfo is about somebody else")
            claims = told | claims
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        login.account.extra_data = {}  # allauth would keep all that is told there
        login.identity = identity_of(login.account.provider, claims)
        return login

    def get_callback_url(self, request, app) -> str:
        """One address, whatever the language: it is registered there."""
        with translation.override(settings.LANGUAGE_CODE):
            path = reverse("accounts:outside_answer", args=[self.provider_id])
        return request.build_absolute_uri(path)

    def _verified(self, id_token: str, client_id: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            keys = jwt.PyJWKSet.from_dict(answer.json())
            key = keys[jwt.get_unverified_header(id_token)["kid"]]
            return jwt.decode(
                id_token, key, algorithms=ALGORITHMS, audience=client_id, issuer=self.openid_config["issuer"],
                leeway=LEEWAY_SECONDS, options={"require": NEEDED},
            )  # fmt: skip
        except (jwt.PyJWTError, KeyError, ValueError) as problem:
            raise OAuth2Error("the ID token does not hold") from problem


class Provider(OpenIDConnectProvider):
    oauth2_adapter_class = VerifyingAdapter
