from __future__ import annotations

import hashlib

from allauth.account.models import EmailAddress
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, CharField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower
from django.utils import timezone

from shop.accounts.models import Address, HeldName, SignIn, User
from shop.core.errors import NotThere

GROUPS_OF_PERSON = """ARRAY(SELECT auth_group.name FROM accounts_user_groups AS belongs
    JOIN auth_group ON auth_group.id = belongs.group_id WHERE belongs.user_id = accounts_user.id)"""

SESSION_IS_ALIVE = """EXISTS (SELECT 1 FROM django_session
    WHERE django_session.session_key = accounts_signin.session_key AND django_session.expire_date > %s)"""


def by_email(email: str) -> User | None:
    """The account with this e-mail address in any letter case. One query, on the unique index."""
    return User.objects.alias(lower=Lower("email")).filter(~Q(email=""), lower=email.lower()).first()


def by_username(username: str) -> User | None:
    return User.objects.alias(lower=Lower("username")).filter(lower=username.lower()).first()


def is_name_taken(username: str) -> bool:
    """By an account, or held back (`HeldName`), in any letter case."""
    held = HeldName.objects.filter(name_hash=hash_of_name(username)).exists()
    return by_username(username) is not None or held


def hash_of_name(username: str) -> str:
    return hashlib.sha256(username.lower().encode()).hexdigest()


def by_login(login: str) -> User | None:
    """The account of somebody who types a user name or an e-mail address. One query whatever is found."""
    login = login.strip().lower()
    found = list(
        User.objects.alias(lower_email=Lower("email"), lower_name=Lower("username")).filter(
            (Q(lower_email=login) & ~Q(email="")) | Q(lower_name=login)
        )[:2]
    )
    # A user name may look like somebody else's address only where an administrator typed it in; the address wins.
    return min(found, key=lambda user: user.email.lower() != login, default=None)


def pending_email(user: User) -> str:
    """The address the person wants to move to and has not confirmed yet, or nothing."""
    asked = EmailAddress.objects.filter(user=user, primary=False, verified=False).exclude(email=user.email.lower())
    waiting = asked.order_by("-pk").first()
    return waiting.email if waiting else ""


def addresses_of(user: User) -> QuerySet[Address]:
    """The default first, then the newest."""
    return Address.objects.filter(user=user).order_by("-is_default", "-pk")


def address_of(user: User, address_id: int) -> Address:
    """Raises NotThere, also for somebody else's."""
    address = Address.objects.filter(user=user, pk=address_id).first()
    if address is None:
        raise NotThere
    return address


def default_address(user: User) -> Address | None:
    return Address.objects.filter(user=user, is_default=True).first()


def people() -> QuerySet[User]:
    """Accounts that were not closed, newest first, with their roles at hand."""
    known = RawSQL(GROUPS_OF_PERSON, [], output_field=ArrayField(CharField()))  # noqa: S611 (a constant)
    return User.objects.filter(erased_at=None).annotate(known_groups=known).order_by("-pk")  # type: ignore[no-redef]


def by_confirmed_phone(phone: str) -> User | None:
    return User.objects.filter(phone=phone, phone_verified_at__isnull=False, is_active=True).first()


def sign_ins_of(user: User) -> QuerySet[SignIn]:
    """What is signed in now, the last used first: sessions that neither expired nor were ended by a new password."""
    alive = RawSQL(SESSION_IS_ALIVE, [timezone.now()], output_field=BooleanField())  # noqa: S611 (a constant)
    bound = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    return SignIn.objects.filter(alive, user_id=user.pk, bound_to__in=bound).order_by("-last_used_at", "-pk")


def sign_in_of(user: User, sign_in_id: int) -> SignIn:
    """Raises NotThere, also for somebody else's."""
    found = sign_ins_of(user).filter(pk=sign_in_id).first()
    if found is None:
        raise NotThere
    return found
