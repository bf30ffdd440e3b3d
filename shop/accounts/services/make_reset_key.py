from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from shop.accounts.models import User


def make_reset_key(*, user: User) -> str:
    """The secret of a reset link. It ends with its use, a sign-in, a new e-mail address, or PASSWORD_RESET_TIMEOUT."""
    return f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
