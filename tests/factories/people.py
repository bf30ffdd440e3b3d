"""People and addresses, named after what they are."""

from __future__ import annotations

import itertools

from django.contrib.auth.models import Group
from rest_framework.test import APIClient

from shop.accounts.models import Address, User
from shop.accounts.token_strategy import tokens

PASSWORD = "correct horse battery"
HOME = {"name": "Asha Rao", "phone": "98765 43210", "street": "14, 3rd Cross, Indiranagar", "landmark": "",
        "city": "Bengaluru", "state": "KA", "pincode": "560038", "country": "IN", "gstin": ""}  # fmt: skip
_numbers = itertools.count(1)


class JSONClient(APIClient):
    default_format = "json"


def make_user(username: str = "", *, role: str = "customer", **facts) -> User:
    username = username or f"person{next(_numbers)}"
    facts = {"email": f"{username}@example.com", "name": username.title()} | facts
    admin = role == "admin"
    user = User.objects.create_user(username, password=PASSWORD, is_superuser=admin, is_staff=admin, **facts)
    if role != "customer":
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def make_address(user: User, **facts) -> Address:
    kept = {"state": "Karnataka", "phone": "+919876543210", "is_default": not user.addresses.exists()}
    return Address.objects.create(user=user, **(HOME | kept | facts))


def client_of(user: User | None = None) -> APIClient:
    """A program that calls the API, signed in by a bearer token."""
    client = JSONClient()
    if user is not None:
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens().issue(user).access}")
    return client
