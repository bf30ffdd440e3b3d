"""Reads that must come back empty at rest: (promise, what a row would mean, statement)."""

from __future__ import annotations

LINES = "SELECT order_id, variant_id, sum(quantity) units FROM order_orderline GROUP BY 1, 2"
QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("S1", "stock below zero, or more reserved than there is",
     "SELECT id, on_hand, reserved FROM inventory_stockitem WHERE on_hand < 0 OR reserved < 0 OR reserved > on_hand"),
    ("S2", "on hand is not the sum of its movements",
     """SELECT i.id, i.on_hand, coalesce(sum(m.delta), 0) FROM inventory_stockitem i
     LEFT JOIN inventory_stockmovement m ON m.stock_item_id = i.id GROUP BY i.id
     HAVING i.on_hand <> coalesce(sum(m.delta), 0)"""),
    ("S2", "reserved is not the sum of open reservations",
     """SELECT i.id, i.reserved, coalesce(sum(r.quantity), 0) FROM inventory_stockitem i
     LEFT JOIN inventory_reservation r ON r.stock_item_id = i.id AND r.status = 'held' GROUP BY i.id
     HAVING i.reserved <> coalesce(sum(r.quantity), 0)"""),
    ("S3", "units that left for an order are not those that it shipped",
     f"""SELECT o.number, o.fulfillment_status, l.variant_id, l.units, coalesce(m.net, 0) FROM order_order o
     JOIN ({LINES}) l ON l.order_id = o.id LEFT JOIN (
       SELECT m.reference, i.variant_id, -sum(m.delta) net FROM inventory_stockmovement m
       JOIN inventory_stockitem i ON i.id = m.stock_item_id GROUP BY 1, 2
     ) m ON m.reference = 'order:' || o.id AND m.variant_id = l.variant_id
     WHERE coalesce(m.net, 0) <> CASE WHEN o.fulfillment_status IN ('shipped', 'delivered') THEN l.units ELSE 0 END"""),
    ("S4", "an order that stands holds no stock, or one that does not stand holds some",
     f"""SELECT o.number, o.status, o.payment_status, o.fulfillment_status, l.variant_id, l.units, coalesce(r.units, 0)
     FROM order_order o JOIN ({LINES}) l ON l.order_id = o.id LEFT JOIN (
       SELECT r.reference, i.variant_id, sum(r.quantity) units FROM inventory_reservation r
       JOIN inventory_stockitem i ON i.id = r.stock_item_id WHERE r.status = 'held' GROUP BY 1, 2
     ) r ON r.reference = 'order:' || o.id AND r.variant_id = l.variant_id
     WHERE coalesce(r.units, 0) <> CASE WHEN o.status = 'placed' AND o.fulfillment_status = 'unfulfilled'
       THEN l.units ELSE 0 END"""),
    ("S4", "held for nobody",
     """SELECT r.reference, r.quantity FROM inventory_reservation r WHERE r.status = 'held'
     AND NOT EXISTS (SELECT 1 FROM order_order o WHERE 'order:' || o.id = r.reference)"""),
    ("S5", "a reservation was claimed twice",
     """SELECT reference, stock_item_id FROM inventory_reservation WHERE status = 'claimed' GROUP BY 1, 2
     HAVING count(*) > 1"""),
    ("S7", "an order without lines", "SELECT number FROM order_order o WHERE NOT EXISTS (SELECT 1 FROM order_orderline l WHERE l.order_id = o.id)"),
    ("S7", "a deadlock", "SELECT datname, deadlocks FROM pg_stat_database WHERE datname = current_database() AND deadlocks > 0"),
    ("M1", "an order does not add up",
     """SELECT o.number, o.total, sum(l.total) FROM order_order o JOIN order_orderline l ON l.order_id = o.id
     GROUP BY o.id HAVING o.subtotal <> sum(l.total) OR o.tax < sum(l.tax)
     OR o.total <> o.subtotal + o.shipping - o.discount + CASE WHEN o.prices_include_tax THEN 0 ELSE o.tax END"""),
    ("M1", "the event names another total than the order",
     """SELECT o.number, o.total, e.payload ->> 'total' FROM order_order o
     JOIN outbox_outboxevent e ON e.aggregate = 'order:' || o.id AND e.name = 'order.placed'
     WHERE (e.payload ->> 'total')::bigint <> o.total"""),
    ("M4", "a line's price is not the shop's price",
     """SELECT o.number, l.sku, l.price FROM order_orderline l JOIN order_order o ON o.id = l.order_id
     WHERE NOT EXISTS (SELECT 1 FROM pricing_priceline p WHERE p.variant_id = l.variant_id AND p.amount = l.price)"""),
    ("M5", "what was asked of the payer is not the order's total",
     """SELECT o.number, o.total, p.amount FROM order_order o JOIN payment_payment p ON p.reference = 'order:' || o.id
     WHERE p.captured_amount = 0 AND p.status <> 'failed' AND p.amount <> o.total"""),
    ("M7", "more went back than came",
     """SELECT p.reference, p.captured_amount, sum(r.amount) FROM payment_payment p
     JOIN payment_refund r ON r.payment_id = p.id AND r.status <> 'failed'
     GROUP BY p.id HAVING sum(r.amount) > p.captured_amount OR sum(r.amount) <> p.refunded_amount"""),
    ("P1", "an order keeps two captures",
     """SELECT reference, count(*) FROM payment_payment WHERE captured_amount > refunded_amount GROUP BY 1
     HAVING count(*) > 1"""),
    ("P2", "money that belongs to no order",
     """SELECT p.id, p.reference, p.captured_amount FROM payment_payment p WHERE p.captured_amount > p.refunded_amount
     AND NOT EXISTS (SELECT 1 FROM order_order o WHERE 'order:' || o.id = p.reference AND o.payment_status = 'paid')"""),
    ("P2", "an order waits for ever, or its refund does",
     """SELECT number, payment_status FROM order_order WHERE payment_status = 'refund_due'
     OR (payment_status = 'pending' AND payment_method <> 'cod' AND status = 'placed')"""),
    ("P2", "money of an order that stands went back by itself",
     """SELECT o.number, o.payment_status, r.id FROM order_order o JOIN payment_payment p ON p.reference = 'order:' || o.id
     JOIN payment_refund r ON r.payment_id = p.id AND r.requested_by = 'shop' AND r.status <> 'failed'
     WHERE o.status <> 'cancelled' AND o.payment_status <> 'paid'"""),
    ("P3", "paid without money",
     """SELECT o.number, o.total FROM order_order o WHERE o.payment_status = 'paid' AND NOT EXISTS (
     SELECT 1 FROM payment_payment p WHERE p.reference = 'order:' || o.id AND p.currency = o.currency
     AND p.status IN ('paid', 'refunded') AND p.captured_amount >= o.total)"""),
    ("P3", "cash counted before the door",
     """SELECT number FROM order_order WHERE payment_method = 'cod' AND payment_status = 'paid'
     AND fulfillment_status <> 'delivered'"""),
    ("P4", "a key has two orders",
     """SELECT caller, idempotency_key, count(*) FROM order_order WHERE idempotency_key IS NOT NULL GROUP BY 1, 2
     HAVING count(*) > 1"""),
    ("P4", "one buyer, one cart, two orders",
     "SELECT email, count(*) FROM order_order GROUP BY 1 HAVING count(*) > 1"),
    ("P6", "statuses that do not go together",
     """SELECT number, status, payment_status, fulfillment_status FROM order_order WHERE
     (status = 'cancelled' AND (fulfillment_status NOT IN ('unfulfilled', 'refused') OR payment_status IN ('pending', 'paid')))
     OR (status = 'completed' AND (fulfillment_status NOT IN ('delivered', 'returned') OR payment_status NOT IN ('paid', 'refunded')))
     OR (status = 'placed' AND fulfillment_status IN ('delivered', 'refused', 'returned'))
     OR (status = 'placed' AND payment_status = 'void')"""),
    ("P6", "a step that was taken twice",
     """SELECT o.number, e.kind, count(*) FROM order_orderevent e JOIN order_order o ON o.id = e.order_id
     WHERE e.kind IN ('placed', 'paid', 'shipped', 'delivered', 'refused', 'cancelled') GROUP BY 1, 2 HAVING count(*) > 1"""),
    ("P8", "a gateway's message that nobody has worked off",
     "SELECT id, name, attempts, error FROM payment_webhookevent WHERE handled_at IS NULL"),
    ("E1", "a step without its event, or with two",
     """SELECT o.number, s.event, (SELECT count(*) FROM outbox_outboxevent e
       WHERE e.aggregate = 'order:' || o.id AND e.name = s.event) FROM order_order o
     JOIN order_orderevent t ON t.order_id = o.id JOIN (VALUES ('placed', 'order.placed'), ('paid', 'order.paid'),
       ('shipped', 'order.shipped'), ('delivered', 'order.delivered'), ('cancelled', 'order.cancelled'),
       ('refused', 'order.cancelled')) s (kind, event) ON s.kind = t.kind
     WHERE (o.payment_method <> 'cod' OR t.kind <> 'paid') AND (SELECT count(*) FROM outbox_outboxevent e
       WHERE e.aggregate = 'order:' || o.id AND e.name = s.event) <> 1"""),
    ("E1", "an event of something that never was",
     """SELECT e.id, e.name, e.aggregate FROM outbox_outboxevent e WHERE e.aggregate LIKE 'order:%%'
     AND NOT EXISTS (SELECT 1 FROM order_order o WHERE 'order:' || o.id = e.aggregate)"""),
    ("E1", "a capture without its event, or with two",
     """SELECT p.reference, p.id, (SELECT count(*) FROM outbox_outboxevent e WHERE e.name = 'payment.captured'
       AND e.payload ->> 'payment_id' = p.id::text) FROM payment_payment p WHERE p.provider = 'razorpay'
     AND p.captured_amount > 0 AND (SELECT count(*) FROM outbox_outboxevent e WHERE e.name = 'payment.captured'
       AND e.payload ->> 'payment_id' = p.id::text) <> 1"""),
    ("E1", "an event that nobody got", "SELECT id, name, aggregate FROM outbox_outboxevent WHERE relayed_at IS NULL"),
    ("E2", "an event was applied twice",
     """SELECT reference, count(*) FROM payment_refund r JOIN payment_payment p ON p.id = r.payment_id
     WHERE r.requested_by = 'shop' AND r.status <> 'failed' GROUP BY p.id HAVING count(*) > 1"""),
    ("E3", "a task that is left over, or parked", "SELECT path, status, attempts, left(error, 200) FROM tasks_queuedtask"),
    ("E3", "an event that is parked", "SELECT event_id, consumer, left(error, 200) FROM outbox_delivery WHERE status <> 'done'"),
    ("E4", "a letter that is missing, unsent or doubled",
     """SELECT o.number, t.kind, count(n.id), min(n.status), min(n.error) FROM order_order o
     JOIN order_orderevent t ON t.order_id = o.id JOIN (VALUES ('placed', ARRAY['order_placed', 'order_to_pay']), ('shipped', ARRAY['order_shipped']),
       ('cancelled', ARRAY['order_cancelled'])) s (kind, letters) ON s.kind = t.kind
     LEFT JOIN notifications_notification n ON n.reference = 'order:' || o.id AND n.kind = ANY(s.letters) AND n.channel = 'email'
     GROUP BY 1, 2 HAVING count(n.id) <> 1 OR (min(n.status) <> 'sent' AND min(n.error) NOT LIKE 'The process died while sending%%')"""),
    ("E4", "a letter about something that never was",
     """SELECT n.id, n.kind, n.reference FROM notifications_notification n WHERE n.reference LIKE 'order:%%'
     AND NOT EXISTS (SELECT 1 FROM order_order o WHERE 'order:' || o.id = n.reference)"""),
)  # fmt: skip
