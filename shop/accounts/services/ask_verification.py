from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from shop.accounts.events import VerificationAsked
from shop.accounts.models import User
from shop.accounts.statuses import LinkClient
from shop.core.outbox import publish


def ask_verification(*, user: User, client: str = LinkClient.PAGES) -> None:
    """Have the link sent again to whatever address of the user waits for it; nothing if none does.

    `client`: whether the link opens the rendered page or the React client.
    """
    waiting = EmailAddress.objects.filter(user=user, verified=False).order_by("primary", "-pk").first()
    if waiting is None and not user.is_verified and user.email:  # an account that an administrator made
        waiting = EmailAddress.objects.create(user=user, email=user.email.lower(), primary=True)
    if waiting:
        with transaction.atomic():
            publish(
                VerificationAsked(email_id=waiting.pk, client=LinkClient(client).value), aggregate=f"user:{user.pk}"
            )
