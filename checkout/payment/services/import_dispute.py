from __future__ import annotations

from django.utils import timezone

from checkout.payment import providers
from checkout.payment.models import Dispute, Payment
from checkout.payment.services.settle_dispute import settle_dispute


def import_dispute(*, provider: str, dispute_id: str) -> Dispute | None:
    """Ask the gateway how a dispute stands, and take it over; None when it is not about a payment of ours.

    Raises GatewayUnavailable, GatewayRefused. Locks: the payment, for an instant.
    """
    seen = providers.gateway(provider).fetch_dispute(dispute_id)
    payment = Payment.objects.filter(provider=provider, provider_payment_id=seen.payment_id).first()
    if payment is None:
        return None
    return settle_dispute(payment_id=payment.pk, seen=seen, at=timezone.now())
