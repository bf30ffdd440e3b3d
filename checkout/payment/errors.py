from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict, Refusal, Unavailable

if TYPE_CHECKING:
    from checkout.payment.models import Payment
    from shop.core.money import Money


class GatewayUnavailable(Unavailable):
    """The gateway did not answer, or not sensibly. What was asked of it may have happened or not."""

    code = "gateway_unavailable"
    title = _("The payment service does not answer. Nothing was decided; please try again in a moment.")


class GatewayAnswerWrong(GatewayUnavailable):
    """The gateway answered with another id, amount or currency than it was asked for: never to be trusted."""


class GatewayRefused(Conflict):
    """The gateway said no, and nothing happened there. `reason` is its word for programs."""

    code = "gateway_refused"
    title = _("The payment service refused this")

    def __init__(self, description: str, *, status: int, reason: str) -> None:
        super().__init__(self.title)
        self.description = description
        self.http_status = status
        self.reason = reason


class PaymentNotVerified(Refusal):
    """The gateway does not confirm it. `payment` is the attempt as it was recorded."""

    code = "payment_not_verified"
    title = _("The payment could not be verified. The order can still be paid.")

    def __init__(self, payment: Payment) -> None:
        super().__init__(self.title)
        self.payment = payment


class BadSignature(Refusal):
    code = "bad_signature"
    title = _("The signature does not fit")


class BadMessage(Refusal):
    code = "bad_message"
    title = _("This is not a message of the gateway")


class AlreadyPaid(Conflict):
    code = "already_paid"
    title = _("This has been paid already")


class GatewayOrderClosed(Conflict):
    """The gateway takes no payment on this order of its any more; a new one has to be opened."""

    code = "payment_page_closed"
    title = _("This payment page is closed. Please begin again.")


class PaymentStarting(Conflict):
    code = "payment_starting"
    title = _("The payment is being started by another request")


class ProviderNotOffered(Conflict):
    code = "payment_method_not_offered"
    title = _("This way of paying is not offered")


class NotRefundable(Conflict):
    """`refundable` tells what could go back now, as a decimal string with its `currency`."""

    code = "not_refundable"
    title = _("That much cannot be refunded")

    def __init__(self, detail: Any = "", *, refundable: Money) -> None:
        super().__init__(detail, refundable=str(refundable), currency=refundable.currency)


class DisputeOpen(Conflict):
    """The bank may take the money too: a refund beside it would pay twice. Who knows better says `force`."""

    code = "dispute_open"
    title = _("The buyer has asked the bank for this money. Refund it all the same only if you accept the dispute.")


class Disagreement(Exception):
    """Captured at the gateway, but not with the amount and currency that were asked for."""
