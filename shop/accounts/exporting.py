"""This room's part of the personal export."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount

from shop.accounts import factors, roles, selectors
from shop.accounts.models import EmailChange, SignIn, User
from shop.accounts.rules import FIELDS
from shop.core.personal_data import personal_data


@personal_data("profile")
def profile_of(user: User) -> dict[str, Any]:
    facts = (
        "id",
        "username",
        "email",
        "name",
        "phone",
        "phone_verified_at",
        "is_verified",
        "locale",
        "date_joined",
        "last_login",
    )
    return {fact: getattr(user, fact) for fact in facts} | {"role": roles.role_of(user)}


@personal_data("addresses")
def addresses_of(user: User) -> list[dict[str, Any]]:
    facts = ("id", *FIELDS, "is_default", "created_at")
    return [{fact: getattr(address, fact) for fact in facts} for address in selectors.addresses_of(user)]


@personal_data("sign_ins")
def sign_ins_of(user: User) -> list[dict[str, Any]]:
    facts = ("kind", "user_agent", "network", "created_at", "last_used_at")
    return list(SignIn.objects.filter(user=user).order_by("pk").values(*facts))


@personal_data("second_factors")
def factors_of(user: User) -> list[dict[str, Any]]:
    """Without their secrets: who reads the export must not be able to sign in with it."""
    kept = factors.factors_of(user)
    return [{"kind": f.type, "name": f.data.get("name", ""), "created_at": f.created_at, "last_used_at": f.last_used_at} for f in kept]  # fmt: skip


@personal_data("email_changes")
def email_changes_of(user: User) -> list[dict[str, Any]]:
    facts = ("old_email", "new_email", "changed_at", "undone_at")
    return list(EmailChange.objects.filter(user=user).order_by("pk").values(*facts))


@personal_data("other_services")
def services_of(user: User) -> list[dict[str, Any]]:
    kept = SocialAccount.objects.filter(user=user).order_by("pk")
    return [{"service": one.provider, "number_there": one.uid, "linked_at": one.date_joined} for one in kept]
