"""The site's own sessions: begun, kept over a new password, noted as used. The request is that of the door."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY, login, update_session_auth_hash
from django.utils import timezone

from shop.accounts import devices
from shop.accounts.models import SignIn, User
from shop.accounts.sign_in_hooks import signed_in
from shop.accounts.statuses import SignInKind

SEEN = "accounts.seen_at"
SEEN_EVERY = timedelta(minutes=15)


def enter(request: Any, user: User, *, proved: bool = False) -> None:
    """Sign this browser in; `proved` if a second factor was shown."""
    now, was_here = timezone.now(), user.last_login is not None
    login(request, user)
    request.session[devices.PROVED] = proved
    request.session[devices.CONFIRMED] = request.session[SEEN] = now.timestamp()
    _remember(request, user, now, was_here=was_here)
    signed_in(request, user)


def stay(request: Any, user: User) -> None:
    """This browser stays signed in after its person set a new password; all others do not."""
    before = request.session.session_key
    update_session_auth_hash(request, user)
    known = SignIn.objects.filter(session_key=before)
    known.update(session_key=request.session.session_key, bound_to=user.get_session_auth_hash())


def note_use(session: Any) -> None:
    """At most every quarter of an hour. Costs nothing for who is not signed in."""
    seen_at = session.get(SEEN)
    now = timezone.now()
    if seen_at is None or SESSION_KEY not in session or now.timestamp() - seen_at < SEEN_EVERY.total_seconds():
        return
    session[SEEN] = now.timestamp()
    SignIn.objects.filter(session_key=session.session_key).update(last_used_at=now)


def _remember(request: Any, user: User, now: datetime, *, was_here: bool) -> None:
    devices.remember(
        user=user, kind=SignInKind.BROWSER, session_key=request.session.session_key,
        device=devices.device_of_request(request), at=now, was_here=was_here,
    )  # fmt: skip
