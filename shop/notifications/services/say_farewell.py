from __future__ import annotations

from datetime import datetime

from django.conf import settings

from shop.accounts.limits import MAILS_TO_ACCOUNT
from shop.accounts.models import User
from shop.core import limits
from shop.core.dates import zoned_text
from shop.notifications.kinds import FAREWELL
from shop.notifications.models import Notification
from shop.notifications.services.notify import notify


def say_farewell(*, user: User, at: datetime) -> Notification | None:
    """The last letter to somebody who closes the account, written into the transaction that erases them: to the address
    they had, on nobody's account. A task sends it after the commit; then it is forgotten with its address."""
    if not user.email:
        return None
    try:
        limits.count(MAILS_TO_ACCOUNT, f"{FAREWELL}:{user.email.lower()}")
    except limits.TooMany:
        return None
    facts = {"time": zoned_text(at, user.locale or settings.LANGUAGE_CODE), "action_url": f"{settings.SITE_URL}/"}
    return notify(recipient=None, address=user.email, kind=FAREWELL, context=facts, locale=user.locale)
