from __future__ import annotations

from collections.abc import Mapping

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shop.accounts import rules, selectors
from shop.accounts.events import EmailTaken, VerificationAsked
from shop.accounts.models import User
from shop.core.errors import Invalid
from shop.core.outbox import publish

PLAIN = ("name", "phone", "locale", "username")


def change_profile(*, user: User, changes: Mapping[str, str]) -> User:
    """Change `name`, `phone`, `locale`, `username`; anything else in `changes` is left alone. Raises Invalid by field.

    A new `email` counts only when its owner has opened the link sent there; a taken one is not told (its owner is).
    """
    changes = {field: str(value).strip() for field, value in changes.items()}
    plain = {field: changes[field] for field in PLAIN if field in changes}
    if "phone" in plain:
        plain["phone"] = rules.clean_phone(plain["phone"])
    if plain.get("locale") and plain["locale"] not in dict(settings.LANGUAGES):
        raise Invalid(errors={"locale": [_("The shop does not speak this language.")]})
    if "username" in plain and plain["username"] != user.username:
        rules.check_username(plain["username"], user.email)
    try:
        with transaction.atomic():
            _write(user, plain)
            if changes.get("email", user.email).lower() != user.email.lower():
                _ask_for(user, changes["email"].lower())
    except IntegrityError:
        user.refresh_from_db()
        raise Invalid(errors={"username": [_("This user name is taken.")]}) from None
    return user


def _write(user: User, plain: dict[str, str]) -> None:
    for field, value in plain.items():
        setattr(user, field, value)
    if plain:
        user.save(update_fields=list(plain))


def _ask_for(user: User, email: str) -> None:
    EmailAddress.objects.filter(user=user, primary=False, verified=False).delete()
    waiting = EmailAddress.objects.create(user=user, email=email)
    owner = selectors.by_email(email)
    event = EmailTaken(user_id=owner.pk) if owner else VerificationAsked(email_id=waiting.pk)
    publish(event, aggregate=f"user:{user.pk}")
