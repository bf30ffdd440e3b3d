from __future__ import annotations

from checkout.payment.models import Payment
from checkout.payment.selectors import attempt_with_gateway_order
from checkout.payment.services.check_order import check_order


def record_failure(*, reference: str, provider: str, order_id: str | None = None) -> list[Payment]:
    """A browser says that an attempt failed, or was left. That decides nothing: the gateway is asked what it knows.

    Raises GatewayUnavailable, ProviderNotOffered. Locks: the attempts of the gateway order, for an instant.
    """
    intent = attempt_with_gateway_order(reference=reference, provider=provider, order_id=order_id)
    if intent is None:
        return []
    return check_order(provider=provider, order_id=intent.provider_order_id)
