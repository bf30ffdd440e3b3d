from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shop.accounts.events import PasswordChanged
from shop.accounts.limits import WRONG_OLD_PASSWORDS
from shop.accounts.models import User
from shop.core import limits
from shop.core.errors import Invalid
from shop.core.outbox import publish


def change_password(*, user: User, old_password: str, new_password: str) -> None:
    """Set a new password; every session and token of the user ends. Raises Invalid by field, TooMany."""
    attempt = limits.count(WRONG_OLD_PASSWORDS, str(user.pk))
    if not user.check_password(old_password):
        raise Invalid(errors={"old_password": [_("This is not your password.")]})
    attempt.take_back()
    try:
        validate_password(new_password, user)
    except ValidationError as problem:
        raise Invalid(errors={"new_password": problem.messages}) from None
    user.set_password(new_password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        publish(PasswordChanged(user_id=user.pk), aggregate=f"user:{user.pk}")
