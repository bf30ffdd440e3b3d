"""Team and customers of the demo shop; guests order without an account."""

from __future__ import annotations

import secrets
from typing import Any

from shop.accounts.models import User
from shop.accounts.services.change_user import change_user
from shop.accounts.services.ensure_roles import ensure_roles
from shop.accounts.services.save_address import save_address
from shop.accounts.services.sign_up import sign_up
from shop.accounts.services.verify_email import verify_email
from shop.management.demo.content import read


def make_people(*, password: str) -> dict[str, User]:
    """`password` is whatever the operator chose: nobody else's account hangs on it, so it may be a weak one."""
    ensure_roles()
    return {row["key"]: _make(row, password) for row in _rows()}


def give_password(*, password: str, before: str) -> None:
    """To those who still have the one from before; who has taken one of their own keeps it."""
    for user in User.objects.filter(username__in=[row["key"] for row in _rows()]):
        if user.check_password(before):
            _set_password(user, password)


def _rows() -> list[dict[str, Any]]:
    people = read("people")
    return [*people["team"], *people["customers"]]


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])


def _make(row: dict[str, Any], password: str) -> User:
    from allauth.account.models import EmailAddress, EmailConfirmationHMAC

    user = sign_up(
        email=row["email"],
        password=secrets.token_urlsafe(),
        username=row["key"],
        name=row["name"],
        locale=row["language"],
    )
    _set_password(user, password)
    verify_email(key=EmailConfirmationHMAC(EmailAddress.objects.get(user=user)).key)
    if row["role"] != "customer":
        change_user(user_id=user.pk, role=row["role"])
    if row.get("address"):
        facts = {name: value for name, value in row["address"].items() if name != "is_default"}
        save_address(user=user, fields=facts, make_default=True)
    return User.objects.get(pk=user.pk)
