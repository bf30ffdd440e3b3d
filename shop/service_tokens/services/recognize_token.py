from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from shop.service_tokens.models import ServiceToken
from shop.service_tokens.rules import hash_secret

EVERY = timedelta(minutes=1)  # so often its last use is written, however many calls there are


def recognize_token(*, secret: str, at: datetime) -> ServiceToken | None:
    """The token of a secret; None for one that is unknown, revoked or expired, or whose account is switched off."""
    token = ServiceToken.objects.select_related("account").filter(secret_hash=hash_secret(secret)).first()
    if token is None or not token.holds(at) or not token.account.is_active:
        return None
    late = Q(last_used_at=None) | Q(last_used_at__lt=at - EVERY)
    if token.last_used_at is None or token.last_used_at < at - EVERY:
        ServiceToken.objects.filter(late, pk=token.pk).update(last_used_at=at)
    return token
