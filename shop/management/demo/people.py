"""Team and customers of the demo shop; guests order without an account."""

from __future__ import annotations

from typing import Any

from shop.accounts.models import User
from shop.accounts.services.change_user import change_user
from shop.accounts.services.ensure_roles import ensure_roles
from shop.accounts.services.save_address import save_address
from shop.accounts.services.sign_up import sign_up
from shop.accounts.services.verify_email import verify_email
from shop.management.demo.content import read


def make_people(*, password: str) -> dict[str, User]:
    ensure_roles()
    people = read("people")
    return {row["key"]: _make(row, password) for row in [*people["team"], *people["customers"]]}


def _make(row: dict[str, Any], password: str) -> User:
    from allauth.account.models import EmailAddress, EmailConfirmationHMAC

    user = sign_up(email=row["email"], password=password, username=row["key"], name=row["name"], locale=row["language"])
    verify_email(key=EmailConfirmationHMAC(EmailAddress.objects.get(user=user)).key)
    if row["role"] != "customer":
        change_user(user_id=user.pk, role=row["role"])
    if row.get("address"):
        facts = {name: value for name, value in row["address"].items() if name != "is_default"}
        save_address(user=user, fields=facts, make_default=True)
    return User.objects.get(pk=user.pk)
