"""Codes by SMS: for a number that is to be confirmed, and to sign in with one that was."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shop.accounts import challenges, rules, selectors
from shop.accounts.events import CodeAsked
from shop.accounts.limits import CODES_TO_PHONE
from shop.accounts.models import Challenge, User
from shop.core import limits
from shop.core.errors import Conflict, Invalid
from shop.core.outbox import publish

Purpose = Challenge.Purpose


def ask_phone_confirmation(*, user: User, phone: str, at: datetime) -> str:
    """Send a code to a number that a person says is theirs. Returns the challenge. Raises Invalid, TooMany, Conflict."""
    return _send(Purpose.PHONE, _number(phone), user, at)


def ask_sign_in_code(*, phone: str, at: datetime) -> str:
    """Send a code to whoever signs in with this number. Nobody does: the same work and answer, and no message.

    Raises Invalid, TooMany, Conflict.
    """
    number = _number(phone)
    return _send(Purpose.PHONE_SIGN_IN, number, selectors.by_confirmed_phone(number), at)


def _number(phone: str) -> str:
    if not settings.SMS_URL:
        raise Conflict(_("This shop sends no messages to telephones."), code="no_sms")
    number = rules.clean_phone(phone)
    if not number:
        raise Invalid(errors={"phone": [rules.NEEDED]})
    return number


def _send(purpose: str, number: str, user: User | None, at: datetime) -> str:
    limits.count(CODES_TO_PHONE, number)
    with transaction.atomic():
        row, key = challenges.open_challenge(purpose=purpose, at=at, user=user, phone=number)
        event = CodeAsked(challenge_id=row.pk, user_id=user.pk if user else None)
        publish(event, aggregate=f"challenge:{row.pk}", at=at)
    return key
