from checkout.order.models import Order, OrderEvent
from checkout.payment.models import Payment, Refund, WebhookEvent
from shop.core.backoffice.raw import show_tables

show_tables(
    {
        Order: ("id", "number", "status", "payment_status", "fulfillment_status", "total", "currency", "placed_at"),
        OrderEvent: ("id", "order_id", "kind", "by", "at"),
        Payment: ("id", "reference", "provider", "status", "amount", "currency", "created_at"),
        Refund: ("id", "payment_id", "status", "amount", "requested_by", "created_at"),
        WebhookEvent: ("id", "provider", "name", "received_at", "handled_at", "attempts"),
    }
)
