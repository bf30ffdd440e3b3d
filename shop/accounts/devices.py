"""What is signed in: rows that people see, over the sessions that PostgreSQL keeps."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from shop.accounts.events import NewDeviceSignedIn
from shop.accounts.models import SignIn, User
from shop.accounts.user_agents import LONGEST, coarse, device_of
from shop.core import limits
from shop.core.outbox import publish

PROVED = "accounts.second_factor"  # in a session: whether a second factor was shown
CONFIRMED = "accounts.confirmed_at"  # seconds: when its owner last showed who they are


class Device(NamedTuple):
    user_agent: str = ""
    network: str = ""


def device_of_request(request: Any) -> Device:
    """Who asks, coarsely: nothing of it identifies a person on its own."""
    return Device(request.headers.get("User-Agent", "")[:LONGEST], coarse(limits.address_of(request)))


def remember(*, user: User, kind: str, session_key: str, device: Device, at: datetime, was_here: bool) -> None:
    """Write the row of a session that has just begun, or that the same person has begun anew; somebody who signed in
    before is told of a device that they did not use yet. Two queries, one for a first sign-in."""
    if was_here and not _is_known(user, device):
        with transaction.atomic():
            new = NewDeviceSignedIn(user_id=user.pk, device=device_of(device.user_agent))
            publish(new, aggregate=f"user:{user.pk}", at=at)
    row = SignIn(
        user=user, kind=kind, session_key=session_key, bound_to=user.get_session_auth_hash(),
        user_agent=device.user_agent, network=device.network, created_at=at, last_used_at=at,
    )  # fmt: skip
    fresh = ["user", "bound_to", "user_agent", "network", "created_at", "last_used_at"]
    SignIn.objects.bulk_create([row], update_conflicts=True, unique_fields=["session_key"], update_fields=fresh)


def _is_known(user: User, device: Device) -> bool:
    """By the same kind of browser in the same network, in a session that holds or ended in the last months (tasks.py). A
    stranger often has the same browser as its owner, and seldom the same network."""
    alike = SignIn.objects.filter(user=user, network=device.network).values_list("user_agent", flat=True).distinct()
    return device_of(device.user_agent) in map(device_of, alike)


def end_session(session_key: str) -> None:
    """Delete a session wherever it is kept, in the table and in the cache above it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    store(session_key).delete()


def is_proved(session: SessionBase | None) -> bool:
    return bool(session is not None and session.get(PROVED))
