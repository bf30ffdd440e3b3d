from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shop.service_tokens.models import ServiceToken


def revoke_token(*, token_id: int, at: datetime) -> ServiceToken:
    """For good, and from now on: the next call with it is refused. Again: no effect. Locks: the token."""
    with transaction.atomic():
        token = ServiceToken.objects.select_for_update().get(pk=token_id)
        if token.revoked_at is None:
            token.revoked_at = at
            token.save(update_fields=["revoked_at"])
    return token
