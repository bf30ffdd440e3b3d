"""Orders, their parcels, and what comes back."""

from checkout.order.models.cash_code import CashCode
from checkout.order.models.fulfillment import Fulfillment, FulfillmentLine, TrackingEvent
from checkout.order.models.order import NUMBERS_BEGIN_AFTER, Order, OrderEvent, OrderLine
from checkout.order.models.returns import Return, ReturnLine

__all__ = [
    "NUMBERS_BEGIN_AFTER",
    "CashCode",
    "Fulfillment",
    "FulfillmentLine",
    "Order",
    "OrderEvent",
    "OrderLine",
    "Return",
    "ReturnLine",
    "TrackingEvent",
]
