from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

from shop.accounts.devices import CONFIRMED
from shop.accounts.errors import ConfirmationNeeded
from shop.accounts.limits import WRONG_OLD_PASSWORDS
from shop.accounts.models import User
from shop.core import limits
from shop.core.errors import Invalid

FRESH = timedelta(minutes=15)


def confirm_person(*, user: User, session: SessionBase | None, password: str, at: datetime) -> None:
    """Show once more who sits there. Raises Invalid, TooMany."""
    check_password(user=user, password=password)
    if session is not None:
        session[CONFIRMED] = at.timestamp()
        session.save()


def check_password(*, user: User, password: str, field: str = "password") -> None:
    """Raises Invalid at `field`, TooMany."""
    attempt = limits.count(WRONG_OLD_PASSWORDS, str(user.pk))
    if not user.check_password(password):
        raise Invalid(errors={field: [_("This is not your password.")]})
    attempt.take_back()


def must_be_fresh(session: Any, at: datetime) -> None:
    """Raises ConfirmationNeeded unless this session was begun or confirmed within a quarter of an hour."""
    confirmed_at = session.get(CONFIRMED, 0) if session is not None else 0
    if at.timestamp() - confirmed_at > FRESH.total_seconds():
        raise ConfirmationNeeded
