from __future__ import annotations

from django.db import transaction

from shop.accounts import selectors
from shop.accounts.events import PasswordResetAsked
from shop.accounts.statuses import LinkClient
from shop.core.outbox import publish


def ask_password_reset(*, email: str, client: str = LinkClient.PAGES) -> None:
    """Have a link sent to the owner of this address, if there is one. The same work and answer either way.

    `client`: whether the link opens the rendered page or the React client.
    """
    user = selectors.by_email(email.strip())
    known = user.pk if user and user.is_active else None
    with transaction.atomic():
        publish(PasswordResetAsked(user_id=known, client=LinkClient(client).value), aggregate=f"user:{known or 0}")
