"""Reads that must come back empty at rest: (promise, what a row would mean, statement)."""

from __future__ import annotations

LINES = "SELECT order_id, variant_id, sum(quantity) units, sum(shipped) shipped FROM order_orderline GROUP BY 1, 2"
# Units of a line `l` that are with the buyer or lost: what left, less what was refused at the door or lies here again.
OUT = """((SELECT coalesce(sum(f.quantity), 0) FROM order_fulfillmentline f JOIN order_fulfillment p
  ON p.id = f.fulfillment_id WHERE f.order_line_id = l.id AND p.status <> 'refused') - (
  SELECT coalesce(sum(r.quantity), 0) FROM order_returnline r JOIN order_return b ON b.id = r.return_of_id
  WHERE r.order_line_id = l.id AND b.status IN ('received', 'refunded') AND r.fate = 'restock'))"""
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
    ("S3", "units that left for an order are not those of its parcels, less what came back",
     f"""SELECT o.number, o.fulfillment_status, l.variant_id, coalesce(m.net, 0), {OUT} FROM order_order o
     JOIN order_orderline l ON l.order_id = o.id LEFT JOIN (
       SELECT m.reference, i.variant_id, -sum(m.delta) net FROM inventory_stockmovement m
       JOIN inventory_stockitem i ON i.id = m.stock_item_id GROUP BY 1, 2
     ) m ON m.reference = 'order:' || o.id AND m.variant_id = l.variant_id WHERE coalesce(m.net, 0) <> {OUT}"""),
    ("S3", "a line says another number of shipped or returned units than its parcels and returns",
     """SELECT l.id, l.quantity, l.shipped, l.returned FROM order_orderline l WHERE l.shipped > l.quantity
     OR l.returned > l.shipped OR l.shipped <> (
       SELECT coalesce(sum(quantity), 0) FROM order_fulfillmentline f WHERE f.order_line_id = l.id)
     OR l.returned <> (SELECT coalesce(sum(r.quantity), 0) FROM order_returnline r JOIN order_return b
       ON b.id = r.return_of_id WHERE r.order_line_id = l.id AND b.status <> 'rejected')"""),
    ("S4", "an order that stands holds no stock for what has not left, or one that does not stand holds some",
     f"""SELECT o.number, o.status, o.payment_status, o.fulfillment_status, l.variant_id, l.units, l.shipped, coalesce(r.units, 0)
     FROM order_order o JOIN ({LINES}) l ON l.order_id = o.id LEFT JOIN (
       SELECT r.reference, i.variant_id, sum(r.quantity) units FROM inventory_reservation r
       JOIN inventory_stockitem i ON i.id = r.stock_item_id WHERE r.status = 'held' GROUP BY 1, 2
     ) r ON r.reference = 'order:' || o.id AND r.variant_id = l.variant_id
     WHERE coalesce(r.units, 0) <> CASE WHEN o.status = 'placed' THEN l.units - l.shipped ELSE 0 END"""),
    ("S4", "held for nobody",
     """SELECT r.reference, r.quantity FROM inventory_reservation r WHERE r.status = 'held'
     AND NOT EXISTS (SELECT 1 FROM order_order o WHERE 'order:' || o.id = r.reference)"""),
    ("S5", "a reservation was claimed twice, or for more than left",
     f"""SELECT r.reference, i.variant_id, sum(r.quantity), l.shipped FROM inventory_reservation r
     JOIN inventory_stockitem i ON i.id = r.stock_item_id JOIN ({LINES}) l
     ON 'order:' || l.order_id = r.reference AND l.variant_id = i.variant_id
     WHERE r.status = 'claimed' GROUP BY 1, 2, 4 HAVING sum(r.quantity) <> l.shipped"""),
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
    ("M5", "what was asked of the payer is not the order's total, less its store credit",
     """SELECT o.number, o.total, o.store_credit, p.amount FROM order_order o JOIN payment_payment p ON p.reference = 'order:' || o.id
     WHERE p.captured_amount = 0 AND p.status <> 'failed' AND p.amount <> o.total - o.store_credit"""),
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
     AND r.reason <> 'Refused at the door' WHERE o.status <> 'cancelled' AND o.payment_status <> 'paid'"""),
    ("P3", "paid without money",
     """SELECT o.number, o.total FROM order_order o WHERE o.payment_status = 'paid' AND o.total > o.store_credit AND NOT EXISTS (
     SELECT 1 FROM payment_payment p WHERE p.reference = 'order:' || o.id AND p.currency = o.currency
     AND p.status IN ('paid', 'refunded') AND p.captured_amount >= o.total - o.store_credit)"""),
    ("P3", "cash counted before the door",
     """SELECT number FROM order_order WHERE payment_method = 'cod' AND payment_status = 'paid'
     AND fulfillment_status NOT IN ('delivered', 'returned')"""),
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
    ("P6", "parcels that do not fit their order",
     """SELECT o.number, o.status, o.fulfillment_status, s.units, s.shipped, s.ends FROM order_order o JOIN (
       SELECT l.order_id, sum(l.quantity) units, sum(l.shipped) shipped, (SELECT array_agg(DISTINCT f.status::text)
       FROM order_fulfillment f WHERE f.order_id = l.order_id) ends FROM order_orderline l GROUP BY 1
     ) s ON s.order_id = o.id WHERE o.fulfillment_status <> CASE WHEN s.shipped = 0 THEN 'unfulfilled'
       WHEN s.ends = '{refused}' THEN 'refused' WHEN s.shipped < s.units THEN 'partial'
       WHEN NOT s.ends && '{shipped,in_transit,out_for_delivery}'
         THEN CASE WHEN o.fulfillment_status = 'returned' THEN 'returned' ELSE 'delivered' END ELSE 'shipped' END"""),
    ("P6", "a step that was taken twice",
     """SELECT o.number, e.kind, count(*) FROM order_orderevent e JOIN order_order o ON o.id = e.order_id
     WHERE e.kind IN ('placed', 'paid', 'delivered', 'cancelled') GROUP BY 1, 2 HAVING count(*) > 1"""),
    ("P6", "a step of a parcel or a return that was taken twice, or never",
     """SELECT o.number, s.* FROM order_order o CROSS JOIN LATERAL (VALUES
       ('shipped', (SELECT count(*) FROM order_fulfillment WHERE order_id = o.id)),
       ('refused', (SELECT count(*) FROM order_fulfillment WHERE order_id = o.id AND status = 'refused')),
       ('return_requested', (SELECT count(*) FROM order_return WHERE order_id = o.id)),
       ('return_rejected', (SELECT count(*) FROM order_return WHERE order_id = o.id AND status = 'rejected')),
       ('returned', (SELECT count(*) FROM order_return WHERE order_id = o.id AND status IN ('received', 'refunded')))
     ) s (kind, number) WHERE s.number <> (
       SELECT count(*) FROM order_orderevent e WHERE e.order_id = o.id AND e.kind = s.kind)"""),
    ("M7", "the money of a return is not its worth, or came without it",
     """SELECT b.id, b.status, b.amount + b.shipping, b.credit, r.amount, r.status FROM order_return b
     LEFT JOIN payment_refund r ON r.id = b.refund_id
     WHERE (b.status = 'refunded') <> (coalesce(r.status, CASE WHEN b.credit > 0 THEN 'processed' END) IS NOT DISTINCT FROM 'processed')
     OR coalesce(r.amount, 0) + b.credit NOT IN (b.amount + b.shipping, 0) OR (r.id IS NOT NULL AND b.status NOT IN ('received', 'refunded'))"""),
    ("M7", "the shop's ledger says something else than its payments",
     """SELECT p.id, p.reference, p.captured_amount, p.refunded_amount, s.* FROM payment_payment p JOIN LATERAL (
       SELECT coalesce(sum(amount) FILTER (WHERE kind = 'captured'), 0) came,
       -coalesce(sum(amount) FILTER (WHERE kind IN ('refunded', 'refund_failed', 'credited')), 0) went
       FROM payment_ledgerentry e WHERE e.payment_id = p.id
     ) s ON s.came <> p.captured_amount OR s.went <> p.refunded_amount"""),
    ("M7", "an order's store credit is not what its entries say",
     """SELECT o.number, o.store_credit, o.credit_returned, s.* FROM order_order o CROSS JOIN LATERAL (
       SELECT -coalesce(sum(amount) FILTER (WHERE kind = 'spent'), 0) used,
       coalesce(sum(amount) FILTER (WHERE kind = 'returned'), 0) back,
       coalesce(sum(amount) FILTER (WHERE kind = 'granted_refund'), 0) given,
       (SELECT coalesce(sum(credited_amount), 0) FROM payment_payment WHERE reference = 'order:' || o.id) credited
       FROM credit_storecreditentry e WHERE e.about = 'order:' || o.id
     ) s WHERE s.used <> o.store_credit OR s.back <> o.credit_returned OR s.given <> s.credited
     OR (o.status = 'cancelled' AND o.credit_returned <> o.store_credit)"""),
    ("M7", "a balance of store credit is not the sum of its entries",
     """SELECT a.id, a.balance, sum(e.amount) FROM credit_creditaccount a
     LEFT JOIN credit_storecreditentry e ON e.account_id = a.id GROUP BY a.id
     HAVING a.balance <> coalesce(sum(e.amount), 0) OR a.balance < 0"""),
    ("P8", "a gateway's message that nobody has worked off",
     "SELECT id, name, attempts, error FROM payment_webhookevent WHERE handled_at IS NULL"),
    ("E1", "a step without its event, or with two",
     """SELECT o.number, s.event, (SELECT count(*) FROM outbox_outboxevent e
       WHERE e.aggregate = 'order:' || o.id AND e.name = s.event) FROM order_order o
     JOIN order_orderevent t ON t.order_id = o.id JOIN (VALUES ('placed', 'order.placed'), ('paid', 'order.paid'),
       ('delivered', 'order.delivered'), ('cancelled', 'order.cancelled')) s (kind, event) ON s.kind = t.kind
     WHERE (o.payment_method <> 'cod' OR t.kind <> 'paid') AND (SELECT count(*) FROM outbox_outboxevent e
       WHERE e.aggregate = 'order:' || o.id AND e.name = s.event) <> 1"""),
    ("E1", "a cancelled order without its event, or one that stands with it",
     """SELECT o.number, o.status FROM order_order o WHERE (o.status = 'cancelled')::int <> (
       SELECT count(*) FROM outbox_outboxevent e WHERE e.aggregate = 'order:' || o.id AND e.name = 'order.cancelled')"""),
    ("E1", "a parcel without its event, or with two",
     """SELECT f.order_id, f.id FROM order_fulfillment f WHERE 1 <> (SELECT count(*) FROM outbox_outboxevent e
       WHERE e.name = 'order.shipped' AND e.payload ->> 'fulfillment_id' = f.id::text)"""),
    ("E1", "a step of a return without its event, or with two",
     """SELECT b.order_id, b.id, b.status, s.* FROM order_return b CROSS JOIN LATERAL (VALUES
       ('return.requested', TRUE), ('return.rejected', b.status = 'rejected'),
       ('return.received', b.received_at IS NOT NULL), ('return.refunded', b.status = 'refunded')
     ) s (event, happened) WHERE s.happened::int <> (SELECT count(*) FROM outbox_outboxevent e
       WHERE e.name = s.event AND e.payload ->> 'return_id' = b.id::text)"""),
    ("E1", "an event of something that never was",
     """SELECT e.id, e.name, e.aggregate FROM outbox_outboxevent e WHERE e.aggregate LIKE 'order:%%'
     AND NOT EXISTS (SELECT 1 FROM order_order o WHERE 'order:' || o.id = e.aggregate)"""),
    ("E1", "a capture without its event, or with two",
     """SELECT p.reference, p.id, (SELECT count(*) FROM outbox_outboxevent e WHERE e.name = 'payment.captured'
       AND e.payload ->> 'payment_id' = p.id::text) FROM payment_payment p WHERE p.provider IN ('razorpay', 'stripe')
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
     JOIN order_orderevent t ON t.order_id = o.id JOIN (VALUES ('placed', ARRAY['order_placed', 'order_to_pay']),
       ('delivered', ARRAY['order_delivered']), ('cancelled', ARRAY['order_cancelled'])) s (kind, letters) ON s.kind = t.kind
     LEFT JOIN notifications_notification n ON n.reference = 'order:' || o.id AND n.kind = ANY(s.letters) AND n.channel = 'email'
     WHERE NOT (t.kind = 'placed' AND n.id IS NULL AND o.payment_method <> 'cod' AND EXISTS (SELECT 1 FROM notifications_notification
       WHERE reference = 'order:' || o.id AND kind IN ('order_paid', 'order_cancelled') AND channel = 'email'))
     GROUP BY 1, 2 HAVING count(n.id) <> 1 OR (min(n.status) <> 'sent' AND min(n.error) NOT LIKE 'The process died while sending%%')"""),
    ("E4", "a letter about a parcel or a return that is missing, unsent or doubled",
     """SELECT o.number, s.kind, s.number, count(n.id), min(n.status), min(n.error) FROM order_order o CROSS JOIN LATERAL (VALUES
       ('order_shipped', (SELECT count(*) FROM order_fulfillment WHERE order_id = o.id)),
       ('return_requested', (SELECT count(*) FROM order_return WHERE order_id = o.id)),
       ('return_rejected', (SELECT count(*) FROM order_return WHERE order_id = o.id AND status = 'rejected')),
       ('return_received', (SELECT count(*) FROM order_return WHERE order_id = o.id AND received_at IS NOT NULL)),
       ('return_refunded', (SELECT count(*) FROM order_return WHERE order_id = o.id AND status = 'refunded'))
     ) s (kind, number) LEFT JOIN notifications_notification n
     ON n.reference = 'order:' || o.id AND n.kind = s.kind AND n.channel = 'email' GROUP BY 1, 2, 3
     HAVING count(n.id) <> s.number OR count(n.id) FILTER (
       WHERE n.status <> 'sent' AND n.error NOT LIKE 'The process died while sending%%') > 0"""),
    ("E4", "a letter about something that never was",
     """SELECT n.id, n.kind, n.reference FROM notifications_notification n WHERE n.reference LIKE 'order:%%'
     AND NOT EXISTS (SELECT 1 FROM order_order o WHERE 'order:' || o.id = n.reference)"""),
)  # fmt: skip
