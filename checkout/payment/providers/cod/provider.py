"""Cash on delivery: no gateway. Staff or the courier are the witness of every step."""

from __future__ import annotations

from checkout.payment.ports import GatewayRefund, RefundState
from shop.core.money import Money


class CashOnDelivery:
    code = "cod"

    def refund(self, *, payment_id: str, amount: Money, key: str) -> GatewayRefund:
        """Handed back by staff: booked as done at once."""
        return GatewayRefund(
            id=f"cash-{key}", payment_id=payment_id, receipt=key, amount=amount, state=RefundState.PROCESSED
        )
