from __future__ import annotations

from django.contrib.auth import authenticate

from shop.accounts.errors import WrongCredentials
from shop.accounts.limits import FAILED_SIGN_INS
from shop.accounts.models import User
from shop.core import limits


def check_credentials(*, login: str, password: str) -> User:
    """Who this is, by user name or e-mail address. Raises WrongCredentials for every cause alike, TooMany.

    Counted by what was typed, known or not: counting by account would tell which names belong together.
    """
    attempt = limits.count(FAILED_SIGN_INS, login.strip().lower())
    user = authenticate(username=login, password=password)
    if user is None:
        raise WrongCredentials
    attempt.take_back()
    return user
