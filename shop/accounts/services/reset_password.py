from __future__ import annotations

from allauth.account.forms import UserTokenForm
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from shop.accounts.errors import LinkInvalid
from shop.accounts.events import PasswordChanged
from shop.accounts.models import User
from shop.core.errors import Invalid
from shop.core.outbox import publish


def owner_of_reset_key(key: str) -> User:
    """Whose reset link this is. Raises LinkInvalid."""
    uid, _dash, token = key.partition("-")
    form = UserTokenForm({"uidb36": uid, "key": token})
    # Allauth's form breaks over a field that is empty, or would be once it is trimmed.
    if not (uid.isascii() and uid.isalnum()) or not form.is_valid() or not form.reset_user.is_active:
        raise LinkInvalid
    return form.reset_user


def reset_password(*, key: str, new_password: str) -> User:
    """Set a new password by a link from a mail; all sessions and tokens end. Raises LinkInvalid, Invalid.

    Whoever has the link reads the mailbox, so the address is verified with it. Locks: the user, so that of two uses
    of one link at once the second finds it used.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=owner_of_reset_key(key).pk)
        owner_of_reset_key(key)
        _check(new_password, user)
        user.set_password(new_password)
        user.is_verified = True
        user.save(update_fields=["password", "is_verified"])
        EmailAddress.objects.filter(user=user, email=user.email.lower()).update(verified=True)
        publish(PasswordChanged(user_id=user.pk), aggregate=f"user:{user.pk}")
    return user


def _check(new_password: str, user: User) -> None:
    try:
        validate_password(new_password, user)
    except ValidationError as problem:
        raise Invalid(errors={"new_password": problem.messages}) from None
