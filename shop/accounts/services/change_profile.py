from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.accounts import rules, selectors
from shop.accounts.models import User
from shop.accounts.services.change_email import change_email
from shop.accounts.services.sign_up import TAKEN
from shop.core.errors import Invalid

PLAIN = ("name", "phone", "locale", "username")


def change_profile(
    *,
    user: User,
    changes: Mapping[str, str],
    password: str = "",
    session: SessionBase | None = None,
    at: datetime | None = None,
) -> User:
    """Change `name`, `phone`, `locale`, `username`; anything else in `changes` is left alone. Raises Invalid by field.

    A number that changes is no longer a confirmed one. A new `email` needs `password` and counts later (change_email).
    """
    changes = {field: str(value).strip() for field, value in changes.items()}
    plain = {field: changes[field] for field in PLAIN if field in changes}
    if "phone" in plain:
        plain["phone"] = rules.clean_phone(plain["phone"])
        if plain["phone"] != user.phone:
            user.phone_verified_at = None
    if plain.get("locale") and plain["locale"] not in dict(settings.LANGUAGES):
        raise Invalid(errors={"locale": [_("The shop does not speak this language.")]})
    if "username" in plain and plain["username"] != user.username:
        rules.check_username(plain["username"], user.email)
        if plain["username"].lower() != user.username.lower() and selectors.is_name_taken(plain["username"]):
            raise Invalid(errors=TAKEN)
    try:
        with transaction.atomic():
            _write(user, plain)
            if changes.get("email", user.email).lower() != user.email.lower():
                change_email(
                    user=user, email=changes["email"], password=password, session=session, at=at or timezone.now()
                )
    except IntegrityError:
        user.refresh_from_db()
        raise Invalid(errors=TAKEN) from None
    return user


def _write(user: User, plain: dict[str, str]) -> None:
    for field, value in plain.items():
        setattr(user, field, value)
    if plain:
        user.save(update_fields=[*plain, "phone_verified_at"])
