from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from shop.accounts import selectors
from shop.accounts.events import EmailTaken, VerificationAsked
from shop.accounts.models import User
from shop.accounts.services.confirm_person import check_password, must_be_fresh
from shop.accounts.statuses import LinkClient
from shop.core.outbox import publish


def change_email(
    *, user: User, email: str, password: str, session: SessionBase | None, at: datetime, client: str = LinkClient.PAGES
) -> None:
    """Ask to move to another address; it counts once its owner has opened the link sent there (verify_email), in the
    rendered pages or in the React client (`client`).

    A taken one is not told: the answer is the same, and its owner gets a mail. Who has no password must have signed in
    just now. Raises Invalid (`password`), ConfirmationNeeded, TooMany.
    """
    if user.has_usable_password():
        check_password(user=user, password=password)
    else:
        must_be_fresh(session, at)
    email = email.strip().lower()
    if email == user.email.lower():
        return
    with transaction.atomic():
        EmailAddress.objects.filter(user=user, primary=False, verified=False).delete()
        waiting = EmailAddress.objects.create(user=user, email=email)
        owner = selectors.by_email(email)
        asked = VerificationAsked(email_id=waiting.pk, client=LinkClient(client).value)
        event = EmailTaken(user_id=owner.pk) if owner else asked
        publish(event, aggregate=f"user:{user.pk}", at=at)
