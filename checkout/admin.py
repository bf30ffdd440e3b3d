from checkout.complaint.models import Complaint, ComplaintMessage
from checkout.order.models import Fulfillment, Order, OrderEvent, Return, TrackingEvent
from checkout.payment.models import Payment, Refund, WebhookEvent
from checkout.shipping.models import CourierMessage
from shop.core.backoffice.raw import show_tables

show_tables(
    {
        Order: ("id", "number", "status", "payment_status", "fulfillment_status", "total", "currency", "placed_at"),
        OrderEvent: ("id", "order_id", "kind", "by", "at"),
        Fulfillment: ("id", "order_id", "number", "courier", "tracking_number", "status", "shipped_at"),
        TrackingEvent: ("id", "fulfillment_id", "event_id", "status", "at"),
        Return: ("id", "order_id", "status", "amount", "requested_at"),
        Complaint: ("id", "number", "status", "kind", "order_id", "opened_at", "due_at"),
        ComplaintMessage: ("id", "complaint_id", "from_shop", "by", "at"),
        Payment: ("id", "reference", "provider", "status", "amount", "currency", "created_at"),
        Refund: ("id", "payment_id", "status", "amount", "requested_by", "created_at"),
        CourierMessage: ("id", "courier", "event_id", "received_at"),
        WebhookEvent: ("id", "provider", "name", "received_at", "handled_at", "attempts"),
    }
)
