from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from shop.accounts.devices import end_session
from shop.accounts.errors import SomethingLapses
from shop.accounts.events import AccountClosed
from shop.accounts.models import Address, Challenge, EmailChange, SignIn, User
from shop.accounts.services.keep_an_admin import keep_an_admin
from shop.core.outbox import publish
from shop.core.personal_data import erase_everything_of, lost_on_closing, name_when_closed


def close_account(*, user: User, at: datetime, confirmed: bool = False) -> None:
    """Erase a person; their orders stay for the books. Every session and token ends. Raises LastAdmin, SomethingLapses
    (nothing has changed then; `confirmed` goes on).

    Locks: administrators and the user by primary key; then what the erasers of other rooms lock.
    """
    with transaction.atomic():
        locked = keep_an_admin(without=user.pk)
        if not confirmed and (lapses := lost_on_closing(locked, get_language() or settings.LANGUAGE_CODE)):
            raise SomethingLapses(" ".join(lapses), lapses=lapses)
        erase_everything_of(locked, at)
        _blank(locked, at)
        Address.objects.filter(user=locked).delete()
        EmailAddress.objects.filter(user=locked).delete()
        _forget_ways_in(locked)
        publish(AccountClosed(user_id=locked.pk), aggregate=f"user:{locked.pk}", at=at)


def _blank(user: User, at: datetime) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    user.username, user.email, user.erased_at = name_when_closed(user), "", at
    user.name = user.phone = user.locale = user.first_name = user.last_name = ""
    user.phone_verified_at = None
    user.is_active = user.is_staff = user.is_superuser = user.is_verified = False
    user.set_unusable_password()
    user.save()


def _forget_ways_in(user: User) -> None:
    for row in SignIn.objects.filter(user=user):
        end_session(row.session_key)
    for model in (SignIn, Challenge, EmailChange, Authenticator, SocialAccount):
        model.objects.filter(user=user).delete()
