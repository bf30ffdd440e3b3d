from __future__ import annotations

import uuid

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shop.accounts import rules, selectors
from shop.accounts.events import AccountOpened, EmailTaken, VerificationAsked
from shop.accounts.models import HeldName, User
from shop.accounts.statuses import LinkClient
from shop.core.errors import Invalid
from shop.core.outbox import publish

TAKEN = {"username": [_("This user name is taken.")]}


class _Rehearsed(Exception):
    """Takes the rows of a rehearsal back."""


def sign_up(
    *,
    email: str,
    password: str,
    username: str = "",
    name: str = "",
    locale: str = "",
    client: str = LinkClient.PAGES,
) -> User:
    """Open an account. Raises Invalid by field: `username` taken or wrong, `password` too weak. The link that confirms
    the address opens the rendered pages or the React client (`client`).

    A taken e-mail address is not told: the answer looks the same, with an id that nobody gets, and the owner gets a
    mail. Both ways do the same work: one hash, the same rows (taken back the second way), a chosen
    user name is taken from then on.
    """
    email, username = email.strip().lower(), username.strip()
    if username:
        rules.check_username(username, email)
    user = User(username=username or email, email=email, name=name.strip(), locale=locale)
    _check_password(password, user)
    owner, namesake = selectors.by_email(email), selectors.is_name_taken(user.username)
    chosen = username.lower() not in ("", email)
    if chosen and namesake:
        raise Invalid(errors=TAKEN)
    user.set_password(password)
    if owner:
        return _rehearse(user, owner)
    if namesake or len(user.username) > 150:
        user.username = f"person-{uuid.uuid4().hex[:12]}"
    return _open(user, client)


def _open(user: User, client: str) -> User:
    try:
        with transaction.atomic():
            address = _write(user)
            publish(AccountOpened(user_id=user.pk), aggregate=f"user:{user.pk}")
            asked = VerificationAsked(email_id=address.pk, client=LinkClient(client).value)
            publish(asked, aggregate=f"user:{user.pk}")
    except IntegrityError:  # somebody was faster by a moment
        user.pk = None
        if owner := selectors.by_email(user.email):
            return _rehearse(user, owner)
        raise Invalid(errors=TAKEN) from None
    return user


def _rehearse(user: User, owner: User) -> User:
    """Write the rows under names that are free and take them back: the sequence's number is used up, nothing else. A user
    name that was chosen is held back, as an account would hold it."""
    told, chosen = user.username, user.username.lower() != user.email
    user.username = user.email = f"{uuid.uuid4().hex}@rehearsal.invalid"
    try:
        with transaction.atomic():
            _write(user)
            raise _Rehearsed
    except _Rehearsed:
        user.username, user.email = told, owner.email.lower()
    with transaction.atomic():
        if chosen:
            HeldName.objects.get_or_create(name_hash=selectors.hash_of_name(told))
        publish(EmailTaken(user_id=owner.pk), aggregate=f"user:{owner.pk}")
    return user


def _write(user: User) -> EmailAddress:
    user.save(force_insert=True)
    return EmailAddress.objects.create(user=user, email=user.email, primary=True)


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise Invalid(errors={"password": problem.messages}) from None
