from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from shop.accounts import roles
from shop.accounts.models import User
from shop.core.errors import Invalid
from shop.service_tokens.models import ServiceToken
from shop.service_tokens.rules import SCOPES, hash_secret, new_secret


def issue_token(
    *, name: str, scopes: Sequence[str], by: str, at: datetime, expires_at: datetime | None = None
) -> tuple[ServiceToken, str]:
    """A token and its secret, which is kept as a hash only and cannot be shown again. Raises Invalid by field."""
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown or not scopes:
        raise Invalid(errors={"scopes": [_("Choose what it may do.")]})
    if expires_at is not None and expires_at <= at:
        raise Invalid(errors={"expires_at": [_("Lies in the past.")]})
    if ServiceToken.objects.filter(name__iexact=name).exists():
        raise Invalid(errors={"name": [_("There is one of this name.")]})
    secret = new_secret()
    with transaction.atomic():
        token = ServiceToken.objects.create(
            name=name, account=_account(name), secret_hash=hash_secret(secret), hint=secret[:10],
            scopes=sorted(scopes), expires_at=expires_at, made_by=by,
        )  # fmt: skip
    return token, secret


def _account(name: str) -> User:
    """Never more than a merchandiser: what of it a token may do is said by its scopes."""
    base = f"service:{slugify(name)[:60] or 'token'}"
    taken = User.objects.filter(username__istartswith=base).count()
    account = User(username=f"{base}-{taken + 1}" if taken else base, email="", name=name)
    account.set_unusable_password()
    account.save()
    account.groups.add(Group.objects.get_or_create(name=roles.MERCHANDISER)[0])
    return account
