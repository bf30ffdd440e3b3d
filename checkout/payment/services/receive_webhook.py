from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, transaction
from django.utils import timezone

from checkout.payment import providers
from checkout.payment.services.handle_webhook import handle_webhook_later

# One statement instead of a look, a savepoint and an insert: messages come in bursts, and have to be answered at once.
_STORE = """
INSERT INTO payment_webhookevent (provider, event_id, name, body, received_at, attempts, error)
VALUES (%s, %s, %s, %s, %s, 0, '')
ON CONFLICT (provider, event_id) DO UPDATE SET provider = EXCLUDED.provider
RETURNING id, xmax = 0
"""


def receive_webhook(*, provider: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Verify the raw bytes of a gateway's message and store it; it is handled later, once. Returns the id of its row.

    The same event again is the same row. Raises BadSignature, BadMessage (nothing is stored), ProviderNotOffered.
    """
    message = providers.gateway(provider).read_webhook(body, headers)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_STORE, [provider, message.event_id, message.name, body.decode(), timezone.now()])
            event_id, is_new = cursor.fetchone()
        if is_new:
            handle_webhook_later.enqueue(event_id)
    return event_id
