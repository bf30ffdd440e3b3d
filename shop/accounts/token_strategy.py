"""Access and refresh tokens: allauth's JWTs over a session row that PostgreSQL keeps.

A sign-in makes one session, its tokens are a family. Every use reads the row itself, never a cache: what was ended in
one process is ended in all. A refresh token works once; used again, it ends the family, since one of the two who
hold it is a thief (RFC 9700, 4.14.2).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from allauth.headless import app_settings
from allauth.headless.tokens.strategies.jwt import JWTTokenStrategy, internal
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import update_last_login
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from shop.accounts import devices
from shop.accounts.callers import find_caller
from shop.accounts.models import SignIn
from shop.accounts.statuses import SignInKind

# Two windows of a browser hold one cookie and may renew at the same moment; the later one is no thief.
GRACE_SECONDS = 10
LAST_USED = "accounts.last_refresh"  # in a session: the token that was used last, and when


class Tokens(NamedTuple):
    access: str
    refresh: str  # empty where the one in the browser's cookie stays


class RotatingTokens(JWTTokenStrategy):
    def issue(self, user: Any, *, device: devices.Device | None = None, proved: bool = False) -> Tokens:
        """Begin a family for somebody who has just shown who they are; `proved` if by a second factor too."""
        now = timezone.now()
        with transaction.atomic():
            session = SessionStore()
            session[SESSION_KEY] = user._meta.pk.value_to_string(user)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session[devices.PROVED], session[devices.CONFIRMED] = proved, now.timestamp()
            session.set_expiry(app_settings.JWT_REFRESH_TOKEN_EXPIRES_IN)
            # As create() does, which would write the row twice.
            session._session_key = session._get_new_session_key()  # type: ignore[attr-defined]
            tokens = self._next(user, session, must_create=True)
            key = session.session_key or ""
            devices.remember(
                user=user, kind=SignInKind.APP, session_key=key, device=device or devices.Device(), at=now,
                was_here=device is not None and user.last_login is not None,
            )  # fmt: skip
            update_last_login(type(user), user)
        return tokens

    def authenticate(self, access: str) -> tuple[Any, dict[str, Any]] | None:
        """The user and the payload of an access token that holds now. One query."""
        payload = internal.decode_token(access, "access")
        key = self.key_of(payload)
        user = find_caller(session_key=key, user_id=payload["sub"]) if payload and key else None
        return (user, payload) if user and payload else None

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        """Allauth's name for it."""
        return self.renew(refresh_token)

    def renew(self, refresh_token: str, *, by_cookie: bool = False) -> Tokens | None:
        """Rotate, once. Locks: the session row, so that of two at once the second sees what the first did.

        A token in a cookie may come a second time within ten seconds: another window of the same browser. It gets an
        access token; the refresh token that the first one got stands in the cookie they share.
        """
        payload = internal.decode_token(refresh_token, "refresh")
        with transaction.atomic():
            session = self._session(payload, lock=True)
            if payload is None or session is None or not (user := internal.validate_token_user(payload, session)):
                return None
            if payload["jti"] not in internal.get_refresh_token_state(session):
                if by_cookie and _was_just_used(session, payload["jti"]):
                    return Tokens(internal.create_access_token(user, session, self.get_claims(user)), "")
                session.delete()
                return None
            internal.invalidate_refresh_token(session, payload)
            session[LAST_USED] = [payload["jti"], timezone.now().timestamp()]
            SignIn.objects.filter(session_key=session.session_key).update(last_used_at=timezone.now())
            return self._next(user, session)

    def revoke(self, refresh_token: str) -> None:
        """End the family of a refresh token, also of one that was used. Nothing happens for what is no token."""
        session = self._session(internal.decode_token(refresh_token, "refresh"))
        if session:
            session.delete()

    def session_of(self, payload: Any) -> SessionBase | None:
        """The session behind the payload of an access token, as DRF's `request.auth` holds it."""
        return self._session(payload) if isinstance(payload, dict) and "sid" in payload else None

    def key_of(self, payload: Any) -> str | None:
        """What the session is kept under. No query: it may have ended."""
        return internal.session_key_from_sid(payload["sid"]) if isinstance(payload, dict) else None

    def lookup_session(self, session_token: str) -> SessionBase | None:
        """None: a session key alone (X-Session-Token) opens nothing here."""
        return None

    def _next(self, user: Any, session: SessionBase, must_create: bool = False) -> Tokens:
        access = internal.create_access_token(user, session, self.get_claims(user))
        refresh = internal.create_refresh_token(user, session)
        session.save(must_create=must_create)
        return Tokens(access, refresh)

    def _session(self, payload: dict[str, Any] | None, lock: bool = False) -> SessionBase | None:
        key = self.key_of(payload)
        if not key:
            return None
        if lock:
            SessionStore.get_model_class().objects.select_for_update().filter(pk=key).first()
        session = SessionStore(key)
        session.get(SESSION_KEY)  # loads the row; a missing or expired one clears the key
        return session if session.session_key else None


def _was_just_used(session: SessionBase, jti: str) -> bool:
    last, used_at = session.get(LAST_USED) or ("", 0)
    return last == jti and timezone.now().timestamp() - used_at < GRACE_SECONDS


def tokens() -> RotatingTokens:
    return app_settings.TOKEN_STRATEGY
